"""``pleegzicht importeer`` as somebody uses it who may have the wrong file: told before, told after, and taken back."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db.sessions import unit_of_work
from app.models import Account, Kindgesprek, Medewerker
from app.services.beheer.organisaties import find_organisatie
from app.services.werkboek.run import Importverzoek
from tests.cli.conftest import Run
from tests.imports import bouw
from tests.services.inhoud import count_rows, versions

Schrijf = Any


@pytest.fixture
def schrijf(tmp_path: Path) -> Schrijf:
    """Return a function that writes a workbook and returns its path."""

    def write(boek: bouw.Boek, naam: str = "boek.xlsx") -> str:
        path = tmp_path / naam
        path.write_bytes(bouw.xlsx_of(boek))
        return str(path)

    return write


def boek_of(aantal: int, **cells: Any) -> bouw.Boek:
    """Return a workbook of so many children, with cells of their rows changed."""
    boek = bouw.boek_met(plaatsingen=[{"tot": ""}])
    kind = boek["pleegkinderen"][0]
    boek["pleegkinderen"] = [
        {**kind, "nummer": f"K{n}", "roepnaam": f"Kind{'abcdefghij'[n]}", "bsn": "", **cells}
        for n in range(1, aantal + 1)
    ]
    return boek


def test_a_trial_says_what_the_real_run_then_does(run: Run, code: str, schrijf: Schrijf, engine: Engine) -> None:
    path = schrijf(bouw.boek_met(kindgesprekken=[{}, {"nummer": "T2"}]))
    nieuw = run("importeer", path, "--organisatie", code, "--nieuw", "--proef")
    assert "kindgesprekken: 2 nieuw, 0 gewijzigd, 0 ongewijzigd" in nieuw.err.splitlines()
    run("importeer", path, "--organisatie", code, "--nieuw")
    path = schrijf(bouw.boek_met(kindgesprekken=[{"alleen": "nee"}], evaluaties=[{}, {"nummer": "E2"}]))
    with Session(engine) as session:
        before = count_rows(session)
    proef = run("importeer", path, "--organisatie", code, "--proef")
    with Session(engine) as session:
        assert count_rows(session) == before
    echt = run("importeer", path, "--organisatie", code)
    wanted = {
        "kindgesprekken: 0 nieuw, 1 gewijzigd, 0 ongewijzigd, 1 niet meer in de bron",
        "kindgesprekken, niet meer in de bron en niet ingetrokken: T2",
        "evaluaties: 1 nieuw, 0 gewijzigd, 1 ongewijzigd",
        "pleegkinderen: 0 nieuw, 0 gewijzigd, 1 ongewijzigd",
    }
    assert wanted <= {*proef.err.splitlines()}
    assert wanted <= {*echt.err.splitlines()}
    assert {*proef.err.splitlines()} - {*echt.err.splitlines()} == {"Proef: geen fouten, er is niets geschreven."}
    with Session(engine) as session:
        organisatie = find_organisatie(session, code)
        assert organisatie is not None
        (talk,) = versions(session, Kindgesprek, organisatie.id, "T2")
        assert not talk.ingetrokken


def test_as_csv_only_the_faults_are_on_the_output(run: Run, code: str, schrijf: Schrijf) -> None:
    run("importeer", schrijf(boek_of(4)), "--organisatie", code, "--nieuw")
    boek = boek_of(4, achternaam="Visser")
    boek["evaluaties"][0]["datum"] = "31-2-2025"
    asked = ("importeer", schrijf(boek), "--organisatie", code, "--formaat", "csv")
    echt, proef = run(*asked), run(*asked, "--proef")
    for found in (echt, proef):
        assert found.code == 1
        assert [line.split(",")[:4] for line in found.out.splitlines()[1:]] == [
            ["evaluaties", "2", "datum", "ongeldige_datum"]
        ]
        assert "Let op: pleegkinderen: 4 van de 4 bekende nummers krijgen een andere naam." in found.err
    assert "pleegkinderen: 0 nieuw, 4 gewijzigd, 0 ongewijzigd" in proef.err
    assert "Er is niets geïmporteerd." in echt.err


def test_another_organisaties_workbook_is_told(run: Run, code: str, schrijf: Schrijf) -> None:
    def said(boek: bouw.Boek) -> str:
        return run("importeer", schrijf(boek), "--organisatie", code, "--proef").err

    assert "Let op" not in run("importeer", schrijf(boek_of(8)), "--organisatie", code, "--nieuw").err
    assert "Let op" not in said(boek_of(8))
    assert "Let op" not in said(boek_of(9)), "a child more"
    renamed = boek_of(8)
    for rij in renamed["pleegkinderen"][:2]:
        rij["achternaam"] = "Visser"
    assert "andere naam" not in said(renamed), "two children whose name changed"
    renamed["pleegkinderen"][2]["achternaam"] = "Visser"
    assert "3 van de 8 bekende nummers krijgen een andere naam" in said(renamed)
    others = boek_of(8)
    for rij in others["pleegkinderen"][:7]:
        rij["nummer"] = f"Z{rij['nummer']}"
    told = said(others)
    assert "van de 8 nummers in het werkboek zijn er maar 1 bekend" in told
    assert "van de 8 rijen van eerdere imports staan er 7 niet in het werkboek" in told
    without = boek_of(8)
    del without["kindgesprekken"]
    assert "het blad kindgesprekken ontbreekt; van eerdere imports zijn er 1 rijen bekend" in said(without)
    strangers = boek_of(8, achternaam="Visser", geboortedatum=date(2012, 1, 1))
    told = said(strangers)
    assert "8 van de 8 bekende nummers horen hier bij een ander kind" in told
    assert told.count("[identiteit]") >= 1


def test_a_child_that_looks_like_one_that_is_stored_is_told_once(run: Run, code: str, schrijf: Schrijf) -> None:
    run("importeer", schrijf(bouw.boek_met()), "--organisatie", code, "--nieuw")
    tweede = bouw.boek_met(pleegkinderen=[{}, {"nummer": "K2", "roepnaam": "DAÀN", "bsn": ""}])
    said = [run("importeer", schrijf(tweede), "--organisatie", code) for _ in range(2)]
    assert [done.code for done in said] == [0, 0]
    told = "Let op: pleegkinderen, rij 3: kind K2 heeft dezelfde naam en geboortedatum als kind K1"
    assert [told in done.err for done in said] == [True, False]


def test_the_rol_of_an_account_is_no_imports_to_change(run: Run, code: str, schrijf: Schrijf, engine: Engine) -> None:
    run("importeer", schrijf(bouw.boek_met()), "--organisatie", code, "--nieuw")
    with unit_of_work(engine) as session:
        organisatie = find_organisatie(session, code)
        assert organisatie is not None
        wie = versions(session, Medewerker, organisatie.id, "M1")[0].feit_id
        session.add(Account(organisatie_id=organisatie.id, medewerker_id=wie, issuer="x", subject=code))
    boek = bouw.boek_met(medewerkers=[{"rol": "beheerder"}, {"rol": "beheerder"}])
    found = run("importeer", schrijf(boek), "--organisatie", code, "--proef", "--formaat", "csv")
    assert [line.split(",")[:4] for line in found.out.splitlines()[1:]] == [
        ["medewerkers", "2", "rol", "rol_van_account"]
    ]


def test_an_import_is_taken_back_and_its_repair_comes_in(run: Run, code: str, schrijf: Schrijf) -> None:
    good = bouw.boek_met(plaatsingen=[{"tot": ""}])
    wrong = deepcopy(good)
    wrong["kindgesprekken"][0]["alleen"] = "nee"
    wrong["evaluaties"].append({**wrong["evaluaties"][0], "nummer": "E9"})
    asked = ("termijnen", "--organisatie", code, "--peildatum", "2026-02-01")
    run("importeer", schrijf(wrong), "--organisatie", code, "--nieuw")
    proef = run("importeer", "--terug", "--organisatie", code, "--proef")
    assert (proef.code, proef.out) == (0, "")
    assert len(run(*asked).out.splitlines()) > 5
    terug = run("importeer", "--terug", "--organisatie", code)
    assert (terug.code, terug.out) == (0, "")
    assert "evaluaties: 2 ingetrokken, 0 hersteld" in terug.err.splitlines()
    assert len(run(*asked).out.splitlines()) == 1
    again = run("importeer", schrijf(good), "--organisatie", code)
    assert again.code == 0
    assert "evaluaties: 1 nieuw, 0 gewijzigd, 0 ongewijzigd" in again.err.splitlines()
    assert "Er is niets veranderd." in run("importeer", schrijf(good), "--organisatie", code).err
    assert run("importeer", schrijf(good), "--organisatie", f"{code}-vers", "--nieuw").code == 0
    assert run(*asked).out == run("termijnen", "--organisatie", f"{code}-vers", "--peildatum", "2026-02-01").out
    assert run("controleer", "--organisatie", code).code == 0
    assert run("verifieer", "--organisatie", code).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--terug"],
        ["--terug", "--organisatie", "BESTAAT-NIET"],
        ["boek.xlsx", "--terug", "--organisatie", "X"],
        ["--organisatie", "X"],
        ["--terug", "--organisatie", "X", "--sla-foute-rijen-over", "f.xlsx"],
        ["--terug", "--organisatie", "X", "--nieuw"],
    ],
    ids=" ".join,
)
def test_taking_back_is_of_an_organisatie_and_of_no_file(run: Run, arguments: list[str]) -> None:
    wrong = run("importeer", *arguments)
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.line.startswith(("Verkeerd gebruik: ", "Fout: "))


def test_an_organisatie_without_an_import_has_none_to_take_back(run: Run, code: str, schrijf: Schrijf) -> None:
    run("importeer", schrijf(bouw.boek_met()), "--organisatie", code, "--nieuw")
    assert run("importeer", "--terug", "--organisatie", code).code == 0
    wrong = run("importeer", "--terug", "--organisatie", code)
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.line == f"Fout: Er is geen import van {code} om terug te draaien"


# --- what comes back, and what breaks off ---


def with_a_fault() -> bouw.Boek:
    return bouw.boek_met(evaluaties=[{"datum": "31-2-2025"}])


def test_the_workbook_itself_is_never_written_over(run: Run, code: str, schrijf: Schrijf) -> None:
    boek = schrijf(with_a_fault())
    before = Path(boek).read_bytes()
    refused = run("importeer", boek, "--organisatie", code, "--nieuw", "--sla-foute-rijen-over", boek)
    assert (refused.code, Path(boek).read_bytes()) == (2, before)
    assert "het foutenbestand is het werkboek zelf" in refused.line


def test_where_faulty_rows_cannot_go_nothing_is_imported(
    run: Run, engine: Engine, code: str, schrijf: Schrijf, tmp_path: Path
) -> None:
    rest = tmp_path / "weg" / "fouten.xlsx"
    refused = run(
        "importeer", schrijf(with_a_fault()), "--organisatie", code, "--nieuw", "--sla-foute-rijen-over", str(rest)
    )
    assert refused.code == 2
    with Session(engine) as session:
        assert find_organisatie(session, code) is None


def broken_connection(engine: Engine) -> OperationalError:
    """Return what a session hears whose connection the database ended."""
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with engine.connect() as ended, psycopg.connect(url) as other:
        pid = ended.execute(text("SELECT pg_backend_pid()")).scalar_one()
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        with pytest.raises(OperationalError) as heard:
            ended.execute(text("SELECT 1"))
    return heard.value


def test_a_database_that_goes_away_is_said_in_one_line_and_the_file_is_what_it_was(
    run: Run, engine: Engine, code: str, schrijf: Schrijf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = tmp_path / "fouten.xlsx"
    rest.write_bytes(b"van gisteren")
    lost = broken_connection(engine)

    def write_and_lose(_engine: Engine, verzoek: Importverzoek, **_: Any) -> None:
        assert verzoek.foutenbestand is not None
        verzoek.foutenbestand.write([b"half werk"])
        raise lost

    monkeypatch.setattr("app.services.werkboek.run.run_import", write_and_lose)
    boek = schrijf(with_a_fault())
    done = run("importeer", boek, "--organisatie", code, "--nieuw", "--sla-foute-rijen-over", str(rest))
    assert (done.code, done.line) == (
        2,
        "Fout: De database viel weg tijdens het werk. Er is niets half vastgelegd; probeer het opnieuw.",
    )
    assert rest.read_bytes() == b"van gisteren"
