"""A workbook by the API: its faults are the answer, nothing is written before somebody says so, and then once."""

import csv
from base64 import b64encode
from pathlib import Path

import pytest

from tests.api.bodies import Json, unique
from tests.api.client import Dienst, Gebruiker
from tests.api.database import count_rows, more_rows
from tests.api.world import World
from tests.imports.bouw import xlsx_of

_DATA = Path(__file__).parents[1] / "data"


def werkboek(bestand: bytes, **over: object) -> Json:
    return {"bestand": b64encode(bestand).decode(), **over}


def somebody() -> tuple[str, bytes]:
    nummer = unique("W")
    return nummer, xlsx_of({"medewerkers": [{"nummer": nummer, "naam": "Wil Werk", "rol": "pleegzorgbegeleider"}]})


@pytest.fixture
def kwaliteit(world: World) -> Gebruiker:
    return world["kwaliteit"]


def test_every_fault_is_in_the_answer_and_nothing_is_written(kwaliteit: Gebruiker, dienst: Dienst) -> None:
    rommelig = (_DATA / "aanbieder-rommelig.xlsx").read_bytes()
    before = count_rows(dienst.owner)
    answer = kwaliteit.post("/importen", werkboek(rommelig))
    told = answer.json()
    assert (answer.status_code, told["proef"], told["geschreven"]) == (200, True, False)
    with (_DATA / "aanbieder-rommelig.fouten.csv").open(encoding="utf-8") as file:
        wanted = {(one["blad"], int(one["rij"]), one["kolom"], one["code"]) for one in csv.DictReader(file)}
    found = {(one["blad"], one["rij"], one["kolom"], one["code"]) for one in told["fouten"]}
    assert wanted <= found
    assert told["aantalFouten"] == len(told["fouten"])
    refused = kwaliteit.post("/importen", werkboek(rommelig, proef=False))
    assert (refused.status_code, refused.json()["code"]) == (400, "werkboek_met_fouten")
    names = {one["name"] for one in refused.json()["errors"]}
    assert {f"bestand.{blad}.{rij}.{kolom}".rstrip(".") for blad, rij, kolom, _ in wanted} <= names
    assert more_rows(before, count_rows(dienst.owner)) == {}


def test_what_is_tried_first_says_what_reading_it_in_then_does(kwaliteit: Gebruiker, world: World) -> None:
    nummer, bestand = somebody()
    tried = kwaliteit.post("/importen", werkboek(bestand)).json()
    assert [(one["blad"], one["nieuw"]) for one in tried["bladen"] if one["rijen"]] == [("medewerkers", 1)]
    assert nummer not in {one["nummer"] for one in world["beheerder"].walk("/medewerkers?limit=200")}
    done = kwaliteit.post("/importen", werkboek(bestand, proef=False)).json()
    assert (done["geschreven"], done["bladen"]) == (True, tried["bladen"])
    assert nummer in {one["nummer"] for one in world["beheerder"].walk("/medewerkers?limit=200")}
    again = kwaliteit.post("/importen", werkboek(bestand, proef=False)).json()
    assert [(one["nieuw"], one["ongewijzigd"]) for one in again["bladen"] if one["rijen"]] == [(0, 1)]


@pytest.mark.parametrize(
    ("bestand", "code"),
    [("geen base64!", "ongeldig_bestand"), ("", "onleesbaar_werkboek"), ("AAAA", "onleesbaar_werkboek")],
)
def test_what_is_no_workbook_is_told(kwaliteit: Gebruiker, bestand: str, code: str) -> None:
    answer = kwaliteit.post("/importen", {"bestand": bestand})
    assert answer.status_code == 400
    assert [(one["name"], one["code"]) for one in answer.json()["errors"]] == [("bestand", code)]


def test_a_workbook_may_be_larger_than_other_bodies(kwaliteit: Gebruiker) -> None:
    answer = kwaliteit.post("/importen", werkboek(b"PK" + bytes(1_000_000)))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "onleesbaar_werkboek")
    assert kwaliteit.post("/importen", werkboek(bytes(25_000_001))).status_code == 413
