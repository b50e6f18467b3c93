"""Taking the last import back: as if it was never made, unless something was built on it; past answers stay."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db.sessions import unit_of_work
from app.exports.kwartaaltoets.formats import write_kwartaaltoets
from app.models import Account, Huisbezoek, Importstand, Kindgesprek, Medewerker, Plaatsing, Pleegkind
from app.models.base import Feit
from app.models.soorten import SOORTEN
from app.models.versions import holds
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.security.secrets import Secrets
from app.services.feiten import recording
from app.services.feiten.versions import begin_recording, record_feit
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets
from app.services.termijnen import check_termijnen
from app.services.werkboek.run import GeenImport, Terugverzoek, run_take_back
from app.services.werkboek.verslag import Terugverslag
from app.terms import Rol, Toetsformaat
from tests.imports import bouw
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.inhoud import count_rows, versions
from tests.services.momenten import NU, VANDAAG

PEILDATUM = date(2026, 2, 1)
UUR = timedelta(hours=1)
OPEN = {"plaatsingen": [{"tot": ""}]}


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    return Importeur(engine, sleutels, code, tmp_path)


def boek(**rijen: list[dict[str, Any]]) -> bouw.Boek:
    return bouw.boek_met(**{**OPEN, **rijen})


def terug(importeur: Importeur, nu: datetime, *, proef: bool = False) -> Terugverslag:
    return run_take_back(importeur.engine, Terugverzoek(importeur.code, proef=proef), nu=nu)


def newest(importeur: Importeur, model: Any, nummer: str) -> Any:
    with Session(importeur.engine) as session:
        return versions(session, model, importeur.organisatie(session).id, nummer)[-1]


def toets(importeur: Importeur, nu: datetime) -> bytes:
    """Return the rows of the audit of a quarter, built and not kept."""
    with Session(importeur.engine) as session:
        organisatie_id = importeur.organisatie(session).id
        opdracht = Toetsverzoek(organisatie_id, nu, nu.date())
        made = establish_toets(session, opdracht, Kwartaal.parse("2025-Q4"), freeze=False, replace=False)
        return b"".join(write_kwartaaltoets(session, made, Toetsformaat.CSV, with_names=False))


def no_difference(importeur: Importeur, nu: datetime) -> bool:
    with Session(importeur.engine) as session:
        return not check_termijnen(session, importeur.organisatie(session).id, nu.date()).afwijkingen


def test_the_repaired_workbook_comes_in_as_if_it_was_the_first(
    importeur: Importeur, engine: Engine, sleutels: Secrets, tmp_path: Path
) -> None:
    wrong = boek(
        kindgesprekken=[{"alleen": "nee"}, {"nummer": "T2", "datum": date(2025, 10, 10)}],
        pleegkinderen=[{"achternaam": "Fout", "geboortedatum": date(2011, 1, 1), "bsn": ""}],
        medewerkers=[{"team": "Team Fout"}],
    )
    good = boek(kindgesprekken=[{"veiligheid_besproken": "ja"}, {"nummer": "T2", "datum": date(2025, 10, 11)}])
    importeur.boek(wrong)
    as_was = importeur.export(PEILDATUM, NU + UUR)
    done = terug(importeur, NU + 2 * UUR)
    assert (done.exit_code, sum(blad.ingetrokken for blad in done.gedaan.bladen)) == (0, 23)
    assert len(importeur.export(PEILDATUM).splitlines()) == 1
    assert no_difference(importeur, NU)
    verslag = importeur.boek(good, nu=NU + 4 * UUR)
    assert verslag.exit_code == 0
    assert {(blad.blad, blad.gewijzigd, blad.ongewijzigd, blad.ingetrokken) for blad in verslag.bladen} == {
        (blad, 0, 0, 0) for blad in good
    }
    fresh = Importeur(engine, sleutels, f"{importeur.code}-vers", tmp_path)
    fresh.boek(good, nu=NU + 4 * UUR)
    assert importeur.export(PEILDATUM) == fresh.export(PEILDATUM)
    assert toets(importeur, NU + 5 * UUR) == toets(fresh, NU + 5 * UUR)
    assert no_difference(importeur, NU)
    # What was answered before stays: with the wrong file, and with nothing.
    assert importeur.export(PEILDATUM, NU + UUR) == as_was
    assert len(importeur.export(PEILDATUM, NU + 3 * UUR).splitlines()) == 1
    again = importeur.boek(good, nu=NU + 6 * UUR)
    assert again.uitkomst is not None
    assert not again.uitkomst.changed


def test_who_waits_hears_how_far_it_is(importeur: Importeur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.werkboek.voortgang._OFTEN", 0.0)
    importeur.boek(boek())
    heard, stood = list[tuple[int, int, str]](), list[Importstand]()

    def hear(*told: Any) -> None:
        heard.append(told)
        with Session(importeur.engine) as session:
            own = Importstand.organisatie_id == importeur.organisatie(session).id
            stood.append(session.scalars(select(Importstand).where(own)).one())

    done = run_take_back(importeur.engine, Terugverzoek(importeur.code), nu=NU + UUR, progress=hear)
    hear(1, 1, "voorbij")
    assert done.exit_code == 0
    assert heard[0] == (0, 1, "lezen")
    assert {"nakijken van kindgesprekken", "terugdraaien van kindgesprekken"} <= {what for _, _, what in heard}
    assert all(0 <= gedaan <= totaal for gedaan, totaal, _ in heard)
    assert {one.begonnen_op for one in stood} == {NU + UUR}
    assert [one.geeindigd_op is None for one in stood] == [True] * (len(stood) - 1) + [False]
    assert any(one.onderdeel.startswith("terugdraaien") for one in stood)


def test_rows_that_come_in_again_are_no_late_registration(
    importeur: Importeur, engine: Engine, sleutels: Secrets, tmp_path: Path
) -> None:
    """Neither with another day, nor with another moment of recording than the import that was taken back."""
    importeur.boek(boek(kindgesprekken=[{"datum": date(2025, 10, 15), "vastgelegd_op": date(2025, 12, 1)}]))
    terug(importeur, NU + UUR)
    good = boek(kindgesprekken=[{"datum": date(2025, 10, 15), "vastgelegd_op": date(2025, 10, 16)}])
    importeur.boek(good, nu=NU + 2 * UUR)
    fresh = Importeur(engine, sleutels, f"{importeur.code}-vers", tmp_path)
    fresh.boek(good, nu=NU + 2 * UUR)
    assert toets(importeur, NU + 3 * UUR) == toets(fresh, NU + 3 * UUR)


def test_what_an_import_changed_is_as_it_was_before(importeur: Importeur) -> None:
    first, second = boek(), boek(kindgesprekken=[{"alleen": "nee"}, {"nummer": "T2", "datum": date(2025, 9, 1)}])
    importeur.boek(first)
    before = importeur.export(PEILDATUM)
    importeur.boek(second, nu=NU + UUR)
    done = terug(importeur, NU + 2 * UUR)
    assert [(b.blad, b.ingetrokken, b.hersteld) for b in done.gedaan.bladen] == [("kindgesprekken", 1, 1)]
    assert importeur.export(PEILDATUM) == before
    assert newest(importeur, Kindgesprek, "T1").wijzigingsreden == "import teruggedraaid"
    verslag = importeur.boek(first, nu=NU + 3 * UUR)
    assert verslag.uitkomst is not None
    assert not verslag.uitkomst.changed
    told = {blad.blad: (blad.nieuw, blad.gewijzigd) for blad in importeur.boek(second, nu=NU + 4 * UUR).bladen}
    assert {blad: counts for blad, counts in told.items() if counts != (0, 0)} == {"kindgesprekken": (1, 1)}


def test_a_correction_by_a_person_before_the_import_comes_back(importeur: Importeur, make_actor: MakeActor) -> None:
    importeur.boek(boek())
    correct(importeur, make_actor, Kindgesprek, "T1", {"vorm": "beeldbellen"}, NU + UUR)
    importeur.boek(boek(kindgesprekken=[{"alleen": "nee"}]), nu=NU + 2 * UUR)
    assert terug(importeur, NU + 3 * UUR).exit_code == 0
    talk = newest(importeur, Kindgesprek, "T1")
    assert (talk.vorm, talk.alleen, talk.versie) == ("beeldbellen", True, 4)
    verslag = importeur.boek(boek(), nu=NU + 4 * UUR)
    assert verslag.uitkomst is not None
    assert not verslag.uitkomst.changed


def test_taking_back_twice_takes_two_imports_back(importeur: Importeur) -> None:
    importeur.boek(boek())
    importeur.boek(boek(kindgesprekken=[{"alleen": "nee"}]), nu=NU + UUR)
    importeur.boek(boek(kindgesprekken=[{"alleen": "nee"}]), nu=NU + UUR)  # changes nothing, so it was none
    one, two = (terug(importeur, NU + n * UUR).gedaan.bladen for n in (2, 3))
    assert [(blad.ingetrokken, blad.hersteld) for blad in one] == [(0, 1)]
    assert sum(blad.ingetrokken for blad in two) == 22
    with pytest.raises(GeenImport):
        terug(importeur, NU + 4 * UUR)
    assert importeur.boek(boek(), nu=NU + 6 * UUR).exit_code == 0
    assert no_difference(importeur, NU)


def test_a_trial_writes_nothing(importeur: Importeur) -> None:
    importeur.boek(boek())
    with Session(importeur.engine) as session:
        before = count_rows(session)
    done = terug(importeur, NU + UUR, proef=True)
    assert sum(blad.ingetrokken for blad in done.gedaan.bladen) == 22
    with Session(importeur.engine) as session:
        assert count_rows(session) == before


def any_version(_: Any) -> None:
    """Take whatever version holds."""


def correct(
    importeur: Importeur, make_actor: MakeActor, model: Any, nummer: str, changes: dict[str, Any] | None, nu: datetime
) -> None:
    uid = newest(importeur, model, nummer).uid
    with unit_of_work(importeur.engine) as session:
        actor = make_actor(session, importeur.organisatie(session))
        soort, moment = SOORTEN[model.__tablename__], recording.RequestTime(nu, nu.date())
        if changes is None:
            recording.withdraw(session, actor, soort, uid, moment, reden="met de hand", check_version=any_version)
        else:
            recording.correct(
                session, actor, soort, uid, changes, moment, reden="met de hand", check_version=any_version
            )


def record(importeur: Importeur, model: Any, inhoud: dict[str, Any], nu: datetime) -> str:
    """Record a fact as a person would, and return its nummer."""
    with unit_of_work(importeur.engine) as session:
        organisatie_id = importeur.organisatie(session).id
        door = session.scalars(
            select(Medewerker.feit_id).where(Medewerker.organisatie_id == organisatie_id, holds(Medewerker))
        ).first()
        made: Feit = record_feit(begin_recording(session, organisatie_id, nu, door), model, inhoud)
        return made.nummer


def keys(importeur: Importeur) -> dict[str, int]:
    return {
        "plaatsing": newest(importeur, Plaatsing, "P1").feit_id,
        "medewerker": newest(importeur, Medewerker, "M1").feit_id,
        "pleegkind": newest(importeur, Pleegkind, "K1").feit_id,
        "pleeggezin": newest(importeur, Plaatsing, "P1").pleeggezin_id,
    }


def visit(importeur: Importeur, _: MakeActor) -> str:
    own = keys(importeur)
    inhoud = {"plaatsing_id": own["plaatsing"], "medewerker_id": own["medewerker"], "datum": date(2026, 2, 1)}
    return f"huisbezoek {record(importeur, Huisbezoek, inhoud, NU + UUR)}"


def correction(importeur: Importeur, make_actor: MakeActor) -> str:
    correct(importeur, make_actor, Kindgesprek, "T1", {"vorm": "telefoon"}, NU + UUR)
    return "kindgesprek T1"


def withdrawal(importeur: Importeur, make_actor: MakeActor) -> str:
    correct(importeur, make_actor, Kindgesprek, "T1", None, NU + UUR)
    return "kindgesprek T1"


def account(importeur: Importeur, _: MakeActor) -> str:
    give_account(importeur, "M1")
    return "account"


def give_account(importeur: Importeur, nummer: str) -> None:
    wie = newest(importeur, Medewerker, nummer)
    with unit_of_work(importeur.engine) as session:
        organisatie_id = importeur.organisatie(session).id
        session.add(
            Account(
                organisatie_id=organisatie_id, medewerker_id=wie.feit_id, issuer="x", subject=importeur.code + nummer
            )
        )


def audit(importeur: Importeur, _: MakeActor) -> str:
    with unit_of_work(importeur.engine) as session:
        door = newest(importeur, Medewerker, "M1").feit_id
        opdracht = Toetsverzoek(importeur.organisatie(session).id, NU + UUR, VANDAAG, door)
        establish_toets(session, opdracht, Kwartaal.parse("2025-Q4"), freeze=True, replace=False)
    return "vastgestelde kwartaaltoets 2025-Q4"


@pytest.mark.parametrize("build", [visit, correction, withdrawal, account, audit])
def test_what_was_built_on_it_keeps_it_and_is_named(
    importeur: Importeur, make_actor: MakeActor, build: Callable[[Importeur, MakeActor], str]
) -> None:
    importeur.boek(boek())
    said = build(importeur, make_actor)
    with Session(importeur.engine) as session:
        before = count_rows(session)
    refused = terug(importeur, NU + 2 * UUR)
    assert refused.exit_code == 1
    assert said in refused.as_text()
    assert len(refused.as_text().splitlines()) == 1
    with Session(importeur.engine) as session:
        assert count_rows(session) == before


def test_what_was_built_and_withdrawn_again_is_not_in_the_way(importeur: Importeur, make_actor: MakeActor) -> None:
    importeur.boek(boek())
    nummer = visit(importeur, make_actor).split()[1]
    correct(importeur, make_actor, Huisbezoek, nummer, None, NU + UUR)
    assert terug(importeur, NU + 2 * UUR).exit_code == 0
    assert no_difference(importeur, NU)


def test_what_is_about_other_facts_is_not_in_the_way(importeur: Importeur, make_actor: MakeActor) -> None:
    importeur.boek(boek())
    importeur.boek(boek(evaluaties=[{}, {"nummer": "E2", "datum": date(2026, 2, 28)}]), nu=NU + UUR)
    visit(importeur, make_actor)
    assert terug(importeur, NU + 2 * UUR).exit_code == 0


def test_a_plaatsing_that_stands_where_one_comes_back_keeps_it(importeur: Importeur) -> None:
    importeur.boek(boek())
    importeur.boek(boek(plaatsingen=[{"tot": date(2026, 1, 1)}]), nu=NU + UUR)
    own = keys(importeur)
    inhoud = {
        "pleegkind_id": own["pleegkind"], "pleeggezin_id": own["pleeggezin"], "vorm": "voltijd", "eindreden": None,
        "zorgvorm": "pleegzorg", "van": date(2026, 2, 1), "tot": None,
    }  # fmt: skip
    record(importeur, Plaatsing, inhoud, NU + UUR)
    refused = terug(importeur, NU + 2 * UUR)
    assert (refused.exit_code, newest(importeur, Plaatsing, "P1").versie) == (1, 2)
    assert "plaatsing" in refused.as_text()


def test_a_child_that_has_the_bsn_since_keeps_it(importeur: Importeur) -> None:
    importeur.boek(boek())
    importeur.boek(boek(pleegkinderen=[{"bsn": ""}]), nu=NU + UUR)
    with Session(importeur.engine) as session:
        index = versions(session, Pleegkind, importeur.organisatie(session).id, "K1")[0].bsn_index
    inhoud = {
        "roepnaam": "Noor", "achternaam": "Visser", "geboortedatum": date(2016, 1, 1), "geslacht": None,
        "bsn_versleuteld": None, "bsn_index": index,
    }  # fmt: skip
    nummer = record(importeur, Pleegkind, inhoud, NU + UUR)
    refused = terug(importeur, NU + 2 * UUR)
    assert (refused.exit_code, newest(importeur, Pleegkind, "K1").versie) == (1, 2)
    assert nummer in refused.as_text()


def test_the_rol_that_an_account_was_given_for_keeps_it(importeur: Importeur) -> None:
    importeur.boek(boek())
    importeur.boek(boek(medewerkers=[{"rol": "gedragswetenschapper"}]), nu=NU + UUR)
    give_account(importeur, "M1")
    refused = terug(importeur, NU + 2 * UUR)
    assert (refused.exit_code, newest(importeur, Medewerker, "M1").rol) == (1, Rol.GEDRAGSWETENSCHAPPER)
    assert "account van medewerker M1" in refused.as_text()
