"""What the rule says of given children on a day: the reading side of every list and dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.norms.gezin import Gezinscache
from app.norms.judge import Oordeel, judge
from app.norms.standen import worst
from app.queries.normen import get_catalogus
from app.queries.oordelen.dossiers import load_dossiers
from app.terms import Stand, Zwaarte

_OPEN = frozenset({Stand.TE_LAAT, Stand.NADERT})
_NORM, _STREEF, _TE_LAAT = Zwaarte.NORM, Zwaarte.STREEF, Stand.TE_LAAT


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
) -> dict[int, list[Oordeel]]:
    """Return every judgement of given children; two statements, whatever their number."""
    dossiers = load_dossiers(session, kinderen, peildatum, bekend_op, one_day=True)
    catalogus = get_catalogus(session, organisatie_id, bekend_op)
    cache: Gezinscache = {}
    return {dossier.id: judge(dossier, dossiers.gezinnen, catalogus, peildatum, cache) for dossier in dossiers.kinderen}


def summarize(oordelen: Sequence[Oordeel]) -> Samenvatting:
    """Return a child's judgements in a line."""
    norm = [oordeel for oordeel in oordelen if oordeel.zwaarte is _NORM]
    standen = [oordeel.stand for oordeel in norm]
    streef = [oordeel.stand for oordeel in oordelen if oordeel.zwaarte is _STREEF]
    due = [oordeel.uiterlijk for oordeel in norm if oordeel.stand in _OPEN and oordeel.uiterlijk]
    return Samenvatting(worst(standen), worst(streef), standen.count(_TE_LAAT), min(due, default=None))
