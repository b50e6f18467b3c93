"""Where everything of a child's picture stands: lying on a desk, upright on a phone with the newest on top."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.norms.calendar import add_months
from app.norms.tijdbeeld import Baan, Tijdbeeld, Vak
from app.web.pagewords import dag, dagen

#: where a day is along the time
Plek = Callable[[date], float]
_MAANDEN: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_KWARTAAL: Final = 3  # months
#: where things stand in the drawing
_LINKS, _RECHTS, _BOVEN, _BAAN = 164, 992, 66, 46
_KOLOM, _TOP, _MAAND, _KANT = 46, 30, 23, 62


@dataclass(frozen=True, slots=True)
class Streep:
    """A quarter: where, and what stands there."""

    plek: float
    woord: str
    jaar: bool


@dataclass(frozen=True, slots=True)
class Strook:
    """A stretch along the time: where it begins, how long it is, and how many days that are."""

    begin: float
    lengte: float
    dagen: int


@dataclass(frozen=True, slots=True)
class Merk:
    """A mark, and where."""

    plek: float
    teken: str


@dataclass(frozen=True, slots=True)
class GetekendeBaan:
    """One lane as it is drawn."""

    naam: str
    midden: float
    gedekt: Sequence[Strook]
    gaten: Sequence[Strook]
    merken: Sequence[Merk]


@dataclass(frozen=True, slots=True)
class Tekening:
    """A whole picture."""

    hoogte: float
    breedte: float
    banen: Sequence[GetekendeBaan]
    strepen: Sequence[Streep]
    nu: float
    omschrijving: str


def liggend(beeld: Tijdbeeld) -> Tekening:
    """Return the picture with the time from left to right."""

    def plek(dag: date) -> float:
        return round(_LINKS + _deel(beeld, dag) * (_RECHTS - _LINKS), 1)

    banen = [_draw(baan, plek, _BOVEN + nr * _BAAN, baan.naam) for nr, baan in enumerate(beeld.banen)]
    hoogte = _BOVEN + len(banen) * _BAAN + 24
    return Tekening(hoogte, 1000, banen, list(_strepen(beeld, plek)), plek(beeld.peildatum), omschrijving(beeld))


def staand(beeld: Tijdbeeld) -> Tekening:
    """Return the picture with the time from below to above."""
    lengte = _months(beeld) * _MAAND

    def plek(dag: date) -> float:
        return round(_TOP + (1 - _deel(beeld, dag)) * lengte, 1)

    banen = [
        _draw(baan, plek, _KANT + nr * _KOLOM + _KOLOM / 2, baan.kort) for nr, baan in enumerate(beeld.banen)
    ]  # fmt: skip
    breedte = _KANT + len(banen) * _KOLOM
    strepen = list(_strepen(beeld, plek))
    return Tekening(_TOP + lengte + 16, breedte, banen, strepen, plek(beeld.peildatum), omschrijving(beeld))


def omschrijving(beeld: Tijdbeeld) -> str:
    """Return in words where the gaps are: for who does not see the picture."""
    zinnen = [f"{baan.naam}: {_gaten(baan.gaten)}." for baan in beeld.banen if baan.gedekt or baan.gaten]
    return " ".join(zinnen) or "In deze tijd gold geen norm die hier staat."


def _gaten(gaten: Sequence[Vak]) -> str:
    if not gaten:
        return "geen gat"
    return " en ".join(f"een gat van {dagen(gat.dagen)} vanaf {dag(gat.van)}" for gat in gaten)


def _deel(beeld: Tijdbeeld, dag: date) -> float:
    within = min(max(dag, beeld.van), beeld.tot)
    return (within - beeld.van).days / max((beeld.tot - beeld.van).days, 1)


def _months(beeld: Tijdbeeld) -> int:
    return (beeld.tot.year - beeld.van.year) * 12 + beeld.tot.month - beeld.van.month + 1


def _draw(baan: Baan, plek: Plek, midden: float, naam: str) -> GetekendeBaan:
    merken = [Merk(plek(punt.dag), punt.teken) for punt in baan.punten]
    return GetekendeBaan(naam, midden, _stroken(baan.gedekt, plek), _stroken(baan.gaten, plek), merken)


def _stroken(vakken: Sequence[Vak], plek: Plek) -> list[Strook]:
    return [_strook(vak, plek) for vak in vakken]


def _strook(vak: Vak, plek: Plek) -> Strook:
    begin, end = sorted((plek(vak.van), plek(vak.tot)))
    return Strook(begin, round(max(end - begin, 1), 1), vak.dagen)


def _strepen(beeld: Tijdbeeld, plek: Plek) -> Iterator[Streep]:
    first = beeld.van.replace(day=1)
    for nr in range(_months(beeld) + 1):
        maand = add_months(first, nr)
        if maand.month % _KWARTAAL == 1 and beeld.van <= maand < beeld.tot:
            yield Streep(plek(maand), f"{_MAANDEN[maand.month - 1]} {maand.year}", maand.month == 1)
