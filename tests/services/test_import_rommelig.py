"""The messy workbook: nothing goes in as it is, the good rows go in when asked, and what was repaired follows."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.imports.read.werkboek import read_werkboek
from app.security.secrets import Secrets
from app.services.termijnen import check_termijnen
from app.services.werkboek.verslag import Importverslag
from tests.imports import bouw
from tests.services.importeer import Importeur
from tests.services.inhoud import Inhoud, count_rows, read_inhoud
from tests.services.momenten import VANDAAG
from tests.werkboeken import DATA, ROMMELIG

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


PEILDATUM = date(2026, 9, 30)


def inhoud_of(importeur: Importeur) -> Inhoud:
    with Session(importeur.engine) as session:
        organisatie_id = importeur.organisatie(session).id
        assert check_termijnen(session, organisatie_id, VANDAAG).afwijkingen == ()
        return read_inhoud(session, organisatie_id, importeur.sleutels)


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    return Importeur(engine, sleutels, code, tmp_path)


def test_as_it_is_it_reports_the_planted_faults_and_writes_nothing(importeur: Importeur, engine: Engine) -> None:
    with Session(engine) as session:
        before = count_rows(session)
    for proef in (True, False):
        verslag = importeur.file(ROMMELIG, proef=proef)
        assert verslag.exit_code == 1
        with (DATA / "aanbieder-rommelig.fouten.csv").open(encoding="utf-8", newline="") as file:
            planted = list(csv.reader(file))
        assert [row[:4] for row in csv.reader(verslag.as_csv().decode().splitlines())] == planted
    with Session(engine) as session:
        assert count_rows(session) == before


def test_good_rows_first_and_repaired_rows_later_is_the_repaired_whole(
    engine: Engine, importeur: Importeur, sleutels: Secrets, code: str, tmp_path: Path
) -> None:
    fouten = tmp_path / "fouten.xlsx"
    first = importeur.file(ROMMELIG, fouten=fouten)
    assert first.exit_code == 1
    assert _written(first) > 500
    returned = {blad.sleutel: [row[0] for _, row in blad.bron()] for blad in read_werkboek(fouten).bladen}
    for blad, nummer in REPARATIES:
        assert nummer in returned[blad]
    assert returned["kindgesprekken"].count("T00197") == 2

    second = importeur.boek(repair(fouten))
    assert (second.exit_code, second.as_csv().count(b"\n")) == (0, 1), second.as_text()

    whole = Importeur(engine, sleutels, f"{code}-HEEL", tmp_path)
    at_once = whole.boek(repair(ROMMELIG))
    assert at_once.exit_code == 0, at_once.as_text()
    assert _written(first) + _written(second) == _written(at_once)
    assert inhoud_of(importeur) == inhoud_of(whole)
    assert importeur.export(PEILDATUM) == whole.export(PEILDATUM)
    assert importeur.export(PEILDATUM).count(b"\n") > 300


def test_what_is_not_repaired_comes_back_again(importeur: Importeur, tmp_path: Path) -> None:
    once, twice = tmp_path / "een.xlsx", tmp_path / "twee.xlsx"
    importeur.file(ROMMELIG, fouten=once)
    before = inhoud_of(importeur)
    again = importeur.file(once, fouten=twice)
    assert again.exit_code == 1
    assert _written(again) == 0
    assert inhoud_of(importeur) == before

    def rows(path: Path) -> dict[str, int]:
        return {blad.sleutel: sum(1 for _ in blad.bron()) for blad in read_werkboek(path).bladen}

    assert rows(twice) == rows(once)


def _written(verslag: Importverslag) -> int:
    """Return how many new rows went in; nothing may have been corrected."""
    assert verslag.uitkomst is not None
    assert not any(blad.gewijzigd for blad in verslag.uitkomst.bladen)
    return sum(blad.nieuw for blad in verslag.uitkomst.bladen)
