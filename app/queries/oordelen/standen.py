"""What the rule says of given children on a day: the reading side of every list and dossier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.norms.gezin import Gezinscache
from app.norms.judge import Oordeel, judge
from app.norms.standen import worst
from app.norms.versies.catalogue import Catalogus
from app.queries.normen import get_catalogus
from app.queries.oordelen.dossiers import load_dossiers
from app.terms import Stand, Zwaarte

# Names of this module: ten judgements of each child of a list go by here, and to look up a member costs as much again.
_NORM, _STREEF, _TE_LAAT, _NADERT = Zwaarte.NORM, Zwaarte.STREEF, Stand.TE_LAAT, Stand.NADERT


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """The judgements of one child in a line.

    Attributes:
        stand: the worst of zwaarte norm; None when no norm applies.
        streef_stand: the worst of zwaarte streef.
        aantal_te_laat: how many of zwaarte norm are te_laat.
        uiterlijk: the earliest uiterlijk of what is te_laat or nadert, of zwaarte norm.
    """

    stand: Stand | None
    streef_stand: Stand | None
    aantal_te_laat: int
    uiterlijk: date | None


def judge_kinderen(
    session: Session,
    organisatie_id: int,
    kinderen: Sequence[int],
    peildatum: date,
    bekend_op: datetime | None = None,
    catalogus: Catalogus | None = None,
) -> dict[int, list[Oordeel]]:
    """Return every judgement of given children; two statements, whatever their number, or one with the norms given."""
    dossiers = load_dossiers(session, kinderen, peildatum, bekend_op, one_day=True)
    catalogus = catalogus or get_catalogus(session, organisatie_id, bekend_op)
    cache: Gezinscache = {}
    return {dossier.id: judge(dossier, dossiers.gezinnen, catalogus, peildatum, cache) for dossier in dossiers.kinderen}


#: of one judgement what a line shows: zwaarte (or its code), stand and uiterlijk
Deel = tuple[str, Stand, date | None]


def summarize(delen: Iterable[Deel]) -> Samenvatting:
    """Return a child's judgements in a line."""
    norm, streef, late, due = set[Stand](), set[Stand](), 0, list[date]()
    for zwaarte, stand, uiterlijk in delen:
        if zwaarte == _NORM:
            norm.add(stand)
            if stand is _TE_LAAT:
                late += 1
            if uiterlijk is not None and (stand is _TE_LAAT or stand is _NADERT):
                due.append(uiterlijk)
        elif zwaarte == _STREEF:
            streef.add(stand)
    return Samenvatting(worst(norm), worst(streef), late, min(due, default=None))


def summarize_oordelen(oordelen: Iterable[Oordeel]) -> Samenvatting:
    """Do the same with whole judgements."""
    return summarize((oordeel.zwaarte, oordeel.stand, oordeel.uiterlijk) for oordeel in oordelen)
