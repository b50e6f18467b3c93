"""An organisatie's own norm: what it may be, at the door."""

from typing import Any

import pytest

from tests.api.client import Dienst, Gebruiker
from tests.api.world import add_organisatie

NORM = {"geldigVan": "2026-12-01", "waarschuwingDagen": 60, "toelichting": "Wij kijken vaker."}


@pytest.fixture(scope="module")
def chief(dienst: Dienst, module_at_work: None) -> Gebruiker:
    """Return the beheerder of an organisatie without children."""
    return add_organisatie(dienst)[0]


@pytest.mark.parametrize(
    ("code", "parameters", "name"),
    [
        ("KAG-R", {"maanden": -4}, "parameters.maanden"),
        ("KAG-R", {"maanden": 0}, "parameters.maanden"),
        ("HB", {"dagen": -1}, "parameters.dagen"),
        ("HB", {"dagen": 100_000}, "parameters.dagen"),
        ("HB", {"dagen": None}, "parameters.dagen"),
        ("VP", {"maanden": 2**53}, "parameters.maanden"),
        ("VC-J", {"dagenNaSignaal": -7}, "parameters.dagenNaSignaal"),
        ("KAG-3", {"aantal": 1000}, "parameters.aantal"),
        ("CAL-3", {"werkdagen": 0}, "parameters.werkdagen"),
    ],
)
def test_a_number_that_no_norm_can_have_is_refused(
    chief: Gebruiker, code: str, parameters: dict[str, Any], name: str
) -> None:
    before = chief.rows("/normen")
    refused = chief.post("/normen", {**NORM, "code": code, "parameters": parameters})
    assert refused.status_code == 400
    (found,) = refused.json()["errors"]
    assert (found["name"], found["code"]) == (name, "ongeldige_waarde")
    assert found["detail"].startswith("Deze instelling ")
    assert chief.rows("/normen") == before


def test_what_loosens_is_a_sentence(chief: Gebruiker) -> None:
    refused = chief.post("/normen", {**NORM, "code": "KAG-R", "parameters": {"maanden": 5}})
    (found,) = refused.json()["errors"]
    assert (found["code"], found["detail"]) == (
        "versoepeling",
        "Dit is soepeler dan de landelijke norm: maanden mag niet hoger zijn dan 4.",
    )
