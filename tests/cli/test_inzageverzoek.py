"""``pleegzicht inzageverzoek`` on imported history: what was corrected to be another child's is that child's alone."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.db import sessions
from app.models import Account, Medewerker
from app.services.beheer.organisaties import find_organisatie
from tests.cli.conftest import Run
from tests.imports import bouw


@pytest.fixture
def boek() -> bouw.Boek:
    """Two children of 14; the second has no plaatsing yet."""
    boek = bouw.boek_met()
    one = {**boek["pleegkinderen"][0], "geboortedatum": date(2012, 5, 5)}
    other = {**one, "nummer": "K2", "roepnaam": "Mees", "achternaam": "Visser", "bsn": None}
    boek["pleegkinderen"] = [one, other]
    boek["medewerkers"].append({"nummer": "M3", "naam": "Bea Beheer", "rol": "beheerder"})
    return boek


def import_boek(run: Run, boek: bouw.Boek, code: str, tmp_path: Path) -> None:
    path = tmp_path / "boek.xlsx"
    path.write_bytes(bouw.xlsx_of(boek))
    done = run("importeer", str(path), "--organisatie", code, "--nieuw")
    assert done.code == 0, done.err


def give_account(engine: Engine, code: str) -> None:
    """Let the beheerder of the workbook sign in, as somebody who manages the service would."""
    with sessions.unit_of_work(engine) as session:
        organisatie = find_organisatie(session, code)
        assert organisatie
        who = session.scalars(select(Medewerker).where(Medewerker.nummer == "M3")).one()
        keys = {"organisatie_id": organisatie.id, "medewerker_id": who.feit_id}
        session.add(Account(issuer="https://aanmelden.test", subject=code, **keys))


def ask(run: Run, code: str, nummer: str) -> dict[str, Any]:
    wie = ("--verzoeker", "kind", "--door", "M3", "--reden", "Verzoek aan de balie.")
    done = run("inzageverzoek", nummer, "--organisatie", code, *wie, "--formaat", "json")
    assert done.code == 0, done.err
    inhoud: dict[str, Any] = json.loads(done.out)["inhoud"]
    return inhoud


def kinds(inhoud: dict[str, Any]) -> set[str]:
    return {feit["soort"] for feit in inhoud["feiten"]}


def test_an_imported_file_is_given_with_the_nummers_of_the_provider(
    run: Run, boek: bouw.Boek, code: str, engine: Engine, tmp_path: Path
) -> None:
    import_boek(run, boek, code, tmp_path)
    wie = ("--verzoeker", "kind", "--door", "M3", "--reden", "Verzoek aan de balie.")
    refused = run("inzageverzoek", "K1", "--organisatie", code, *wie)
    assert (refused.code, refused.out) == (2, "")
    assert "die zich bij deze organisatie kan aanmelden" in refused.line
    give_account(engine, code)
    inhoud = ask(run, code, "K1")
    assert {"T1", "P1", "C1", "K1"} <= {feit["nummer"] for feit in inhoud["feiten"]}
    (talk,) = [feit for feit in inhoud["feiten"] if feit["nummer"] == "T1"]
    assert talk["versies"][0]["inhoud"]["medewerker"] == {"naam": "Anna de Wit", "rol": "pleegzorgbegeleider"}
    assert "Bakker" not in json.dumps(inhoud)
    assert "123456782" not in json.dumps(inhoud)
    assert kinds(ask(run, code, "K2")) == {"pleegkind"}


def test_a_plaatsing_that_was_of_another_child_takes_its_talks_along(
    run: Run, boek: bouw.Boek, code: str, engine: Engine, tmp_path: Path
) -> None:
    import_boek(run, boek, code, tmp_path)
    give_account(engine, code)
    assert {"plaatsing", "kindgesprek", "begeleiding", "huisbezoek"} <= kinds(ask(run, code, "K1"))
    moved = deepcopy(boek)
    moved["plaatsingen"][0]["pleegkind"] = "K2"
    import_boek(run, moved, code, tmp_path)
    of_one, of_other = kinds(ask(run, code, "K1")), kinds(ask(run, code, "K2"))
    assert of_one & {"plaatsing", "kindgesprek", "begeleiding", "huisbezoek", "veiligheidscheck"} == set()
    assert {"plaatsing", "kindgesprek", "begeleiding", "huisbezoek", "veiligheidscheck"} <= of_other
