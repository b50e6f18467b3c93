"""Second step of the check: cells of one row that contradict each other."""

from typing import Final

from app.imports.faults import FoutCode
from app.imports.gelezen import Boek, Fouten, Gelezen
from app.invoer.datums import PERIODEN, fault_in_period
from app.invoer.personen import fault_in_approval
from app.invoer.uitzonderingen import faults_in_uitzondering

_UITZONDERINGEN: Final = "uitzonderingen"


def check_rows(boek: Boek, fouten: Fouten) -> None:
    """Compare cells within each row: periods, the review of an uitzondering, and its four eyes.

    Args:
        boek: the parsed sheets; a cell that turns out wrong becomes ``ONBRUIKBAAR``.
        fouten: takes up ``datum_buiten_periode``, ``ongeldige_waarde`` and ``vier_ogen``.
    """
    for blad in boek.values():
        for begin, end in PERIODEN:
            if blad.soort.has(begin) and blad.soort.has(end):
                _check_perioden(blad, begin, end, fouten)
    if _UITZONDERINGEN in boek:
        _check_herzieningen(boek[_UITZONDERINGEN], fouten)
        _check_vier_ogen(boek[_UITZONDERINGEN], fouten)


def _check_perioden(blad: Gelezen, begin: str, end: str, fouten: Fouten) -> None:
    first, last = blad.soort.position(begin), blad.soort.position(end)
    for regel in blad.regels:
        bezwaar = fault_in_period(begin, end, {begin: regel.cellen[first], end: regel.cellen[last]})
        if bezwaar is not None:
            fouten.object_to(blad, regel, bezwaar)


def _check_herzieningen(blad: Gelezen, fouten: Fouten) -> None:
    for regel in blad.regels:
        for bezwaar in list(faults_in_uitzondering(blad.waarden(regel))):
            fouten.object_to(blad, regel, bezwaar)


def _check_vier_ogen(blad: Gelezen, fouten: Fouten) -> None:
    author, approver = blad.soort.position("opgesteld_door"), blad.soort.position("goedgekeurd_door")
    for regel in blad.regels:
        nummer = regel.cellen[approver]
        bezwaar = fault_in_approval(regel.cellen[author], nummer) if isinstance(nummer, str) else None
        if bezwaar is not None:
            fouten.add_row(blad, regel, bezwaar.kolom, FoutCode(bezwaar.code), bezwaar.zin)
