"""Last step of the check: which faultless rows must wait when the faulty ones are skipped."""

from typing import Final

from app.imports.bekend import Bekend
from app.imports.check.links import references
from app.imports.check.lives import with_bsn
from app.imports.check.overlap import find_stored_overlaps
from app.imports.faults import Fout
from app.imports.gelezen import Boek, Fouten, Gelezen, Regel

_ZONDER_KOLOM: Final = "Deze rij wacht op deze verplichte kolom, die ontbreekt; voeg hem toe en vul hem."
_ZELFDE_NUMMER: Final = "Een latere rij heeft hetzelfde nummer; geef een van beide een eigen nummer."
_SAMENGEVOEGD: Final = "Deze rij deelt samengevoegde cellen met rij {rij}; hef de samenvoeging op en vul elke cel."
_BSN_BEKEND: Final = "Een bekend kind heeft dit BSN nog, en de rij die dat wijzigt kan niet mee; herstel die eerst."
_STAAT_NOG: Final = (
    "Deze plaatsing overlapt met een die nu bekend is, en de rij die dat oplost kan nog niet mee; herstel die eerst."
)


def hold_back(boek: Boek, bekend: Bekend) -> tuple[Fout, ...]:
    """Mark every row that cannot go in because another row stays out; directly or by way of others.

    Waiting are: rows of a sheet without one of its obliged columns; the first row of a nummer that occurs
    twice (were it stored, the other would correct it if it came back unrepaired); rows that refer to a row
    that stays out (also when an older version of it is stored, or when its nummer occurs twice); and
    plaatsingen that overlap with the stored version of a plaatsing whose row stays out; children with the BSN that a
    stored child keeps as long as its row stays out; and rows that share merged cells with a faulty one.

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
        _wait_for_merged(blad, waiting)
    _wait_for_bsn(boek, bekend, waiting)
    _wait_for_references(boek, bekend, waiting)
    while _wait_for_stored(boek, bekend, waiting):
        pass  # a plaatsing that now waits leaves its stored version in the way of others
    _wait_for_references(boek, bekend, waiting)
    return waiting.sorted()


def _wait(waiting: Fouten, blad: Gelezen, regel: Regel, kolom: str, melding: str, oorzaak: tuple[str, int]) -> None:
    if regel.is_good:
        waiting.wait(blad, regel, kolom, melding, oorzaak)


def _root(blad: Gelezen, regel: Regel) -> tuple[str, int]:
    """Return the sheet and row where the fault is that keeps a row out."""
    return regel.oorzaak or (blad.naam, regel.rij)


def _wait_for_columns(blad: Gelezen, waiting: Fouten) -> None:
    for kolom in blad.ontbreekt[:1]:
        for regel in blad.regels:
            _wait(waiting, blad, regel, kolom, _ZONDER_KOLOM, (blad.naam, 1))


def _wait_for_number(blad: Gelezen, waiting: Fouten) -> None:
    later = {nummer: regel for regel in blad.regels if (nummer := blad.nummer(regel)) in blad.dubbel}
    for nummer, regel in later.items():
        if nummer is not None:
            _wait(waiting, blad, blad.eerste[nummer], "nummer", _ZELFDE_NUMMER, (blad.naam, regel.rij))


def _wait_for_merged(blad: Gelezen, waiting: Fouten) -> None:
    for regel in blad.regels:
        if regel.gedeeld:
            melding = _SAMENGEVOEGD.format(rij=regel.gedeeld)
            _wait(waiting, blad, regel, "", melding, (blad.naam, regel.gedeeld))


def _wait_for_bsn(boek: Boek, bekend: Bekend, waiting: Fouten) -> None:
    """Let a child wait whose BSN a stored child has, of whom the row that says otherwise stays out."""
    blad = boek.get("pleegkinderen")
    if blad is None:
        return
    for regel, nummer, bsn in with_bsn(blad, [regel for regel in blad.regels if regel.is_good]):
        for holder in sorted(bekend.bsn_van(bsn) - {nummer}):
            other = blad.eerste.get(holder)
            if other is not None and not other.is_good:
                _wait(waiting, blad, regel, "bsn", _BSN_BEKEND, _root(blad, other))


def _wait_for_references(boek: Boek, bekend: Bekend, waiting: Fouten) -> None:
    """Let a row wait that refers to one that stays out. Once is enough: a sheet refers only to sheets before it."""
    out: dict[str, dict[str, Regel]] = {}
    for blad in boek.values():
        for verwijzing in references(blad):
            kolom, naar = verwijzing.kolom, verwijzing.naar
            without = boek[naar].zonder_nummer if naar in boek else 0
            for regel in blad.regels:
                nummer = verwijzing.nummer(regel)
                if nummer is not None and nummer in out.get(naar, ()):
                    target = out[naar][nummer]
                    _wait(waiting, blad, regel, kolom, _verwijst(naar, target.rij), _root(boek[naar], target))
                elif nummer is not None and without and not _is_known(boek[naar], nummer, bekend):
                    _wait(waiting, blad, regel, kolom, _verwijst(naar, without), (naar, without))
        out[blad.naam] = _staying_out(blad)


def _is_known(target: Gelezen, nummer: str, bekend: Bekend) -> bool:
    return nummer in target.eerste or bekend.has(target.naam, nummer)


def _verwijst(naar: str, rij: int) -> str:
    return f"Deze rij verwijst naar het blad {naar}, en rij {rij} daarvan kan niet mee; herstel die eerst."


def _staying_out(blad: Gelezen) -> dict[str, Regel]:
    """Return the nummers of which some row stays out, with that row."""
    numbered = ((blad.nummer(regel), regel) for regel in blad.regels if not regel.is_good)
    return {nummer: regel for nummer, regel in numbered if nummer is not None}


def _wait_for_stored(boek: Boek, bekend: Bekend, waiting: Fouten) -> bool:
    """Let plaatsingen wait that overlap with what remains stored; tell whether there were any."""
    blad = boek.get("plaatsingen")
    if blad is None:
        return False
    good = [regel for regel in blad.regels if regel.is_good]
    replaced = {nummer for regel in good if (nummer := blad.nummer(regel)) is not None}
    overlapping = list(find_stored_overlaps(blad, good, bekend, replaced))
    for regel in overlapping:
        _wait(waiting, blad, regel, "van", _STAAT_NOG, _in_the_way(blad, regel, bekend))
    return bool(overlapping)


def _in_the_way(blad: Gelezen, regel: Regel, bekend: Bekend) -> tuple[str, int]:
    """Return the fault of a row that stays out of the same child, whose stored version the row overlaps with."""
    child = regel.cellen[blad.soort.position("pleegkind")]
    for nummer, other in blad.eerste.items():
        stored = bekend.plaatsingen.get(nummer)
        if stored is not None and stored.pleegkind == child and not other.is_good:
            return _root(blad, other)
    return blad.naam, regel.rij
