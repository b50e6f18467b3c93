"""In which order children ask for attention: the worst judgement of each, and the group that it puts the child in.

A child of which nothing was ever recorded is in a group like any other: the rule counts from the anchor. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.norms.judge import Oordeel
from app.norms.opvolging import OPVOLGING
from app.norms.standen import LANG_DAGEN
from app.terms import NormCode, Stand, Zwaarte


class Groep(StrEnum):
    """Why a child asks for attention, the most urgent first."""

    OPVOLGING = "opvolging"
    TE_LAAT = "te_laat"
    NADERT = "nadert"
    STREEF = "streef"
    UITZONDERING = "uitzondering"
    OP_TIJD = "op_tijd"
    GEEN = "geen"


#: norms that ask whether somebody spoke to the child alone
ALLEEN: Final = frozenset({NormCode.KAG_3, NormCode.KAG_R, NormCode.KAG_D})
#: the key of a child of which nothing is asked: after every other
NIETS: Final = (len(Groep), True, date.max)
_RANG: Final = {groep: rang for rang, groep in enumerate(Groep)}
_GROEP: Final = {
    (Stand.TE_LAAT, Zwaarte.NORM): Groep.TE_LAAT,
    (Stand.TE_LAAT, Zwaarte.STREEF): Groep.STREEF,
    (Stand.NADERT, Zwaarte.NORM): Groep.NADERT,
    (Stand.NADERT, Zwaarte.STREEF): Groep.NADERT,
    (Stand.UITZONDERING, Zwaarte.NORM): Groep.UITZONDERING,
    (Stand.UITZONDERING, Zwaarte.STREEF): Groep.UITZONDERING,
    (Stand.OP_TIJD, Zwaarte.NORM): Groep.OP_TIJD,
    (Stand.OP_TIJD, Zwaarte.STREEF): Groep.OP_TIJD,
}


@dataclass(frozen=True, slots=True)
class Aandacht:
    """What a child asks.

    Attributes:
        groep: the most urgent of its judgements.
        ergste: that judgement; None without any.
        andere: how many more of its judgements are not simply op_tijd.
    """

    groep: Groep
    ergste: Oordeel | None
    andere: int


def groep_of(oordeel: Oordeel) -> Groep:
    """Return the group of a judgement."""
    if oordeel.norm.code in OPVOLGING and oordeel.uiterlijk is not None:
        return Groep.OPVOLGING
    return _GROEP[oordeel.stand, oordeel.zwaarte]


def is_overdue_by_weeks(oordeel: Oordeel) -> bool:
    """Tell whether a norm, no streefnorm, is late for more than ``LANG_DAGEN``."""
    late = oordeel.stand is Stand.TE_LAAT and oordeel.zwaarte is Zwaarte.NORM
    return late and (oordeel.dagen_te_laat or 0) > LANG_DAGEN


def urgentie(oordeel: Oordeel) -> tuple[int, bool, date]:
    """Return the key that puts the most urgent judgement first: its group, then what was due longest ago.

    Before what is late longer comes that the child was never spoken to alone: nobody heard it yet.
    """
    return _RANG[groep_of(oordeel)], not _is_unheard(oordeel), oordeel.uiterlijk or date.max


def _is_unheard(oordeel: Oordeel) -> bool:
    return oordeel.stand is Stand.TE_LAAT and oordeel.laatste is None and oordeel.norm.code in ALLEEN


def aandacht_of(oordelen: Sequence[Oordeel]) -> Aandacht:
    """Return what a child asks, by all its judgements of one day."""
    if not oordelen:
        return Aandacht(Groep.GEEN, None, 0)
    asking = [oordeel for oordeel in oordelen if groep_of(oordeel) is not Groep.OP_TIJD]
    ergste = min(asking or oordelen, key=urgentie)  # op_tijd is the last group
    return Aandacht(groep_of(ergste), ergste, max(len(asking) - 1, 0))
