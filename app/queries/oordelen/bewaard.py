"""Judgements as they are stored: what the rule said in the transaction of the fact, read back for a day (ADR 0021).

A segment is the rule's own output with every later breakpoint in it; ``decide_stand`` on it is the judgement. Lists,
counts and filters read these; a child's own page asks the rule on the facts. ``pleegzicht controleer`` proves that the
two agree.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import BigInteger, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.statement import FastStatement, Row
from app.models import Termijn
from app.norms import course
from app.norms.feiten import Gebeurtenis
from app.norms.judge import Oordeel, decide_stand
from app.norms.versies.versie import NormVersie
from app.queries.normen import get_catalogus, has_own_norms
from app.queries.oordelen.peildatum import holds_on_peildatum
from app.queries.oordelen.standen import Deel, Samenvatting, summarize
from app.terms import NormCode, OnderwerpSoort, Zwaarte

#: what a segment says, in the order in which ``judge_segment`` reads it
SEGMENT = (
    "norm", "onderwerp_soort", "onderwerp_id", "van", "tot", "uiterlijk", "nadert_vanaf", "zwaarte", "uitzondering_id",
    "laatste_id", "laatste_datum", "laatste_soort",
)  # fmt: skip
SEGMENT_COLUMNS = tuple(getattr(Termijn, name) for name in SEGMENT)
_NORM = {item.value: item for item in NormCode}
_SOORT = {item.value: item for item in OnderwerpSoort}
_ZWAARTE = {item.value: item for item in Zwaarte}

_OF_CHILDREN = FastStatement(
    select(has_own_norms(), Termijn.pleegkind_id, *SEGMENT_COLUMNS).where(
        Termijn.organisatie_id == bindparam("organisatie", type_=BigInteger),
        Termijn.pleegkind_id == func.any(bindparam("kinderen", type_=ARRAY(BigInteger))),
        holds_on_peildatum(),
    )
)
#: what a line about a child needs of each: of what else a segment says nothing is shown there
_STANDEN = FastStatement(
    select(
        has_own_norms(),
        Termijn.pleegkind_id,
        Termijn.norm,
        Termijn.uiterlijk,
        Termijn.zwaarte,
        Termijn.uitzondering_id,
    ).where(
        Termijn.organisatie_id == bindparam("organisatie", type_=BigInteger),
        Termijn.pleegkind_id == func.any(bindparam("kinderen", type_=ARRAY(BigInteger))),
        holds_on_peildatum(),
    )
)


def read_oordelen(
    session: Session, organisatie_id: int, kinderen: Sequence[int], peildatum: date
) -> dict[int, list[Oordeel]]:
    """Return the stored judgements of given children on today or a later day.

    One statement, whatever their number, and one for norms of its own.
    """
    found: dict[int, list[Oordeel]] = {kind: [] for kind in kinderen}
    rows = _OF_CHILDREN.rows(session, organisatie=organisatie_id, kinderen=list(kinderen), peildatum=peildatum)
    normen = norms_in_force(session, organisatie_id, peildatum, own=any(row[0] for row in rows[:1]))
    for _, kind, *segment in rows:
        found[kind].append(judge_segment(segment, normen, peildatum))
    return found


def read_samenvattingen(
    session: Session, organisatie_id: int, kinderen: Sequence[int], peildatum: date
) -> dict[int, Samenvatting]:
    """Return the stored judgements of given children in a line each, on today or a later day.

    One statement, whatever their number, and one for norms of its own. A stand is made as everywhere, by
    ``decide_stand``; a whole ``Oordeel`` of each of ten norms of each child would take longer than the rest of a list.
    """
    rows = _STANDEN.rows(session, organisatie=organisatie_id, kinderen=list(kinderen), peildatum=peildatum)
    normen = norms_in_force(session, organisatie_id, peildatum, own=any(row[0] for row in rows[:1]))
    warning: dict[str, int] = {code: norm.waarschuwing_dagen for code, norm in normen.items()}
    delen: dict[int, list[Deel]] = {kind: [] for kind in kinderen}
    for _, kind, norm, uiterlijk, zwaarte, uitzondering in rows:
        stand = decide_stand(uiterlijk, warning[norm], peildatum, covered=uitzondering is not None)
        delen[kind].append((zwaarte, stand, uiterlijk))
    return {kind: summarize(found) for kind, found in delen.items()}


def norms_in_force(
    session: Session, organisatie_id: int, peildatum: date, *, own: bool = True
) -> Mapping[NormCode, NormVersie]:
    """Return the version of each norm that holds for an organisatie on a day; ``own`` as ``get_catalogus`` has it."""
    return get_catalogus(session, organisatie_id, own=own).in_force(peildatum)


def judge_segment(segment: Sequence[object], normen: Mapping[NormCode, NormVersie], peildatum: date) -> Oordeel:
    """Return the judgement that a stored segment, in the order of ``SEGMENT``, is on a day within it."""
    row: Row = tuple(segment)
    norm, soort, onderwerp, van, tot, uiterlijk, nadert_vanaf, zwaarte, uitzondering, *laatste = row
    stored = course.Termijn(
        _NORM[norm], _SOORT[soort], onderwerp, van, tot, uiterlijk, nadert_vanaf, _ZWAARTE[zwaarte], uitzondering,
        None if laatste[0] is None else Gebeurtenis(*laatste),
    )  # fmt: skip
    return stored.oordeel_on(normen[stored.norm], peildatum)
