"""One import of an organisatie at a time: the next waits its turn, and meets what the first one wrote."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.models import Vastlegteller
from app.queries.importen import BEURT
from app.services.feiten.locks import lock_head, lock_organisatie

Tell = Callable[[str], None]

_SLOT = BEURT.format(code=":code")
_TRY_LOCK = text(f"SELECT pg_try_advisory_xact_lock({_SLOT})")
_LOCK = text(f"SELECT pg_advisory_xact_lock({_SLOT})")


@contextmanager
def import_turn(engine: Engine, code: str, tell: Tell) -> Iterator[None]:
    """Hold the turn of an organisatie while the block runs; the database gives it up with the connection.

    Args:
        engine: of commands; one connection is held.
        code: of the organisatie, which need not exist.
        tell: is told in a sentence that there is something to wait for.
    """
    with Session(engine) as session:
        if not session.execute(_TRY_LOCK, {"code": code}).scalar_one():
            tell(f"Er loopt al een import van {code}; deze wacht tot die klaar is.")
            session.execute(_LOCK, {"code": code})
        yield


def read_head(session: Session, organisatie_id: int) -> int:
    """Return up to which recording a session sees the facts of an organisatie."""
    return session.scalars(select(Vastlegteller.volgorde).where(Vastlegteller.organisatie_id == organisatie_id)).one()


def lock_out(session: Session, organisatie_id: int) -> int:
    """Let nobody record until the transaction ends, and return up to which recording there is."""
    lock_organisatie(session, organisatie_id)
    return lock_head(session, organisatie_id)
