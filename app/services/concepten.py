"""Keep what somebody types, and forget it: when it is sent, when they sign out or throw it away, and after a while."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import Conflict, NotSignedIn
from app.models import Concept, Idempotentie, Sessie
from app.queries.accounts.sessies import LopendeSessie
from app.queries.concepten import BEWAARD

#: [keuze] as many at a time as nobody has forms open
MEESTE: Final = 40


class TeVeelConcepten(Conflict):
    """Somebody has as many texts that were not sent as there may be: none is thrown away unasked."""

    code = "te_veel_concepten"
    detail = f"U hebt al {MEESTE} concepten. Bewaar er eerst een, of gooi er een weg."


def keep_concept(
    session: Session,
    actor: Actor,
    sessie: LopendeSessie,
    plaats: bytes,
    inhoud: bytes,
    *,
    sleutel: str | None,
    nu: datetime,
) -> bool:
    """Keep what a form says now, in the place of what it said before; False: that form was sent already.

    Args:
        session: writes.
        actor: who types.
        sessie: in which they do; one that was ended meanwhile keeps nothing any more.
        plaats: of the form.
        inhoud: its fields, encrypted.
        sleutel: the key under which the form will be sent, if it has one.
        nu: the instant.

    Raises:
        NotSignedIn: the session was ended.
        TeVeelConcepten: there are too many others.
    """
    _alone(session, actor)
    session.execute(delete(Concept).where(_mine(actor), Concept.bewaard_op <= nu - BEWAARD))
    sent, running, others = session.execute(
        select(
            exists().where(Idempotentie.account_id == actor.account_id, Idempotentie.sleutel == sleutel),
            exists().where(Sessie.id == sessie.id, Sessie.beeindigd_op.is_(None)),
            select(func.count()).where(_mine(actor), Concept.plaats != plaats).scalar_subquery(),
        )
    ).one()
    if not running:
        raise NotSignedIn
    if sent:
        return False
    if others >= MEESTE:
        raise TeVeelConcepten
    _write(session, actor, plaats, {"inhoud": inhoud, "bewaard_op": nu})
    return True


def _write(session: Session, actor: Actor, plaats: bytes, said: Mapping[str, Any]) -> None:
    """Put what a form says in its place."""
    own = {"organisatie_id": actor.organisatie_id, "medewerker_id": actor.medewerker_id, "plaats": plaats}
    statement = insert(Concept).values(**own, **said)
    session.execute(statement.on_conflict_do_update(index_elements=["medewerker_id", "plaats"], set_=said))


def drop_concept(session: Session, actor: Actor, plaats: bytes) -> None:
    """Forget what was typed in one form; in the transaction that records it, this comes last."""
    _alone(session, actor)
    session.execute(delete(Concept).where(_mine(actor), Concept.plaats == plaats))


def drop_concepten(session: Session, actor: Actor) -> None:
    """Forget all that somebody typed and did not send."""
    _alone(session, actor)
    session.execute(delete(Concept).where(_mine(actor)))


def _mine(actor: Actor) -> ColumnElement[bool]:
    return Concept.medewerker_id == actor.medewerker_id


def _alone(session: Session, actor: Actor) -> None:
    """Let one request at a time touch somebody's concepten: a text that is on its way may not outlive its sending."""
    key = func.hashtextextended(f"concepten van {actor.medewerker_id}", 0)
    session.execute(select(func.pg_advisory_xact_lock(key)))
