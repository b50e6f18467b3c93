"""Calendar feeds: whose key is at the door, whether somebody has one, and the days on which to plan a talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.namens import present_key
from app.models import Agenda, Pleegkind
from app.models.versions import newest
from app.norms.judge import Oordeel
from app.queries.accounts.sessies import key_hash
from app.queries.oordelen.dossiers import BATCH
from app.queries.oordelen.standen import judge_kinderen
from app.queries.pleegkinderen.opvolging import list_in_scope
from app.security.agendasleutel import Agendasleutel
from app.security.secrets import Secrets
from app.terms import NormCode, Stand

#: the norms that ask for a talk with the child
_GESPREKKEN: Final = frozenset({NormCode.KAG_R, NormCode.KAG_3, NormCode.KAG_D})


@dataclass(frozen=True, slots=True)
class Afspraak:
    """A day on which to plan a talk.

    Attributes:
        nummer: which child, by its place among those of the reader: the one who reads knows who that is.
        pleegkind: its uid; for the mark, and for the access log.
        dag: the last day in time; today for what is late.
    """

    nummer: int
    pleegkind: UUID
    dag: date


def find_agenda(session: Session, sleutel: str) -> Agenda | None:
    """Return the feed that a key opens, or None."""
    digest = key_hash(sleutel)
    present_key(session, digest)
    found = select(Agenda).where(Agenda.sleutel_hash == digest, Agenda.ingetrokken_op.is_(None))
    return session.scalars(found).one_or_none()


def get_own_agenda(session: Session, actor: Actor) -> Agenda | None:
    """Return the feed of the actor, or None when it is off."""
    own = select(Agenda).where(Agenda.account_id == actor.account_id, Agenda.ingetrokken_op.is_(None))
    return session.scalars(own).one_or_none()


def read_own_agenda(session: Session, actor: Actor, secrets: Secrets, public_url: str | None) -> dict[str, Any]:
    """Return since when the actor has a feed (``sinds``) and where it is (``adres``); both None when it is off."""
    agenda = get_own_agenda(session, actor)
    if agenda is None:
        return {"sinds": None, "adres": None}
    adres = f"{public_url or ''}/agenda/{Agendasleutel(secrets, agenda.uid).sleutel}.ics"
    return {"sinds": agenda.sinds, "adres": adres}


def list_afspraken(session: Session, actor: Actor, vandaag: date) -> Sequence[Afspraak]:
    """Return for each child in the actor's lists, in the order in which they came, by when to talk with it."""
    keys = sorted(list_in_scope(session, actor, vandaag))
    named = select(Pleegkind.feit_id, Pleegkind.uid).where(Pleegkind.feit_id.in_(keys), newest(Pleegkind))
    uids = {row.feit_id: row.uid for row in session.execute(named)}
    dagen: dict[int, date] = {}
    for start in range(0, len(keys), BATCH):
        judged = judge_kinderen(session, actor.organisatie_id, keys[start : start + BATCH], vandaag)
        dagen |= {kind: dag for kind, oordelen in judged.items() if (dag := _first(oordelen)) is not None}
    places = {key: place for place, key in enumerate(keys, 1)}
    return [Afspraak(places[key], uids[key], max(dagen[key], vandaag)) for key in keys if key in dagen]


def _first(oordelen: Sequence[Oordeel]) -> date | None:
    due = (one.uiterlijk for one in oordelen if one.norm.code in _GESPREKKEN and one.stand is not Stand.UITZONDERING)
    return min((uiterlijk for uiterlijk in due if uiterlijk is not None), default=None)
