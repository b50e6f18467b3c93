"""What a signaal shows beside what was recorded: by when a calamiteit must be reported, as the rule says it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.rows import Regel
from app.models import Pleegkind
from app.norms.versies.catalogue import Catalogus
from app.queries.oordelen.standen import judge_kinderen
from app.terms import NormCode

Normen = Callable[[], Catalogus]
Regels = Sequence[Regel]


def with_meldtermijn(
    session: Session, actor: Actor, regels: Regels, vandaag: date, bekend_op: datetime | None, normen: Normen
) -> list[dict[str, Any]]:
    """Return the signalen with ``igj_melden_uiterlijk``: the uiterlijk of CAL-3, None when nothing is due (any more).

    Without a calamiteit among them the database is not asked; ``normen`` are those of the moment, asked when needed.
    """
    kinderen = {regel["pleegkind_id"] for regel in regels if regel["calamiteit"]}
    termijnen = _cal_3(session, actor, kinderen, vandaag, bekend_op, normen) if kinderen else {}
    return [{**regel, "igj_melden_uiterlijk": termijnen.get(regel["feit_id"])} for regel in regels]


def _cal_3(
    session: Session, actor: Actor, kinderen: set[UUID], vandaag: date, bekend_op: datetime | None, normen: Normen
) -> dict[int, date | None]:
    """Return the uiterlijk of CAL-3 per signaal; the caller has checked that the children are visible."""
    first = select(Pleegkind.feit_id).where(Pleegkind.uid.in_(kinderen), Pleegkind.versie == 1)
    keys = list(session.scalars(first))
    oordelen = judge_kinderen(session, actor.organisatie_id, keys, vandaag, bekend_op, normen())
    return {
        oordeel.onderwerp_id: oordeel.uiterlijk
        for several in oordelen.values()
        for oordeel in several
        if oordeel.norm.code is NormCode.CAL_3
    }
