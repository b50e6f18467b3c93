"""Last step of the check: which faultless rows must wait when the faulty ones are skipped."""

from typing import Final

from app.imports.bekend import Bekend
from app.imports.check_links import references
from app.imports.check_overlap import find_stored_overlaps
from app.imports.faults import Fout, FoutCode
from app.imports.gelezen import Boek, Fouten, Gelezen, Regel

_ZONDER_KOLOM: Final = "Deze rij wacht op deze verplichte kolom, die ontbreekt; voeg hem toe en vul hem."
_ZELFDE_NUMMER: Final = "Een latere rij heeft hetzelfde nummer; geef een van beide een eigen nummer."
_STAAT_NOG: Final = (
    "Deze plaatsing overlapt met een die nu bekend is, en de rij die dat oplost kan nog niet mee; herstel die eerst."
)


def hold_back(boek: Boek, bekend: Bekend) -> tuple[Fout, ...]:
    """Mark every row that cannot go in because another row stays out; directly or by way of others.

    Waiting are: rows of a sheet without one of its obliged columns; the first row of a nummer that occurs
    twice (were it stored, the other would correct it if it came back unrepaired); rows that refer to a row
    that stays out (also when an older version of it is stored, or when its nummer occurs twice); and
    plaatsingen that overlap with the stored version of a plaatsing whose row stays out.

    Args:
        boek: the sheets after all other checks; ``wacht`` of the rows is set.
        bekend: what is stored.

    Returns:
        One entry with code ``afhankelijk`` per waiting row, sorted.
    """
    waiting = Fouten()
    for blad in boek.values():
        _wait_for_columns(blad, waiting)
        _wait_for_number(blad, waiting)
    _follow(boek, bekend, waiting)
    while _wait_for_stored(boek, bekend, waiting):
        pass  # a plaatsing that now waits leaves its stored version in the way of others
    _follow(boek, bekend, waiting)
    return waiting.sorted()


def _wait(waiting: Fouten, blad: Gelezen, regel: Regel, kolom: str, melding: str) -> None:
    if regel.is_good:
        regel.wacht = True
        waiting.add(blad.naam, regel.rij, kolom, FoutCode.AFHANKELIJK, melding)


def _wait_for_columns(blad: Gelezen, waiting: Fouten) -> None:
    for kolom in blad.ontbreekt[:1]:
        for regel in blad.regels:
            _wait(waiting, blad, regel, kolom, _ZONDER_KOLOM)


def _wait_for_number(blad: Gelezen, waiting: Fouten) -> None:
    for nummer in blad.dubbel:
        _wait(waiting, blad, blad.eerste[nummer], "nummer", _ZELFDE_NUMMER)


def _follow(boek: Boek, bekend: Bekend, waiting: Fouten) -> None:
    """Go through the sheets once; a sheet refers only to sheets before it."""
    out: dict[str, dict[str, int]] = {}
    for blad in boek.values():
        for kolom, naar, plek in references(blad):
            unverifiable = naar in boek and "nummer" in boek[naar].ontbreekt
            for regel in blad.regels:
                nummer = regel.cellen[plek]
                if isinstance(nummer, str) and nummer in out.get(naar, ()):
                    _wait(waiting, blad, regel, kolom, _verwijst(naar, out[naar][nummer]))
                elif isinstance(nummer, str) and unverifiable and not bekend.has(naar, nummer):
                    _wait(waiting, blad, regel, kolom, _verwijst(naar, 1))
        out[blad.naam] = _staying_out(blad)


def _verwijst(naar: str, rij: int) -> str:
    return f"Deze rij verwijst naar het blad {naar}, en rij {rij} daarvan kan niet mee; herstel die eerst."


def _staying_out(blad: Gelezen) -> dict[str, int]:
    """Return the nummers of which some row stays out, with that row."""
    numbered = ((blad.nummer(regel), regel) for regel in blad.regels if not regel.is_good)
    return {nummer: regel.rij for nummer, regel in numbered if nummer is not None}


def _wait_for_stored(boek: Boek, bekend: Bekend, waiting: Fouten) -> bool:
    """Let plaatsingen wait that overlap with what remains stored; tell whether there were any."""
    blad = boek.get("plaatsingen")
    if blad is None:
        return False
    good = [regel for regel in blad.regels if regel.is_good]
    replaced = {nummer for regel in good if (nummer := blad.nummer(regel)) is not None}
    overlapping = list(find_stored_overlaps(blad, good, bekend, replaced))
    for regel in overlapping:
        _wait(waiting, blad, regel, "van", _STAAT_NOG)
    return bool(overlapping)
