"""The commands as a person uses them: help, exit codes, and one line on stderr when something is wrong."""

import csv
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.orm import Session

from app.cli import main
from app.cli.runtime import Runtime
from app.models import Termijn
from app.services.beheer.organisaties import find_organisatie
from app.services.werkboek.run import run_import
from tests import database
from tests.cli.conftest import Run, forget_settings
from tests.imports import bouw
from tests.werkboeken import DATA, ROMMELIG

NAMES = sorted(command.callback.__name__ for command in main.cli.registered_commands if command.callback)
PEILDATUM = ("--peildatum", "2026-02-01")


@pytest.fixture
def aanbieder(run: Run, code: str, tmp_path: Path) -> str:
    """Return the code of an organisatie with the small workbook."""
    path = tmp_path / "boek.xlsx"
    path.write_bytes(bouw.xlsx_of(bouw.boek_met(plaatsingen=[{"tot": ""}])))
    done = run("importeer", str(path), "--organisatie", code, "--nieuw")
    assert (done.code, done.out) == (0, "")
    assert "kindgesprekken: 1 nieuw, 0 gewijzigd, 0 ongewijzigd" in done.err
    return code


# --- help and wrong use ---


def test_the_commands_of_the_contract_are_there() -> None:
    assert set(NAMES) >= {"serve", "migrate", "demo", "importeer", "termijnen", "controleer", "token"}


@pytest.mark.parametrize("command", NAMES)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    helped = run(command, "--help")
    assert (helped.code, helped.err) == (0, "")
    assert f"Gebruik: pleegzicht {command}" in helped.out
    assert command in run("--help").out
    assert all(option.strip().split()[0] for option in helped.out.splitlines() if option.strip().startswith("--"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["onzin"],
        ["--onzin"],
        ["termijnen"],
        ["termijnen", "--organisatie", "X"],
        ["termijnen", "--organisatie", "X", "--peildatum", "31-2-2024"],
        ["termijnen", "--organisatie", "X", "--peildatum", "2023-02-29"],
        ["termijnen", "--organisatie", "X", *PEILDATUM, "--norm", "ONZIN"],
        ["termijnen", "--organisatie", "X", *PEILDATUM, "--stand", "onzin"],
        ["termijnen", "--organisatie", "X", *PEILDATUM, "--formaat", "xml"],
        ["termijnen", "--organisatie", "X", *PEILDATUM, "--bekend-op", "gisteren"],
        ["termijnen", "--organisatie", "BESTAAT-NIET", *PEILDATUM],
        ["importeer"],
        ["importeer", "bestaat-niet.xlsx"],
        ["importeer", "bestaat-niet.xlsx", "--organisatie", "X"],
        ["importeer", __file__, "--organisatie", "X", "--nieuw"],
        ["importeer", "/", "--organisatie", "X", "--nieuw"],
        ["importeer", str(ROMMELIG), "--organisatie", "X"],
        ["importeer", str(ROMMELIG), "--organisatie", "X", "--proef"],
        ["importeer", str(ROMMELIG), "--organisatie", "", "--nieuw"],
        ["importeer", str(ROMMELIG), "--organisatie", "-X", "--nieuw"],
        ["importeer", str(ROMMELIG), "--organisatie", "X Y", "--nieuw"],
        ["importeer", str(ROMMELIG), "--organisatie", "X\n", "--nieuw"],
        ["importeer", str(ROMMELIG), "--organisatie", "é", "--nieuw"],
        ["importeer", str(ROMMELIG), "--organisatie", "X" * 33, "--nieuw"],
        ["controleer", "--organisatie", "BESTAAT-NIET"],
        ["demo", "--omvang", "reusachtig"],
        ["demo", "--omvang", "-1"],
        ["demo", "--seed", "een"],
        ["token"],
        ["token", "--gebruiker", "begeleider"],
        ["serve", "--port", "0"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_one_line_and_exit_2(run: Run, arguments: list[str]) -> None:
    wrong = run(*arguments)
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.line.startswith(("Verkeerd gebruik: ", "Fout: "))
    assert "Traceback" not in wrong.err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "onzin", "PLEEGZICHT_DATABASE_URL"),
        ("DATABASE_URL", "postgresql://postgres@127.0.0.1:1/geheim", "De database is niet bereikbaar"),
        ("LOG_LEVEL", "luid", "PLEEGZICHT_LOG_LEVEL"),
        ("SECRETS_FILE", "/bestaat/niet.json", "PLEEGZICHT_SECRETS_FILE"),
        ("OIDC_ISSUER", "https://aanmelden.test", "PLEEGZICHT_OIDC_JWKS_URL"),
        ("OIDC_CLIENT_ID", "web", "PLEEGZICHT_OIDC_CLIENT_ID zonder PLEEGZICHT_OIDC_ISSUER"),
        ("OIDC_ROL_CLAIM", "groepen", "PLEEGZICHT_OIDC_ROL_CLAIM zonder PLEEGZICHT_OIDC_ISSUER"),
        ("OIDC_ROLLEN", '{"x": "baas"}', "PLEEGZICHT_OIDC_ROLLEN"),
        ("OIDC_ROLLEN", "x", "PLEEGZICHT_OIDC_ROLLEN"),
        ("OIDC_CLIENT_SECRET_FILE", "x", "PLEEGZICHT_OIDC_CLIENT_SECRET_FILE zonder"),
        ("PUBLIC_URL", "http://pleegzicht.test", "PLEEGZICHT_PUBLIC_URL"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"PLEEGZICHT_{name}", value)
    path = tmp_path / "boek.xlsx"
    path.write_bytes(bouw.xlsx_of(bouw.boek_met()))
    wrong = run("importeer", str(path), "--organisatie", "X", "--nieuw", "--proef")
    assert (wrong.code, wrong.out) == (2, "")
    assert said in wrong.line
    assert "geheim" not in wrong.line.replace("geheimen", "")


def test_a_schema_that_is_not_current_asks_for_migrate(
    run: Run, monkeypatch: pytest.MonkeyPatch, worker_id: str
) -> None:
    url = database.create_database(f"pleegzicht_kaal_{worker_id}")
    monkeypatch.setenv("PLEEGZICHT_DATABASE_URL", url)
    wrong = run("controleer")
    assert (wrong.code, wrong.line) == (
        2,
        "Fout: Het schema van de database is niet bij; draai eerst: pleegzicht migrate",
    )
    monkeypatch.setenv("PLEEGZICHT_DEMO", "1")
    forget_settings()
    assert run("token", "--gebruiker", "begeleider").line == wrong.line
    migrated = run("migrate")
    assert (migrated.code, migrated.line) == (0, "Het schema is bij (kwam van leeg).")
    done = run("controleer")
    assert (done.code, done.out, done.err) == (0, "0 termijnen, 0 afwijkingen\n", "")


@pytest.mark.parametrize(
    "error", [RuntimeError("regel een\nregel twee"), KeyError("x"), PermissionError(13, "Geen toegang", "f")]
)
def test_whatever_goes_wrong_is_one_line_and_no_finding(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(f"{run_import.__module__}.run_import", fail)
    wrong = run("importeer", str(tmp_path / "boek.xlsx"), "--organisatie", "X")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.line


def test_a_result_that_cannot_be_written_is_one_line(run: Run, aanbieder: str, tmp_path: Path) -> None:
    asked = ("termijnen", "--organisatie", aanbieder, *PEILDATUM, "--uitvoer", str(tmp_path / "geen" / "map.csv"))
    wrong = run(*asked)
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.line.startswith("Fout: ")
    bad = tmp_path / "boek.xlsx"
    bad.write_bytes(bouw.xlsx_of(bouw.boek_met(evaluaties=[{"datum": "x"}])))
    wrong = run(
        "importeer",
        str(bad),
        "--organisatie",
        "X",
        "--nieuw",
        "--sla-foute-rijen-over",
        str(tmp_path / "geen" / "f.xlsx"),
    )
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.line.startswith("Fout: ")


# --- termijnen ---


def test_termijnen_as_csv_and_json_say_the_same(run: Run, aanbieder: str) -> None:
    asked = ("termijnen", "--organisatie", aanbieder, *PEILDATUM)
    as_csv = run(*asked)
    as_json = run(*asked, "--formaat", "json")
    assert (as_csv.code, as_csv.err, as_json.code, as_json.err) == (0, "", 0, "")
    assert as_csv.out.splitlines()[0] == (
        "pleegkind_nummer,norm,onderwerp_soort,onderwerp_nummer,zwaarte,laatste_datum,uiterlijk,stand,te_laat_sinds,dagen_te_laat"
    )
    rows = list(csv.DictReader(io.StringIO(as_csv.out)))
    assert len(rows) > 5
    objects = json.loads(as_json.out)
    assert [{key: "" if value is None else str(value) for key, value in row.items()} for row in objects] == rows
    assert {type(row["dagen_te_laat"]) for row in objects} == {int, type(None)}


def test_termijnen_can_be_filtered_and_written_to_a_file(run: Run, aanbieder: str, tmp_path: Path) -> None:
    asked = ("termijnen", "--organisatie", aanbieder, *PEILDATUM)
    whole = run(*asked).out
    target = tmp_path / "termijnen.csv"
    written = run(*asked, "--uitvoer", str(target))
    assert (written.code, written.out, target.read_text(encoding="utf-8")) == (0, "", whole)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    header, *lines = whole.splitlines()
    for option, value, column in (("--norm", "KAG-R", 1), ("--stand", "te_laat", 7)):
        kept = [line for line in lines if line.split(",")[column] == value]
        assert 0 < len(kept) < len(lines)
        assert run(*asked, option, value).out.splitlines() == [header, *kept]


def test_termijnen_as_known_then(run: Run, aanbieder: str) -> None:
    asked = ("termijnen", "--organisatie", aanbieder, *PEILDATUM)
    # The plaatsing is of 10 January 2025 and counts as known from then: midnight in Amsterdam is 23:00 in UTC.
    for moment in ("2025-01-09", "2025-01-09T23:59:59", "2025-01-09T22:59:59Z"):
        assert run(*asked, "--bekend-op", moment).out.splitlines()[1:] == []
    for moment in ("2025-01-10", "2025-01-10T00:00:00", "2025-01-09T23:00:00Z"):
        assert len(run(*asked, "--bekend-op", moment).out.splitlines()) > 5
    assert run(*asked, "--bekend-op", "2026-11-21T12:00:00+01:00").out == run(*asked).out


# --- importeer ---


def test_a_code_that_nobody_has_is_refused_unless_it_is_said_to_be_new(
    run: Run, code: str, engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "boek.xlsx"
    path.write_bytes(bouw.xlsx_of(bouw.boek_met()))
    for proef in ((), ("--proef",)):
        wrong = run("importeer", str(path), "--organisatie", code, *proef)
        assert (wrong.code, wrong.out) == (2, "")
        assert "--nieuw" in wrong.line
        with Session(engine) as session:
            assert find_organisatie(session, code) is None
    assert run("importeer", str(path), "--organisatie", code, "--nieuw", "--proef").code == 0
    with Session(engine) as session:
        assert find_organisatie(session, code) is None
    said = [run("importeer", str(path), "--organisatie", code, *nieuw) for nieuw in (("--nieuw",), (), ("--nieuw",))]
    assert [(done.code, "aangemaakt" in done.err) for done in said] == [(0, True), (0, False), (0, False)]


def test_proef_on_the_messy_workbook_prints_exactly_its_faults(run: Run, engine: Engine, code: str) -> None:
    proef = run("importeer", str(ROMMELIG), "--organisatie", code, "--nieuw", "--proef", "--formaat", "csv")
    assert proef.code == 1
    assert proef.err.splitlines()[-1] == "Proef: er is niets geschreven."
    with (DATA / "aanbieder-rommelig.fouten.csv").open(encoding="utf-8", newline="") as file:
        planted = list(csv.reader(file))
    found = list(csv.reader(io.StringIO(proef.out)))
    assert [row[:4] for row in found] == planted
    assert found[0][4] == "melding"
    assert all(row[4].endswith(".") for row in found[1:])
    with Session(engine) as session:
        assert find_organisatie(session, code) is None


def test_faults_as_text_and_nothing_written(run: Run, code: str, tmp_path: Path) -> None:
    path = tmp_path / "boek.xlsx"
    path.write_bytes(bouw.xlsx_of(bouw.boek_met(evaluaties=[{"datum": "31-2-2025"}])))
    found = run("importeer", str(path), "--organisatie", code, "--nieuw")
    assert (found.code, found.out) == (1, "")
    assert "evaluaties, rij 2, kolom datum: " in found.err
    assert "Er is niets geïmporteerd" in found.err
    rest = tmp_path / "fouten.xlsx"
    skipped = run("importeer", str(path), "--organisatie", code, "--nieuw", "--sla-foute-rijen-over", str(rest))
    assert skipped.code == 1
    assert f"Organisatie {code} is aangemaakt." in skipped.err
    assert rest.stat().st_size > 0


# --- controleer ---


def test_controleer_finds_a_planted_row_and_repairs_it(run: Run, aanbieder: str, engine: Engine) -> None:
    good = run("controleer", "--organisatie", aanbieder)
    count = int(good.out.split()[0])
    assert (good.code, good.out, good.err) == (0, f"{count} termijnen, 0 afwijkingen\n", "")
    assert count > 5
    with Session(engine) as session:
        assert find_organisatie(session, aanbieder) is not None
        wrong = update(Termijn).where(Termijn.norm == "VC-J")
        session.execute(wrong.values(uiterlijk=date(2030, 1, 1)))
        session.commit()
    bad = run("controleer", "--organisatie", aanbieder)
    planted = int(bad.out.split()[2])
    assert bad.code == 1
    assert bad.out == f"{count} termijnen, {planted} afwijkingen\n"
    assert len(bad.err.splitlines()) == planted > 0
    assert all("VC-J" in line for line in bad.err.splitlines())
    assert run("controleer").code == 1
    repaired = run("controleer", "--organisatie", aanbieder, "--herstel")
    assert (repaired.code, repaired.out) == (0, bad.out)
    again = run("controleer", "--organisatie", aanbieder)
    assert (again.code, again.out) == (0, good.out)


def test_the_commands_connect_with_the_role_of_the_app(run: Run, aanbieder: str) -> None:
    with Runtime.of_environment() as runtime, runtime.ready_engine().connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == "pleegzicht_app"


_WITHOUT_MODELS = """
import sys
from app.cli.main import main
try:
    main()
finally:
    read = [name for name in sys.modules if name.startswith(("app.models", "alembic", "fastapi"))]
    print(len(read), "modules te veel", file=sys.stderr)
"""


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [(["--help"], 0, ""), (["token", "--gebruiker", "niemand"], 2, "Fout: Er is geen demogebruiker niemand\n")],
    ids=["help", "token"],
)
def test_the_smallest_commands_read_no_model(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, says: str
) -> None:
    """Reading them is half of what such a command would take to say anything."""
    monkeypatch.setenv("PLEEGZICHT_DEMO", "1")
    command = [sys.executable, "-c", _WITHOUT_MODELS, *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 — our own
    assert (said.returncode, said.stderr) == (code, f"{says}0 modules te veel\n")
