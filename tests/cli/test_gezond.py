"""``pleegzicht gezond``: where nothing is wrong it says so; each thing that is wrong is named, with what to do."""

import stat
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from app import clock
from app.queries.metingen import read_jobs, read_numbers
from app.terms import Taaknaam
from tests.cli.conftest import Installatie, forget_settings
from tests.cli.planted import (
    NEW_ORGANISATIE,
    WITHOUT_MONTH,
    Plant,
    archive_stuck,
    clock_behind,
    failed_order,
    folder_of_another,
    full_disk,
    hidden_backup,
    no_backup,
    no_password,
    no_secrets,
    old_backup,
    old_seal,
    open_secrets,
    refused_order,
    replica_behind,
    replica_gone,
    replica_of_nothing,
    sql,
    undelivered_mail,
    waiting_mail,
    waiting_order,
)


def test_where_nothing_is_wrong_it_says_so_of_everything(heel: Installatie) -> None:
    code, found = heel.gezond()
    assert set(found) == {
        "Sleutels", "Schijf", "Back-up", "Database", "Duurzaam", "Archief", "Klok", "Schema", "Rollen", "Bescherming",
        "Termijnen", "Inzagelogboek", "Zegels", "Taken", "Berichten", "Toetsopdrachten",
    }  # fmt: skip
    assert (code, [line for line in found.values() if not line.startswith("goed  ")]) == (0, [])


#: faults that stand apart, all at once: what is done, what it shows at, and what is said of it
FAULTS: Sequence[Sequence[tuple[Plant, str, str]]] = (
    (
        (sql("ALTER DATABASE DEZE SET synchronous_commit = off"), "Duurzaam", "synchronous_commit=off"),
        (sql("ALTER TABLE kindgesprek NO FORCE ROW LEVEL SECURITY"), "Bescherming", "kindgesprek"),
        (sql("UPDATE vastlegteller SET termijnen_editie = 0"), "Termijnen", "pleegzicht migrate"),
        (sql(WITHOUT_MONTH), "Inzagelogboek", "pleegzicht onderhoud"),
        (sql("UPDATE vastlegteller SET laatst_op = now() + interval '1 day'"), "Klok", "23 uur in de toekomst"),
        (old_seal, "Zegels", "HEEL zonder zegel"),
        (old_backup, "Back-up", "3 dagen oud"),
        (full_disk, "Schijf", "2.0 GB vrij (2%)"),
        (open_secrets, "Sleutels", "chmod 600"),
        (sql("UPDATE taakstand SET gelukt_op = NULL WHERE taak = 'verifieer'"), "Taken", "mislukt, of"),
        (replica_behind, "Replica", "7.2 seconden achter"),
        (waiting_mail, "Berichten", "wacht er een al 3 uur"),
        (waiting_order, "Toetsopdrachten", "wacht er een al 16 minuten"),
        (archive_stuck, "Archief", "al 3 dagen gaat"),
    ),
    (
        (sql(NEW_ORGANISATIE), "Zegels", "NIEUW zonder zegel"),
        (no_backup, "Back-up", "bestaat niet"),
        (no_secrets, "Sleutels", "bestaat niet"),
        (sql("UPDATE taakstand SET bevindingen = 1 WHERE taak = 'controleer'"), "Taken", "bevindingen: controleer"),
        (no_password, "Geheimen", "weg.txt is niet te lezen"),
        (replica_gone, "Replica", "niet bereikbaar"),
        (undelivered_mail, "Berichten", "1 zijn in de laatste week niet bezorgd"),
        (failed_order, "Toetsopdrachten", "1 zijn in het laatste etmaal mislukt"),
        (clock_behind, "Klok", "30 minuten af"),
    ),
    (
        (
            sql("DELETE FROM taakstand WHERE taak IN ('verifieer', 'onderhoud')"),
            "Taken",
            "nooit gedraaid: onderhoud, v",
        ),
        (hidden_backup, "Back-up", "kan de dienst niet"),
        (folder_of_another, "Schijf", "mag niet schrijven"),
    ),
    (
        (sql("UPDATE alembic_version SET version_num = '0001'"), "Schema", "pleegzicht migrate"),
        (replica_of_nothing, "Replica", "volgt geen andere"),
    ),
)


@pytest.mark.parametrize(
    ("stand", "late"),
    [
        (
            "gelukt_op = now() - interval '27 hours', begonnen_op = now(), geeindigd_op = NULL",
            "zegel",
        ),  # killed each time
        ("gelukt_op = now() - interval '27 hours', begonnen_op = now() - interval '27 hours'", "zegel"),  # no timer
        ("gelukt_op = now() - interval '25 hours', begonnen_op = now(), geeindigd_op = NULL", ""),
        ("gelukt_op = NULL, begonnen_op = now() - interval '6 minutes', geeindigd_op = NULL", "zegel"),
        ("gelukt_op = NULL, begonnen_op = now(), geeindigd_op = NULL", ""),  # for the first time
    ],
)
def test_a_job_that_does_not_succeed_is_named(heel: Installatie, stand: str, late: str) -> None:
    with heel.owner.begin() as connection:
        connection.execute(text(f"UPDATE taakstand SET {stand} WHERE taak = 'zegel'"))
        week = ", ".join(
            f"{name} = {name} - interval '7 days'" for name in ("begonnen_op", "geeindigd_op", "gelukt_op")
        )
        connection.execute(text(f"UPDATE taakstand SET {week} WHERE taak = 'weekbericht'"))
    code, found = heel.gezond()
    assert code == bool(late)
    assert f"lang niet gedraaid: {late}." in found["Taken"] if late else found["Taken"].startswith("goed")


@pytest.mark.parametrize("faults", FAULTS, ids=["stands", "misses", "hides", "schema"])
def test_what_is_wrong_is_named_with_what_to_do_and_nothing_else_is(
    heel: Installatie, monkeypatch: pytest.MonkeyPatch, faults: Sequence[tuple[Plant, str, str]]
) -> None:
    for plant, _, _ in faults:
        plant(heel, monkeypatch)
    code, found = heel.gezond()
    wrong = {what: line for what, line in found.items() if line.startswith("FOUT  ")}
    assert (code, set(wrong)) == (1, {about for _, about, _ in faults})
    for _, about, said in faults:
        assert said in wrong[about]
        assert " Doe: " in wrong[about]


def test_all_that_is_wrong_with_jobs_is_said_at_once(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    for job, said in (("zegel", "gelukt_op = NULL"), ("controleer", "bevindingen = 3")):
        sql(f"UPDATE taakstand SET {said} WHERE taak = '{job}'")(heel, monkeypatch)
    sql("DELETE FROM taakstand WHERE taak = 'vernietigen'")(heel, monkeypatch)
    wrong = "mislukt, of lang niet gedraaid: zegel. nog nooit gedraaid: vernietigen. met bevindingen: controleer."
    assert wrong in heel.gezond()[1]["Taken"]


def test_of_a_job_that_nobody_runs_there_is_a_figure(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    sql("DELETE FROM taakstand WHERE taak = 'verifieer'")(heel, monkeypatch)
    with heel.owner.connect() as connection:
        found = read_jobs(connection)
    assert set(found) == set(Taaknaam)
    assert [job for job, (at, _) in found.items() if not at] == [Taaknaam.VERIFIEER]


def test_where_nobody_says_where_the_mark_is_that_is_said(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLEEGZICHT_BACKUP_MERK")
    code, found = heel.gezond()
    assert (code, "PLEEGZICHT_BACKUP_MERK ontbreekt" in found["Back-up"]) == (0, True)


def test_the_figures_are_of_the_same(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    for plant in (waiting_mail, undelivered_mail, waiting_order, failed_order, refused_order, archive_stuck):
        plant(heel, monkeypatch)
    with heel.owner.connect() as connection:
        found = {name: value for name, (_, value) in read_numbers(connection, clock.now(), mail=True).items()}
        without = read_numbers(connection, clock.now(), mail=False)
    waits = ("pleegzicht_message_oldest_undelivered_seconds", "pleegzicht_order_oldest_waiting_seconds")
    assert [int(found[name] // 60) for name in waits] == [185, 16]
    assert (found["pleegzicht_messages_undeliverable"], found["pleegzicht_orders_failed"]) == (1, 1)
    assert found["pleegzicht_archive_stuck_seconds"] // 86_400 == 3
    assert without[waits[0]][1] == 0  # nobody waits for a mail where none is sent


def test_a_new_installation_makes_its_secrets_once(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (heel.folder / "sleutels.json").read_bytes()
    again = heel.run("geheimen")
    assert (again.code, again.line.partition(" bestaat al")[2][:1]) == (2, ";")
    assert (heel.folder / "sleutels.json").read_bytes() == before
    monkeypatch.setenv("PLEEGZICHT_SECRETS_FILE", str(heel.folder / "nieuw.json"))
    forget_settings()
    assert heel.run("geheimen").code == 0
    assert stat.S_IMODE((heel.folder / "nieuw.json").stat().st_mode) == 0o600
    assert "Sleutels: leesbaar" in heel.gezond()[1]["Sleutels"]


def test_without_a_database_it_says_that_and_what_else_it_can_see(
    heel: Installatie, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEEGZICHT_DATABASE_URL", "postgresql://postgres:geheim@127.0.0.1:1/niets")
    code, found = heel.gezond()
    assert (code, set(found)) == (1, {"Sleutels", "Schijf", "Back-up", "Database"})
    assert found["Database"].startswith("FOUT  Database: niet bereikbaar")
    assert "geheim" not in found["Database"]
