"""Of several judgements by one norm the one to show: a child has a VGB-T for every member of the family."""

from collections.abc import Iterable
from typing import Final

from app.norms.kwartaaltoets.inhoud import OordeelInhoud
from app.norms.standen import WORST_FIRST
from app.terms import NormCode, Zwaarte

_RANG: Final[dict[str, int]] = {stand.value: place for place, stand in enumerate(WORST_FIRST)}


def ergste(oordelen: Iterable[OordeelInhoud], norm: NormCode) -> OordeelInhoud | None:
    """Return the worst judgement by ``norm``, on an equal stand one that counts as a violation; None without one."""
    return min((oordeel for oordeel in oordelen if oordeel["norm"] == norm), key=_place, default=None)


def _place(oordeel: OordeelInhoud) -> tuple[int, bool]:
    return _RANG[oordeel["stand"]], oordeel["zwaarte"] == Zwaarte.STREEF
