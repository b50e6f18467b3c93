"""A nummer stays one child's, an account keeps its rol, and a second child that looks like one is told."""

from datetime import date
from typing import Any

import pytest

from app.imports.bekend import Bekend
from app.imports.keuring import Gelijkenis
from app.imports.personen import BekendKind, Personen, find_gelijkenissen
from app.terms import Rol
from tests.imports import bouw

GEBOREN = date(2015, 5, 5)
DAAN = BekendKind("Daan", "Jansen", GEBOREN)


def known(*kinderen: BekendKind) -> Bekend:
    return Bekend(personen=Personen(kinderen={"K1": kinderen}))


@pytest.mark.parametrize(
    ("cells", "faulty"),
    [
        ({"achternaam": "Visser", "geboortedatum": date(2016, 1, 1)}, 1),
        ({"achternaam": "Visser"}, 0),
        ({"geboortedatum": date(2016, 1, 1)}, 0),
        ({"achternaam": "JANSEN", "geboortedatum": date(2016, 1, 1)}, 0),
        ({"roepnaam": "Noor"}, 0),
    ],
    ids=["both", "name", "birth", "case", "roepnaam"],
)
def test_a_nummer_of_another_child_is_refused(cells: dict[str, Any], faulty: int) -> None:
    keuring = bouw.check(bouw.boek_met(pleegkinderen=[cells]), known(DAAN))
    assert bouw.found(keuring) == [("pleegkinderen", 2, "nummer", "identiteit")] * faulty


def test_what_a_person_corrected_does_not_make_the_source_another_child() -> None:
    """Newest first: a person corrected both, and the source still says what it said."""
    corrected = BekendKind("Daan", "Visser", date(2016, 1, 1))
    assert bouw.found(bouw.check(bouw.boek_met(), known(corrected, DAAN))) == []


@pytest.mark.parametrize(
    ("rollen", "faulty"),
    [
        ([Rol.PLEEGZORGBEGELEIDER], 0),
        ([Rol.TEAMLEIDER, Rol.PLEEGZORGBEGELEIDER], 0),
        ([Rol.TEAMLEIDER], 1),
        ([], 0),
    ],
    ids=["same", "as the last import said", "other", "no account"],
)
def test_the_rol_of_an_account_is_not_changed(rollen: list[Rol], faulty: int) -> None:
    keuring = bouw.check(bouw.boek_met(), Bekend(personen=Personen(rollen={"M1": rollen} if rollen else {})))
    assert bouw.found(keuring) == [("medewerkers", 2, "rol", "rol_van_account")] * faulty


@pytest.mark.parametrize(
    ("roepnaam", "achternaam"), [("Daan", "Jansen"), ("DAAN", "jansén"), ("Daan\N{NO-BREAK SPACE}", "van Jansen")]
)
def test_a_second_child_that_looks_like_one_is_told(roepnaam: str, achternaam: str) -> None:
    tweede = {"nummer": "K2", "roepnaam": roepnaam, "achternaam": achternaam, "bsn": ""}
    rijen = bouw.check(bouw.boek_met(pleegkinderen=[{}, tweede])).rijen["pleegkinderen"]
    assert find_gelijkenissen(rijen, Personen()) == [Gelijkenis(3, "K2", "K1")]
    assert find_gelijkenissen(rijen[1:], Personen({"K1": [DAAN]})) == [Gelijkenis(3, "K2", "K1")]
    # Who was told once is not told at every import.
    assert find_gelijkenissen(rijen, Personen({"K1": [DAAN], "K2": [DAAN]})) == []


def test_twins_and_namesakes_are_two_children() -> None:
    anders: list[dict[str, Any]] = [
        {},
        {"nummer": "K2", "roepnaam": "Noor"},
        {"nummer": "K3", "geboortedatum": date(2015, 5, 6)},
    ]
    rijen = bouw.check(bouw.boek_met(pleegkinderen=[{**rij, "bsn": ""} for rij in anders])).rijen["pleegkinderen"]
    assert find_gelijkenissen(rijen, Personen()) == []
