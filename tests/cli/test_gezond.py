"""``pleegzicht gezond``: where nothing is wrong it says so; each thing that is wrong is named, with what to do."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app import clock
from app.db import replica, sessions
from app.models import Account, Bericht, Bezorging, Medewerker, Organisatie, Toetsopdracht, Zegel
from app.queries.metingen import read_numbers
from app.services.beheer.organisaties import create_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import OrganisatieSoort, Rol
from tests import database
from tests.cli.conftest import Run, forget_settings, runner


class Installatie(NamedTuple):
    """One of its own, where nothing is wrong.

    Attributes:
        gezond: runs the command, and returns its exit code and its lines by what they are about.
    """

    owner: Engine
    folder: Path
    run: Run
    gezond: Callable[[], tuple[int, dict[str, str]]]


Plant = Callable[[Installatie, pytest.MonkeyPatch], None]


@pytest.fixture
def heel(
    worker_id: str,
    tmp_path: Path,
    schone_instellingen: None,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Iterator[Installatie]:
    url = database.create_migrated(f"pleegzicht_gezond_{worker_id}")
    owner = sessions.make_engine(url, role=None, pool_size=1)
    with owner.begin() as connection:
        connection.execute(text(f'ALTER DATABASE "{owner.url.database}" RESET synchronous_commit'))
    run: Run = runner(url, tmp_path, monkeypatch, capfd)
    (tmp_path / "backup").touch()
    monkeypatch.setenv("PLEEGZICHT_BACKUP_MERK", str(tmp_path / "backup"))

    def gezond() -> tuple[int, dict[str, str]]:
        forget_settings()
        done = run("gezond")
        assert done.err == ""
        return done.code, {line[6:].partition(":")[0]: line for line in done.out.splitlines()}

    with Session(owner) as session:
        create_organisatie(session, "HEEL", "Hele organisatie", OrganisatieSoort.AANBIEDER)
        session.commit()
    assert run("werk").code == 0
    yield Installatie(owner, tmp_path, run, gezond)
    owner.dispose()


def test_where_nothing_is_wrong_it_says_so_of_everything(heel: Installatie) -> None:
    code, found = heel.gezond()
    assert set(found) == {
        "Sleutels", "Schijf", "Back-up", "Database", "Duurzaam", "Klok", "Schema", "Bescherming", "Termijnen",
        "Inzagelogboek", "Zegels", "Taken", "Berichten", "Toetsopdrachten",
    }  # fmt: skip
    assert (code, [line for line in found.values() if not line.startswith("goed  ")]) == (0, [])


def _sql(statement: str) -> Plant:
    def do(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
        with heel.owner.begin() as connection:
            connection.execute(text(statement.replace("DEZE", f'"{heel.owner.url.database}"')))
        heel.owner.dispose()

    return do


def _old_seal(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    with Session(heel.owner) as session:
        session.execute(text("ALTER TABLE zegel DISABLE TRIGGER USER"))
        session.execute(text("UPDATE zegel SET op = op - interval '3 hours'"))
        session.execute(text("ALTER TABLE zegel ENABLE TRIGGER USER"))
        session.commit()
        assert session.query(Zegel).count() == session.query(Organisatie).count() == 1


def _mail_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"SMTP_HOST": "127.0.0.1", "SMTP_BEVEILIGING": "geen", "MAIL_AFZENDER": "a@x.test"}
    for name, value in {**told, "PUBLIC_URL": "https://x.test"}.items():
        monkeypatch.setenv(f"PLEEGZICHT_{name}", value)


def _waiting_mail(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    _mail_set_up(monkeypatch)
    _sql(
        "INSERT INTO bericht (organisatie_id, reden, feit_soort, feit_uid, tijdvak, vanaf, aangemaakt_op) "
        "SELECT id, 'onveilig', 'veiligheidscheck', gen_random_uuid(), '', now() - interval '185 minutes', now() "
        "FROM organisatie"
    )(heel, monkeypatch)


def _order(heel: Installatie, **how: Any) -> None:
    with Session(heel.owner) as session:
        organisatie = session.query(Organisatie).filter_by(code="HEEL").one()
        recording = begin_recording(session, organisatie.id, clock.now(), None)
        who = {"naam": "Test", "email": None, "rol": Rol.KWALITEITSMEDEWERKER, "team_id": None}
        medewerker = record_feit(recording, Medewerker, who)
        own = {"organisatie_id": organisatie.id, "medewerker_id": medewerker.feit_id}
        account = Account(**own, issuer="https://x.test", subject=str(uuid4()))
        session.add(account)
        session.flush()
        opdracht = Toetsopdracht(
            uid=uuid4(), **own, account_id=account.id,
            soort="opbouw", kwartaal="2026-Q3", namen=False, client="", verzoek_id="", gedaan=0, totaal=0,
            gevraagd_op=clock.now() - timedelta(minutes=16), **how,
        )  # fmt: skip
        session.add(opdracht)
        session.commit()


def _waiting_order(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that nobody makes."""
    _order(heel, pogingen=0)


def _failed_order(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    _order(heel, pogingen=3, begonnen_op=clock.now(), geeindigd_op=clock.now(), fout="Dit is niet gelukt.")


def _refused_order(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asked for it reads why; there is nothing to mend."""
    _order(heel, pogingen=1, begonnen_op=clock.now(), geeindigd_op=clock.now(), fout="Dit mag niet meer.")


def _undelivered_mail(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the first organisatie, though its medewerker is of no team: what counts is that it was given up."""
    _mail_set_up(monkeypatch)
    with Session(heel.owner) as session:
        organisatie = session.query(Organisatie).filter_by(code="HEEL").one()
        recording = begin_recording(session, organisatie.id, clock.now(), None)
        who = {"naam": "Test", "email": None, "rol": Rol.TEAMLEIDER, "team_id": None}
        medewerker = record_feit(recording, Medewerker, who)
        over = {"afgehandeld_op": clock.now(), "organisatie_id": organisatie.id}
        bericht = Bericht(
            reden="onveilig", feit_soort="veiligheidscheck", feit_uid=uuid4(), tijdvak="", vanaf=clock.now(),
            aangemaakt_op=clock.now(), afloop="geadresseerd", **over,
        )  # fmt: skip
        session.add(bericht)
        session.flush()
        bezorging = Bezorging(
            bericht_id=bericht.id, medewerker_id=medewerker.feit_id, kanaal="mail", kenmerk=uuid4(), pogingen=10,
            volgende_op=clock.now(), afloop="onbezorgbaar", fout="smtp 550", **over,
        )  # fmt: skip
        session.add(bezorging)
        session.commit()


def _old_backup(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    then = (clock.now() - timedelta(days=3, minutes=1)).timestamp()
    os.utime(heel.folder / "backup", (then, then))


def _no_backup(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    (heel.folder / "backup").unlink()


def _full_disk(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.disk_usage(heel.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type(real)(100 << 30, 98 << 30, 2 << 30))


def _open_secrets(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    (heel.folder / "sleutels.json").chmod(0o644)


def _no_secrets(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    (heel.folder / "sleutels.json").unlink()


def _replica_gone(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEEGZICHT_DATABASE_READ_URL", "postgresql://iemand@127.0.0.1:1/weg")


def _replica_of_nothing(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEEGZICHT_DATABASE_READ_URL", heel.owner.url.render_as_string(hide_password=False))


def _replica_behind(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    _replica_of_nothing(heel, monkeypatch)
    monkeypatch.setattr(replica, "_LAG", "SELECT 7.25 WHERE %s::pg_lsn IS NOT NULL")


def _clock_behind(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    then = clock.now() - timedelta(minutes=30)
    monkeypatch.setattr(clock, "now", lambda: then)


_WITHOUT_MONTH = (
    "DO $$ BEGIN EXECUTE 'DROP TABLE inzage_' || to_char(now() AT TIME ZONE 'Europe/Amsterdam', 'YYYY_MM'); END $$"
)
_NEW = "INSERT INTO organisatie (uid, code, naam, soort) VALUES (gen_random_uuid(), 'NIEUW', 'Nieuw', 'aanbieder')"
#: faults that stand apart, all at once: what is done, what it shows at, and what is said of it
FAULTS: Sequence[Sequence[tuple[Plant, str, str]]] = (
    (
        (_sql("ALTER DATABASE DEZE SET synchronous_commit = off"), "Duurzaam", "synchronous_commit=off"),
        (_sql("ALTER TABLE kindgesprek NO FORCE ROW LEVEL SECURITY"), "Bescherming", "kindgesprek"),
        (_sql("UPDATE vastlegteller SET termijnen_editie = 0"), "Termijnen", "pleegzicht migrate"),
        (_sql(_WITHOUT_MONTH), "Inzagelogboek", "pleegzicht onderhoud"),
        (_sql("UPDATE vastlegteller SET laatst_op = now() + interval '1 day'"), "Klok", "23 uur in de toekomst"),
        (_old_seal, "Zegels", "HEEL zonder zegel"),
        (_old_backup, "Back-up", "3 dagen oud"),
        (_full_disk, "Schijf", "2.0 GB vrij (2%)"),
        (_open_secrets, "Sleutels", "chmod 600"),
        (_sql("UPDATE taakstand SET gelukt_op = NULL WHERE taak = 'verifieer'"), "Taken", "mislukt, of"),
        (_replica_behind, "Replica", "7.2 seconden achter"),
        (_waiting_mail, "Berichten", "wacht er een al 3 uur"),
        (_waiting_order, "Toetsopdrachten", "wacht er een al 16 minuten"),
    ),
    (
        (_sql(_NEW), "Zegels", "NIEUW zonder zegel"),
        (_no_backup, "Back-up", "bestaat niet"),
        (_no_secrets, "Sleutels", "bestaat niet"),
        (_sql("UPDATE taakstand SET bevindingen = 1 WHERE taak = 'controleer'"), "Taken", "bevindingen: controleer"),
        (_replica_gone, "Replica", "niet bereikbaar"),
        (_undelivered_mail, "Berichten", "1 zijn in de laatste week niet bezorgd"),
        (_failed_order, "Toetsopdrachten", "1 zijn in het laatste etmaal mislukt"),
        (_clock_behind, "Klok", "30 minuten af"),
    ),
    (
        (_sql("UPDATE alembic_version SET version_num = '0001'"), "Schema", "pleegzicht migrate"),
        (_replica_of_nothing, "Replica", "volgt geen andere"),
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


@pytest.mark.parametrize("faults", FAULTS, ids=["stands", "misses", "schema"])
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


def test_the_figures_are_of_the_same(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    for plant in (_waiting_mail, _undelivered_mail, _waiting_order, _failed_order, _refused_order):
        plant(heel, monkeypatch)
    with heel.owner.connect() as connection:
        found = {name: value for name, (_, value) in read_numbers(connection, clock.now(), mail=True).items()}
        without = read_numbers(connection, clock.now(), mail=False)
    waits = ("pleegzicht_message_oldest_undelivered_seconds", "pleegzicht_order_oldest_waiting_seconds")
    assert [int(found[name] // 60) for name in waits] == [185, 16]
    assert (found["pleegzicht_messages_undeliverable"], found["pleegzicht_orders_failed"]) == (1, 1)
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
