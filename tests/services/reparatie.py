"""What a provider does with the messy workbook: repair each fault, in the whole file or in the one that came back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from app.imports.read import read_werkboek
from tests.imports import bouw

Cellen: TypeAlias = dict[str, Any]

#: (sheet, nummer) → the cells as they should be
REPARATIES: dict[tuple[str, str], Cellen] = {
    ("medewerkers", "M00001"): {"rol": "pleegzorgbegeleider"},
    ("pleeggezinnen", "G00030"): {"soort": "bestand"},
    ("gezinsleden", "L00032"): {"pleeggezin": "G00012"},
    ("vgbs", "V00061"): {"status": "afgegeven"},
    ("pleegkinderen", "K00017"): {"geboortedatum": date(2015, 5, 5)},
    ("pleegkinderen", "K00024"): {"bsn": ""},
    ("pleegkinderen", "K00040"): {"geboortedatum": "28-2-2015"},
    ("pleegkinderen", "K00045"): {"bsn": "123456782"},
    ("plaatsingen", "P00014"): {"tot": ""},
    ("plaatsingen", "P88888"): {"vorm": "deeltijd"},
    ("kindgesprekken", "T00027"): {"datum": date(2022, 10, 24)},
    ("kindgesprekken", "T00128"): {"datum": date(2021, 11, 13)},
    ("kindgesprekken", "T00334"): {"plaatsing": "P00041"},
    ("kindgesprekken", "T00398"): {"alleen": "ja"},
    ("kindgesprekken", "T00466"): {"medewerker": "M00002"},
    ("veiligheidschecks", "C00029"): {"medewerker": "M00002"},
    ("veiligheidschecks", "C00041"): {"datum": date(2023, 8, 15)},
    ("huisbezoeken", "H00381"): {"plaatsing": "P00029"},
    ("uitzonderingen", "U00008"): {"goedgekeurd_door": "M00004"},
}
_ONBEKEND_BLAD = "recepten"
_ONBEKENDE_KOLOM = "gevoel"
_DUBBEL = {"nummer": "T00197", "plaatsing": "P00034"}


def repair(path: Path) -> bouw.Boek:
    """Return the rows of a workbook with every fault repaired; the column ``fouten`` is left out as well."""
    return {
        blad.sleutel: [_repaired(blad.sleutel, row) for row in _rows(blad)]
        for blad in read_werkboek(path).bladen
        if blad.sleutel != _ONBEKEND_BLAD
    }


def _rows(blad: Any) -> Iterator[Cellen]:
    for _, cells in blad.bron():
        row = dict(zip(blad.kop, cells, strict=False))
        yield {name: cel for name, cel in row.items() if name not in {_ONBEKENDE_KOLOM, "fouten"}}


def _repaired(blad: str, row: Cellen) -> Cellen:
    if blad == "kindgesprekken" and _DUBBEL.items() <= row.items():
        return {**row, "nummer": "T90197"}
    return {**row, **REPARATIES.get((blad, row["nummer"]), {})}
