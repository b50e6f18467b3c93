"""What a visit did to the norms, part by part, as the page after saving says it: the same as the API answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.norms.uitleg.gevolg import gevolgen_of, of_same_visit
from app.queries.termijnen.lijst import Kindoordeel
from app.routers.pages.woorden.normen import wanneer, wat
from app.routers.pages.woorden.tijdlijn import KOPPEN


@dataclass(frozen=True, slots=True)
class Normregel:
    """One norm for which a part can count: what it is, whether it counts, why not, and by when it must be met."""

    wat: str
    telt: bool
    waarom_niet: str
    wanneer: str


@dataclass(frozen=True, slots=True)
class Gevolgregel:
    """One part of a visit, and what it did."""

    kop: str
    normen: list[Normregel]


def gevolgregels(oordeel: Kindoordeel, first: Mapping[str, Any] | None, vandaag: date) -> list[Gevolgregel]:
    """Return what each part of a visit did.

    Args:
        oordeel: the child, judged on ``vandaag``.
        first: one of its parts, with its kind as ``soort``.
        vandaag: today.
    """
    if oordeel.dossier is None or first is None:
        return []
    parts = of_same_visit(oordeel.dossier, first["soort"], first["feit_id"])
    return [Gevolgregel(KOPPEN[soort], _normen(oordeel, soort, key, vandaag)) for soort, key in parts]


def _normen(oordeel: Kindoordeel, soort: str, feit_id: int, vandaag: date) -> list[Normregel]:
    oordelen = [item.oordeel for item in oordeel.termijnen]
    if oordeel.dossier is None:
        return []
    return [
        Normregel(wat(oordelen[nr]), not redenen, " en ".join(redenen), wanneer(oordelen[nr]))
        for nr, redenen in gevolgen_of(oordeel.dossier, oordelen, soort, feit_id, vandaag)
    ]
