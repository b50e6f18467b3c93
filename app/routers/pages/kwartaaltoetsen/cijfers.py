"""The figures on the page of an audit: of which children they are, and how these stand for each norm."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.exports.kwartaaltoets.woorden import GEPLAATST, GETELD, NAVOLGBAAR
from app.norms.kwartaaltoets.inhoud import CriteriumKengetal, GroepKengetallen, Kengetallen
from app.norms.normwoorden import NORMEN
from app.routers.pages.kwartaaltoetsen.trend import DREMPEL, Trend, only_by_uitzondering

#: the norms by which a row is navolgbaar or not
CRITERIA: Final = ("KAG-R", "VC-J", "MDO")


@dataclass(frozen=True, slots=True)
class Staaf:
    """How the rows to which a norm applies stand."""

    naam: str
    laat: int
    nadert: int
    uitz: int
    tijd: int
    totaal: int


def figures(geheel: GroepKengetallen, trend: Trend) -> Mapping[str, Any]:
    """Return the numbers of the page, with of which children they are and what their main word means."""
    return {
        "k": geheel["alle"],
        "voltijd": geheel["voltijd"],
        "geplaatst": GEPLAATST,
        "navolgbaar": NAVOLGBAAR,
        "geteld": GETELD,
        "drempel": DREMPEL,
        "staven": _staven(geheel["alle"]),
        "trend": trend if geheel["alle"]["rijen"] >= DREMPEL else None,
        "uitzonderingen": only_by_uitzondering(trend),
    }


def _staven(k: Kengetallen) -> list[Staaf]:
    return [_staaf(NORMEN[code], found) for code in CRITERIA if (found := k["criteria"].get(code)) is not None]


def _staaf(naam: str, c: CriteriumKengetal) -> Staaf:
    return Staaf(naam, c["te_laat"], c["nadert"], c["uitzondering"], c["op_tijd"], c["vanToepassing"])
