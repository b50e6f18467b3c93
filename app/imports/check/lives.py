"""Further steps of the check: lives that cannot be, a BSN of two children, and what would move to another child."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Final

from app.clock import civil_date
from app.imports.bekend import Bekend
from app.imports.check.levens import MENSEN, Leven, Levens, owner_column
from app.imports.gelezen import Boek, Fouten, Gelezen, Regel
from app.invoer.bezwaar import Bezwaar
from app.invoer.levens import DAGEN, fault_against_file, fault_in_birth, fault_in_life, fault_in_recording
from app.invoer.personen import fault_in_bsn, fault_in_owner

_KINDEREN: Final = "pleegkinderen"
_BEGELEIDINGEN: Final = "begeleidingen"


def check_births(boek: Boek, bekend: Bekend, vandaag: date, fouten: Fouten) -> None:
    """Report every person over 110, and a changed birth that what is stored already contradicts."""
    levens = Levens(boek, bekend)
    changed = dict(_changed_births(levens))
    stored = _stored_days(levens, changed) if changed else {}
    for blad, regel, nummer, geboren in _births(boek):
        first, last_van = stored.get(Leven(blad.naam, nummer), (None, None))
        bezwaar = fault_in_birth(geboren, vandaag) or fault_against_file(geboren, first, last_van)
        if bezwaar is not None and not regel.datumfout:
            fouten.object_to(blad, regel, bezwaar)


def _births(boek: Boek) -> Iterator[tuple[Gelezen, Regel, str, date]]:
    for blad in (boek[naam] for naam in MENSEN if naam in boek):
        place = blad.soort.position("geboortedatum")
        for regel in blad.regels:
            geboren = regel.cellen[place]
            if isinstance(geboren, date):
                yield blad, regel, blad.nummer(regel) or "", geboren


def _changed_births(levens: Levens) -> Iterator[tuple[Leven, date]]:
    for blad, _, nummer, geboren in _births(levens.boek):
        before = levens.bekend.geboren.get(blad.naam, {}).get(nummer)
        if before is not None and before != geboren:
            yield Leven(blad.naam, nummer), geboren


def _stored_days(levens: Levens, wanted: Collection[Leven]) -> dict[Leven, tuple[date | None, date | None]]:
    """Return the first stored day and the last stored van of the wanted lives, as far as the file leaves them."""
    found: dict[Leven, tuple[date | None, date | None]] = {}
    for leven, kolom, day in levens.stored_days():
        if leven in wanted:
            first, last_van = found.get(leven, (None, None))
            first = min(first or day, day)
            found[leven] = (first, max(last_van or day, day) if kolom == "van" else last_van)
    return found


def check_lives(boek: Boek, bekend: Bekend, bladen: Iterable[str], fouten: Fouten) -> None:
    """Report every day before the birth, a van at 27 or older, and what was recorded before it was.

    A row of which another day lies after today or outside a period has that fault first: it is not judged here.
    """
    levens = Levens(boek, bekend)
    for blad in (boek[naam] for naam in bladen if naam in boek):
        columns = [kolom for kolom in DAGEN if blad.soort.has(kolom)]
        for regel in blad.regels if columns else ():
            if not regel.datumfout:
                for bezwaar in list(_impossible(levens, blad, regel, columns)):
                    fouten.object_to(blad, regel, bezwaar)


def _impossible(levens: Levens, blad: Gelezen, regel: Regel, columns: list[str]) -> Iterator[Bezwaar]:
    leven = levens.of_row(blad, regel)
    geboren = None if leven is None else levens.birth(leven)
    for kolom in columns:
        day = regel.cellen[blad.soort.position(kolom)]
        bezwaar = fault_in_life(kolom, day, geboren) if isinstance(day, date) and geboren is not None else None
        if bezwaar is not None:
            yield bezwaar
    if blad.soort.has("vastgelegd_op"):
        moment, datum = (regel.cellen[blad.soort.position(kolom)] for kolom in ("vastgelegd_op", "datum"))
        if isinstance(moment, datetime) and isinstance(datum, date):
            bezwaar = fault_in_recording(civil_date(moment), datum)
            yield from () if bezwaar is None else (bezwaar,)


def check_bsn(boek: Boek, bekend: Bekend, fouten: Fouten) -> None:
    """Report the later of two children with one BSN, and a BSN that a stored child has who keeps it."""
    blad = boek.get(_KINDEREN)
    if blad is None:
        return
    losing = blad.eerste.keys() - bekend.eigen_bsn  # of these the file says what their BSN is from now on
    first: dict[str, str] = {}
    for regel, nummer, bsn in with_bsn(blad, blad.regels):
        wie = bekend.now(_KINDEREN, nummer)
        holder = first.setdefault(bsn, wie)
        others = bekend.bsn_van(bsn) - losing if holder == wie else {holder}
        if (bezwaar := fault_in_bsn(wie, others)) is not None:
            fouten.object_to(blad, regel, bezwaar)


def with_bsn(blad: Gelezen, regels: Iterable[Regel]) -> Iterator[tuple[Regel, str, str]]:
    """Give the rows that have a nummer and a BSN that can be relied on."""
    place = blad.soort.position("bsn")
    for regel in regels:
        nummer, bsn = blad.nummer(regel), regel.cellen[place]
        if nummer is not None and isinstance(bsn, str):
            yield regel, nummer, bsn


def check_owners(boek: Boek, bekend: Bekend, fouten: Fouten) -> None:
    """Report every stored fact of a child that the file gives to another child.

    Unless the two were one file for a while, in which it came there. A fact whose plaatsing is corrected to another
    child goes with it: its own row says nothing else than before. Who guides whom is no event: a begeleiding at the
    wrong plaatsing is corrected.
    """
    levens = Levens(boek, bekend)
    for blad in boek.values():
        kolom, stored = owner_column(blad.soort), bekend.feiten.get(blad.naam)
        if kolom not in {"plaatsing", "pleegkind"} or blad.naam == _BEGELEIDINGEN or not stored:
            continue
        place = blad.soort.position(kolom)
        for nummer, regel in blad.eerste.items():
            owner, feit = regel.cellen[place], stored.get(nummer)
            if feit is None or not isinstance(owner, str) or owner == feit.eigenaar:
                continue
            before, after = _child_before(kolom, feit.eigenaar, bekend), levens.of_owner(kolom, owner)
            if before and after and frozenset((before.nummer, after.nummer)) in bekend.gesplitst:
                continue  # the source never said otherwise: it came to the other file while the two were one
            bezwaar = fault_in_owner(kolom, before, after) if before is not None and after is not None else None
            if bezwaar is not None:
                fouten.object_to(blad, regel, bezwaar)


def _child_before(kolom: str, eigenaar: str, bekend: Bekend) -> Leven | None:
    if kolom == "pleegkind":
        return Leven(_KINDEREN, eigenaar)
    plaatsing = bekend.plaatsingen.get(eigenaar)
    return None if plaatsing is None else Leven(_KINDEREN, plaatsing.pleegkind)
