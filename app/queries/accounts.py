"""Who is behind a token: one statement per request."""

from sqlalchemy import Text, bindparam, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Account, Medewerker, Organisatie
from app.models.versions import holds
from app.queries.fast import FastStatement
from app.terms import Rol

_ACTOR = FastStatement(
    select(
        Account.id,
        Medewerker.feit_id,
        Medewerker.uid,
        Medewerker.naam,
        Medewerker.rol,
        Medewerker.team_id,
        Organisatie.id,
        Organisatie.uid,
        Organisatie.code,
        Organisatie.naam,
    )
    .join(Medewerker, Medewerker.feit_id == Account.medewerker_id)
    .join(Organisatie, Organisatie.id == Account.organisatie_id)
    .where(
        Account.issuer == bindparam("issuer", type_=Text),
        Account.subject == bindparam("subject", type_=Text),
        Account.ingetrokken_op.is_(None),
        holds(Medewerker),
    )
)


def get_actor(session: Session, issuer: str, subject: str) -> Actor | None:
    """Return the medewerker behind an account, or None when unknown or revoked."""
    rows = _ACTOR.rows(session, issuer=issuer, subject=subject)
    if not rows:
        return None
    account, medewerker, uid, naam, rol, team, organisatie, organisatie_uid, code, organisatie_naam = rows[0]
    return Actor(
        account_id=account,
        medewerker_id=medewerker,
        medewerker_uid=uid,
        naam=naam,
        rol=Rol(rol),
        team_id=team,
        organisatie_id=organisatie,
        organisatie_uid=organisatie_uid,
        organisatie_code=code,
        organisatie_naam=organisatie_naam,
    )
