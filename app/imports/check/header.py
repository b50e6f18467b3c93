"""The header of a sheet: which known column stands where, and what is unknown, double or missing."""

from dataclasses import dataclass
from typing import Final

from app.imports.faults import FoutCode
from app.imports.gelezen import Fouten
from app.imports.kolommen import BladSoort
from app.imports.sheets import FOUTEN_KOLOM
from app.imports.werkboek import FORMULE, Blad

_FORMULE: Final = "Een kop in deze rij is een formule zonder uitkomst; typ de naam van de kolom."


@dataclass(frozen=True, slots=True)
class Kop:
    """A header that was compared with its sheet kind.

    Attributes:
        plekken: per known column its place in the file's rows.
        zonder_naam: the places without a name.
        breedte: how many places the header has.
        ontbreekt: the obliged columns that are missing.
    """

    plekken: dict[str, int]
    zonder_naam: tuple[int, ...]
    breedte: int
    ontbreekt: tuple[str, ...]


def check_kop(blad: Blad, soort: BladSoort, fouten: Fouten) -> Kop:
    """Find the known columns; a sheet without any cell counts as missing and has no faults.

    Args:
        blad: the raw sheet.
        soort: the kind of sheet that its name says it is.
        fouten: takes up ``onbekende_kolom`` (also for a second column of one name) and ``verplicht``, on row
            1.

    Returns:
        The columns with their places.
    """
    plekken: dict[str, int] = {}
    for place, header in enumerate(blad.kop):
        naam = header.lower()
        if naam in plekken:
            fouten.add(soort.naam, 1, header, FoutCode.ONBEKENDE_KOLOM, "Deze kolom staat dubbel; verwijder er een.")
        elif soort.has(naam):
            plekken[naam] = place
        elif header == repr(FORMULE):
            fouten.add(soort.naam, 1, "", FoutCode.FORMULE_ZONDER_WAARDE, _FORMULE)
        elif naam not in {"", FOUTEN_KOLOM}:
            fouten.add(soort.naam, 1, header, FoutCode.ONBEKENDE_KOLOM, _onbekend(soort))
    return Kop(
        plekken,
        zonder_naam=tuple(place for place, header in enumerate(blad.kop) if not header),
        breedte=len(blad.kop),
        ontbreekt=_missing(plekken, soort, fouten) if blad.kop else (),
    )


def _onbekend(soort: BladSoort) -> str:
    known = ", ".join(kolom.naam for kolom in soort.kolommen)
    return f"Deze kolom is op dit blad niet bekend; verwijder hem of noem hem naar zijn inhoud: {known}."


def _missing(plekken: dict[str, int], soort: BladSoort, fouten: Fouten) -> tuple[str, ...]:
    missing = tuple(kolom.naam for kolom in soort.kolommen if kolom.verplicht and kolom.naam not in plekken)
    for naam in missing:
        fouten.add(
            soort.naam,
            1,
            naam,
            FoutCode.VERPLICHT,
            "Deze verplichte kolom ontbreekt; voeg hem toe in rij 1 en vul hem.",
        )
    return missing
