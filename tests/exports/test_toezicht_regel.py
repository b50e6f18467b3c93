"""A row of an audit for an inspecteur says what somebody had to act on and did, under pseudonyms and without a word."""

from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from app.norms.kwartaaltoets.inhoud import AanleidingInhoud, OordeelInhoud, RegelInhoud
from app.norms.toezicht.pseudonimiseren import pseudonymise
from app.routers.toezicht_tonen import show_toezicht_regel
from app.schemas.toezicht_regels import ToezichtRegelOut
from app.security.pseudoniem import Pseudoniemen
from app.security.secrets import load_secrets
from app.terms import NormCode, OnderwerpSoort
from tests.exports.toetsbouw import build_oordeel, build_regel

CHECK, ACTIE, BEZOEK = ("01a22a06-1620-742c-9ac0-91b82ec6253" + last for last in "678")
AANLEIDING: AanleidingInhoud = {
    "soort": "veiligheidscheck",
    "id": CHECK,
    "datum": "2026-10-20",
    "overleg": {"uiterlijk": "2026-10-21", "op": "2026-10-21"},
    "besluit": {"uiterlijk": "2026-10-27", "op": None},
}


@pytest.fixture
def namen(tmp_path: Path) -> Pseudoniemen:
    return Pseudoniemen(load_secrets(tmp_path / "sleutels.json", create=True), UUID(int=7))


def oordeel(norm: NormCode, soort: OnderwerpSoort, **over: object) -> OordeelInhoud:
    found = build_oordeel(norm, 7, Random(1), stand="op_tijd", **over)
    return {**found, "onderwerp": {"soort": soort.value, "id": ACTIE}}


@pytest.fixture
def regel() -> RegelInhoud:
    gezien = {"id": BEZOEK, "datum": "2026-12-01", "soort": "huisbezoek"}
    oordelen = [
        oordeel(NormCode.ZIEN, OnderwerpSoort.PLAATSING, laatste=gezien),
        oordeel(NormCode.OPV_O, OnderwerpSoort.VEILIGHEIDSCHECK, laatste=None),
        oordeel(NormCode.ACT, OnderwerpSoort.ACTIE, laatste=None),
    ]
    return build_regel(7, {"id": "t", "naam": "Team Noord"}, oordelen=oordelen, aanleidingen=[AANLEIDING])


def test_the_row_on_screen_and_in_the_api(regel: RegelInhoud, namen: Pseudoniemen) -> None:
    shown = show_toezicht_regel(regel, namen)
    assert shown["aanleidingen"] == [
        {
            "soort": "veiligheidscheck",
            "pseudoniem": namen.of("veiligheidscheck", CHECK),
            "datum": "2026-10-20",
            "overleg": {"uiterlijk": "2026-10-21", "op": "2026-10-21"},
            "besluit": {"uiterlijk": "2026-10-27", "op": None},
        }
    ]
    assert "aanleidingen" in ToezichtRegelOut.model_fields


def test_the_row_of_an_export(regel: RegelInhoud, namen: Pseudoniemen) -> None:
    shown = pseudonymise(regel, namen.of)
    assert [id_ for id_ in (CHECK, ACTIE, BEZOEK) if id_ in str(shown)] == []
    assert shown["aanleidingen"] == [{**AANLEIDING, "id": namen.of("veiligheidscheck", CHECK)}]
    assert shown["oordelen"][0]["laatste"] == {
        "id": namen.of("huisbezoek", BEZOEK), "datum": "2026-12-01", "soort": "huisbezoek",
    }  # fmt: skip


def test_a_row_from_before_says_nothing_of_it(regel: RegelInhoud, namen: Pseudoniemen) -> None:
    del regel["aanleidingen"]
    assert "aanleidingen" not in pseudonymise(regel, namen.of)
    assert show_toezicht_regel(regel, namen)["aanleidingen"] == []
