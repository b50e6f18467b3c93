"""Begin, keep and end the sessions of the pages."""

import secrets as random
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.namens import Namens, act_for
from app.models import Sessie
from app.queries.accounts.sessies import LopendeSessie, key_hash
from app.terms import Rol

LONGEST = timedelta(hours=12)
_BYTES = 32


def begin_sessie(session: Session, actor: Actor, aanmelding: bytes, rol: Rol | None, at: datetime) -> str | None:
    """Begin a session and return its key, or None when this sign-in made one already.

    Args:
        session: writes.
        actor: who signed in.
        aanmelding: the digest of the sign-in, which can be used once.
        rol: that the token named.
        at: the moment.
    """
    key = random.token_urlsafe(_BYTES)
    act_for(session, Namens(actor.organisatie_id, actor.account_id, actor.medewerker_id))
    made = session.execute(
        insert(Sessie)
        .values(
            organisatie_id=actor.organisatie_id,
            account_id=actor.account_id,
            sleutel_hash=key_hash(key),
            aanmelding_hash=aanmelding,
            rol=rol,
            begonnen_op=at,
            gezien_op=at,
            eindigt_op=at + LONGEST,
        )
        .on_conflict_do_nothing(index_elements=["aanmelding_hash"])
        .returning(Sessie.id)
    ).first()
    return key if made else None


def keep_sessie(session: Session, sessie: LopendeSessie, at: datetime) -> None:
    """Remember that a session was used."""
    _change(session, sessie, gezien_op=at)


def end_sessie(session: Session, sessie: LopendeSessie, at: datetime) -> None:
    """End a session: from this moment on its key opens nothing."""
    _change(session, sessie, beeindigd_op=at)


def end_sessies_of(session: Session, sessie: LopendeSessie, at: datetime) -> None:
    """End every session of the account of one: that of a phone that was lost as well."""
    act_for(session, Namens(sessie.organisatie_id, sessie.account_id))
    running = (Sessie.account_id == sessie.account_id, Sessie.beeindigd_op.is_(None))
    ended = update(Sessie).where(*running).values(beeindigd_op=at)
    session.execute(ended.execution_options(synchronize_session=False))


def _change(session: Session, sessie: LopendeSessie, **values: datetime) -> None:
    act_for(session, Namens(sessie.organisatie_id, sessie.account_id))
    running = (Sessie.id == sessie.id, Sessie.beeindigd_op.is_(None))
    session.execute(update(Sessie).where(*running).values(**values).execution_options(synchronize_session=False))
