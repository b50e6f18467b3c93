"""Ask for a calendar feed, and take its key back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import Conflict
from app.lib.ids import new_uid
from app.models import Agenda
from app.queries.accounts.sessies import key_hash
from app.queries.agendas import get_own_agenda
from app.security.agendasleutel import Agendasleutel
from app.security.secrets import Secrets


class GeenAgenda(Conflict):
    """There is no key to take back."""

    code = "agenda_staat_uit"
    detail = "Uw agenda staat al uit."


def open_agenda(session: Session, actor: Actor, secrets: Secrets, nu: datetime) -> UUID:
    """Give the actor a feed with a new key, and return its uid; a key before it opens nothing any more."""
    _take_back(session, actor, nu)
    uid = new_uid()
    session.add(
        Agenda(
            uid=uid,
            organisatie_id=actor.organisatie_id,
            account_id=actor.account_id,
            sleutel_hash=key_hash(Agendasleutel(secrets, uid).sleutel),
            rol=actor.rol,
            sinds=nu,
        )
    )
    session.flush()  # refused here when two ask at once
    return uid


def close_agenda(session: Session, actor: Actor, nu: datetime) -> UUID:
    """Take the key of the actor's feed back, and return its uid.

    Raises:
        GeenAgenda: as it says.
    """
    agenda = get_own_agenda(session, actor)
    if agenda is None:
        raise GeenAgenda
    _take_back(session, actor, nu)
    return agenda.uid


def _take_back(session: Session, actor: Actor, nu: datetime) -> None:
    own = (Agenda.account_id == actor.account_id, Agenda.ingetrokken_op.is_(None))
    session.execute(update(Agenda).where(*own).values(ingetrokken_op=nu))
