"""Whether somebody of the demo exists: asked without the models, by the command that gives out their tokens."""

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app.db.namens import identify

_WORKS = text(
    "SELECT EXISTS (SELECT FROM account WHERE issuer = :issuer AND subject = :subject AND ingetrokken_op IS NULL)"
)


def has_account(engine: Engine, issuer: str, subject: str) -> bool:
    """Tell whether a pair has an account that was not revoked."""
    with Session(engine) as session:
        identify(session, issuer, subject)
        return bool(session.scalar(_WORKS, {"issuer": issuer, "subject": subject}))
