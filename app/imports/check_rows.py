"""Second step of the check: cells of one row that contradict each other."""

from datetime import date, timedelta
from typing import Final

from app.imports.faults import FoutCode
from app.imports.gelezen import ONBRUIKBAAR, Boek, Fouten, Gelezen

# normen.md §5: an uitzondering is reviewed at most so many days after its van.
MAX_UITZONDERING: Final = timedelta(days=90)
_PERIODEN: Final = {
    "gezinsleden": ("inwonend_sinds", "inwonend_tot"),
    "plaatsingen": ("van", "tot"),
    "begeleidingen": ("van", "tot"),
    "maatregelen": ("van", "tot"),
}


def check_rows(boek: Boek, fouten: Fouten) -> None:
    """Compare cells within each row: periods, the review of an uitzondering, and its four eyes.

    Args:
        boek: the parsed sheets; a date that turns out wrong becomes ``ONBRUIKBAAR``.
        fouten: takes up ``datum_buiten_periode``, ``ongeldige_waarde`` and ``vier_ogen``.
    """
    for naam, (van, tot) in _PERIODEN.items():
        if naam in boek:
            _check_perioden(boek[naam], van, tot, fouten)
    if "uitzonderingen" in boek:
        _check_herzieningen(boek["uitzonderingen"], fouten)
        _check_vier_ogen(boek["uitzonderingen"], fouten)


def _check_perioden(blad: Gelezen, van: str, tot: str, fouten: Fouten) -> None:
    first, last = blad.soort.position(van), blad.soort.position(tot)
    melding = f"Deze dag ligt voor {van}; verbeter een van beide datums."
    for regel in blad.regels:
        start, end = regel.cellen[first], regel.cellen[last]
        if isinstance(start, date) and isinstance(end, date) and end < start:
            fouten.add_row(blad, regel, tot, FoutCode.DATUM_BUITEN_PERIODE, melding)
            regel.cellen[last] = ONBRUIKBAAR


def _check_herzieningen(blad: Gelezen, fouten: Fouten) -> None:
    first, last = blad.soort.position("van"), blad.soort.position("herzien_uiterlijk")
    melding = f"Dit hoort van van tot en met {MAX_UITZONDERING.days} dagen later te liggen; verbeter de datum."
    for regel in blad.regels:
        start, end = regel.cellen[first], regel.cellen[last]
        if isinstance(start, date) and isinstance(end, date) and not start <= end <= start + MAX_UITZONDERING:
            fouten.add_row(blad, regel, "herzien_uiterlijk", FoutCode.ONGELDIGE_WAARDE, melding)


def _check_vier_ogen(blad: Gelezen, fouten: Fouten) -> None:
    author, approver = blad.soort.position("opgesteld_door"), blad.soort.position("goedgekeurd_door")
    melding = "Wie de uitzondering opstelt, kan haar niet goedkeuren; vul een ander in of laat de cel leeg."
    for regel in blad.regels:
        nummer = regel.cellen[approver]
        if isinstance(nummer, str) and nummer == regel.cellen[author]:
            fouten.add_row(blad, regel, "goedgekeurd_door", FoutCode.VIER_OGEN, melding)
