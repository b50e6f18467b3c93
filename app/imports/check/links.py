"""Third step of the check: numbers, and what rows say about rows of other sheets or of the database."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from app.imports.bekend import Bekend
from app.imports.faults import FoutCode
from app.imports.gelezen import ONBRUIKBAAR, Boek, Fouten, Gelezen, Regel
from app.imports.kolommen import Celsoort, Kolom
from app.imports.sheets import BLADEN
from app.invoer.datums import fault_outside_plaatsing

# The sheets whose rows happened on a day within a plaatsing.
GEBEURTENISSEN: Final = tuple(naam for naam, blad in BLADEN.items() if blad.has("plaatsing") and blad.has("datum"))


class Verwijzingskolom(NamedTuple):
    """A column that refers to another sheet, and its place in the row.

    ``only_if``: the place of the column that must say something, and what; None when every row refers to this sheet.
    """

    kolom: str
    naar: str
    plek: int
    only_if: tuple[int, StrEnum] | None = None

    def nummer(self, regel: Regel) -> str | None:
        """Return the nummer that a row refers to on this sheet; None when it does not, or not usably."""
        nummer = regel.cellen[self.plek]
        refers = self.only_if is None or regel.cellen[self.only_if[0]] == self.only_if[1]
        return nummer if refers and isinstance(nummer, str) else None


def references(blad: Gelezen) -> list[Verwijzingskolom]:
    """Return the columns of a sheet that refer to other sheets; one that refers to several once for each."""
    return [
        one
        for plek, kolom in enumerate(blad.soort.kolommen)
        if kolom.soort is Celsoort.VERWIJZING
        for one in _of_kolom(blad, kolom, plek)
    ]


def _of_kolom(blad: Gelezen, kolom: Kolom, plek: int) -> Iterator[Verwijzingskolom]:
    if not kolom.bladen:
        yield Verwijzingskolom(kolom.naam, kolom.blad, plek)
    for waarde, naar in kolom.bladen:
        yield Verwijzingskolom(kolom.naam, naar, plek, (blad.soort.position(kolom.naar_gelang), waarde))


def check_nummers(boek: Boek, fouten: Fouten) -> None:
    """Index every sheet by nummer, and report the later row of two with the same one."""
    for blad in boek.values():
        for regel in blad.regels:
            nummer = blad.nummer(regel)
            if nummer is None:
                continue
            first = blad.eerste.setdefault(nummer, regel)
            if first is not regel:
                blad.dubbel.add(nummer)
                melding = f"Dit nummer staat al op rij {first.rij}; geef elke rij een eigen nummer."
                fouten.add_row(blad, regel, "nummer", FoutCode.DUBBEL_NUMMER, melding)


def follow(boek: Boek, bekend: Bekend) -> None:
    """Let every row refer to what a nummer means by now: to the file that stays, to the plaatsing as it was moved."""
    for blad in boek.values():
        for verwijzing in references(blad):
            for regel in blad.regels if bekend.leidt_naar.get(verwijzing.naar) else ():
                nummer = verwijzing.nummer(regel)
                if nummer is not None:
                    regel.cellen[verwijzing.plek] = bekend.now(verwijzing.naar, nummer)


def check_vernietigd(boek: Boek, bekend: Bekend, fouten: Fouten) -> None:
    """Report every child whose file was destroyed; what hangs on its row waits with it."""
    blad = boek.get("pleegkinderen")
    for regel in blad.regels if blad is not None else ():
        if blad is not None and blad.nummer(regel) in bekend.vernietigd:
            melding = "Dit dossier is vernietigd; haal dit kind en wat erbij hoort uit het werkboek."
            fouten.add_row(blad, regel, "nummer", FoutCode.ONGELDIGE_WAARDE, melding)


def check_references(boek: Boek, bekend: Bekend, fouten: Fouten) -> None:
    """Report every reference to a nummer that is neither in the file nor stored; it becomes ``ONBRUIKBAAR``.

    A sheet with nummers that cannot be read has that fault already: references to it are not judged.
    """
    for blad in boek.values():
        for verwijzing in references(blad):
            target = boek.get(verwijzing.naar)
            if target is not None and target.zonder_nummer:
                continue
            known = target.eerste if target is not None else {}
            for regel in _unknown(blad, verwijzing, known, bekend):
                melding = f"Dit nummer staat niet op blad {verwijzing.naar}; verbeter het of voeg die rij toe."
                fouten.add_row(blad, regel, verwijzing.kolom, FoutCode.ONBEKENDE_VERWIJZING, melding)
                regel.cellen[verwijzing.plek] = ONBRUIKBAAR


def _unknown(blad: Gelezen, verwijzing: Verwijzingskolom, known: dict[str, Regel], bekend: Bekend) -> Iterator[Regel]:
    for regel in blad.regels:
        nummer = verwijzing.nummer(regel)
        if nummer is not None and nummer not in known and not bekend.has(verwijzing.naar, nummer):
            yield regel


def check_within_plaatsing(boek: Boek, bekend: Bekend, fouten: Fouten) -> None:
    """Report every event before van or after tot of its plaatsing; the day of leaving belongs to it.

    Events of a plaatsing with faulty dates, or with a nummer that occurs twice, are not judged.
    """
    perioden = _perioden(boek, bekend)
    for naam in GEBEURTENISSEN:
        if naam in boek:
            _check_events(boek[naam], perioden, fouten)


def _check_events(blad: Gelezen, perioden: dict[str, tuple[date, date]], fouten: Fouten) -> None:
    plaatsing, datum = blad.soort.position("plaatsing"), blad.soort.position("datum")
    for regel in blad.regels:
        nummer, day = regel.cellen[plaatsing], regel.cellen[datum]
        periode = perioden.get(nummer) if isinstance(nummer, str) else None
        if periode is None or not isinstance(day, date):
            continue
        bezwaar = fault_outside_plaatsing("datum", day, *periode)
        if bezwaar is not None:
            fouten.object_to(blad, regel, bezwaar)


def _perioden(boek: Boek, bekend: Bekend) -> dict[str, tuple[date, date]]:
    """Return van and tot (or the last day there is) per plaatsing whose dates can be relied on."""
    perioden = {nummer: (own.van, own.tot or date.max) for nummer, own in bekend.plaatsingen.items()}
    blad = boek.get("plaatsingen")
    if blad is None:
        return perioden
    first, last = blad.soort.position("van"), blad.soort.position("tot")
    for nummer, regel in blad.eerste.items():
        start, end = regel.cellen[first], regel.cellen[last]
        perioden.pop(nummer, None)
        if isinstance(start, date) and nummer not in blad.dubbel and end is not ONBRUIKBAAR:
            perioden[nummer] = (start, end if isinstance(end, date) else date.max)
    return perioden
