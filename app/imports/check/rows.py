"""Second step of the check: cells of one row that contradict each other."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.imports.faults import FoutCode
from app.imports.gelezen import Boek, Fouten, Gelezen
from app.invoer.bezwaar import Bezwaar
from app.invoer.datums import PERIODEN, fault_in_period
from app.invoer.opvolging import fault_in_conclusion, faults_in_stap
from app.invoer.personen import fault_in_approval
from app.invoer.uitzonderingen import faults_in_uitzondering

_UITZONDERINGEN: Final = "uitzonderingen"


def _in_signaal(waarden: Mapping[str, object]) -> Iterator[Bezwaar]:
    bezwaar = fault_in_conclusion(waarden)
    yield from () if bezwaar is None else (bezwaar,)


#: sheet → what one row of it may say against itself
_REGELS: Final[Mapping[str, Callable[[Mapping[str, object]], Iterator[Bezwaar]]]] = {
    _UITZONDERINGEN: faults_in_uitzondering,
    "signalen": _in_signaal,
    "opvolgstappen": faults_in_stap,
}


def check_rows(boek: Boek, fouten: Fouten) -> None:
    """Compare cells within each row: days in order, what a sheet has rules for, and the four eyes of an uitzondering.

    Args:
        boek: the parsed sheets; a cell that turns out wrong becomes ``ONBRUIKBAAR``.
        fouten: takes up ``datum_buiten_periode``, ``ongeldige_waarde`` and ``vier_ogen``.
    """
    for blad in boek.values():
        for begin, end in PERIODEN:
            if blad.soort.has(begin) and blad.soort.has(end):
                _check_perioden(blad, begin, end, fouten)
        _check_rules(blad, fouten)
    if _UITZONDERINGEN in boek:
        _check_vier_ogen(boek[_UITZONDERINGEN], fouten)


def _check_perioden(blad: Gelezen, begin: str, end: str, fouten: Fouten) -> None:
    first, last = blad.soort.position(begin), blad.soort.position(end)
    for regel in blad.regels:
        bezwaar = fault_in_period(begin, end, {begin: regel.cellen[first], end: regel.cellen[last]})
        if bezwaar is not None:
            fouten.object_to(blad, regel, bezwaar)


def _check_rules(blad: Gelezen, fouten: Fouten) -> None:
    faults_in = _REGELS.get(blad.naam)
    for regel in blad.regels if faults_in is not None else ():
        for bezwaar in list(faults_in(blad.waarden(regel)) if faults_in is not None else ()):
            fouten.object_to(blad, regel, bezwaar)


def _check_vier_ogen(blad: Gelezen, fouten: Fouten) -> None:
    author, approver = blad.soort.position("opgesteld_door"), blad.soort.position("goedgekeurd_door")
    for regel in blad.regels:
        nummer = regel.cellen[approver]
        bezwaar = fault_in_approval(regel.cellen[author], nummer) if isinstance(nummer, str) else None
        if bezwaar is not None:
            fouten.add_row(blad, regel, bezwaar.kolom, FoutCode(bezwaar.code), bezwaar.zin)
