"""What can be wrong with an installation, planted: each thing that ``pleegzicht gezond`` must name."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app import clock
from app.db import replica
from app.models import Account, Bericht, Bezorging, Medewerker, Organisatie, Toetsopdracht, Zegel
from app.queries import archief
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import Rol
from tests.cli.conftest import Installatie

Plant = Callable[[Installatie, pytest.MonkeyPatch], None]


def sql(statement: str) -> Plant:
    def do(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
        with heel.owner.begin() as connection:
            connection.execute(text(statement.replace("DEZE", f'"{heel.owner.url.database}"')))
        heel.owner.dispose()

    return do


def old_seal(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    with Session(heel.owner) as session:
        session.execute(text("ALTER TABLE zegel DISABLE TRIGGER USER"))
        session.execute(text("UPDATE zegel SET op = op - interval '3 hours'"))
        session.execute(text("ALTER TABLE zegel ENABLE TRIGGER USER"))
        session.commit()
        assert session.query(Zegel).count() == session.query(Organisatie).count() == 1


def mail_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"SMTP_HOST": "127.0.0.1", "SMTP_BEVEILIGING": "geen", "MAIL_AFZENDER": "a@x.test"}
    for name, value in {**told, "PUBLIC_URL": "https://x.test"}.items():
        monkeypatch.setenv(f"PLEEGZICHT_{name}", value)


def waiting_mail(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    mail_set_up(monkeypatch)
    sql(
        "INSERT INTO bericht (organisatie_id, reden, feit_soort, feit_uid, tijdvak, vanaf, aangemaakt_op) "
        "SELECT id, 'onveilig', 'veiligheidscheck', gen_random_uuid(), '', now() - interval '185 minutes', now() "
        "FROM organisatie"
    )(heel, monkeypatch)


def order(heel: Installatie, **how: Any) -> None:
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


def waiting_order(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that nobody makes."""
    order(heel, pogingen=0)


def failed_order(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    order(heel, pogingen=3, begonnen_op=clock.now(), geeindigd_op=clock.now(), fout="Dit is niet gelukt.")


def refused_order(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asked for it reads why; there is nothing to mend."""
    order(heel, pogingen=1, begonnen_op=clock.now(), geeindigd_op=clock.now(), fout="Dit mag niet meer.")


def undelivered_mail(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the first organisatie, though its medewerker is of no team: what counts is that it was given up."""
    mail_set_up(monkeypatch)
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


def old_backup(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    then = (clock.now() - timedelta(days=3, minutes=1)).timestamp()
    os.utime(heel.folder / "backup", (then, then))


def no_backup(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    (heel.folder / "backup").unlink()


def hidden_backup(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody but its owner may come: here, behind what is no folder."""
    monkeypatch.setenv("PLEEGZICHT_BACKUP_MERK", str(heel.folder / "backup" / "gelukt"))


def folder_of_another(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    (heel.folder / "zegels").mkdir(exist_ok=True)
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: may(path, mode) and Path(path).name != "zegels")


def no_password(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    mail_set_up(monkeypatch)
    monkeypatch.setenv("PLEEGZICHT_SMTP_GEBRUIKER", "pleegzicht")
    monkeypatch.setenv("PLEEGZICHT_SMTP_WACHTWOORD_FILE", str(heel.folder / "weg.txt"))


def archive_stuck(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    told = (
        "NULL::timestamptz AS last_archived_time, now() - interval '73 hours' AS stats_reset, now() AS last_failed_time"
    )
    asked = archief._ARCHIEF.text.replace("pg_stat_archiver", f"(SELECT {told}) a")
    monkeypatch.setattr(archief, "_ARCHIEF", text(asked.replace("current_setting('archive_mode')", "'on'")))


def full_disk(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.disk_usage(heel.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type(real)(100 << 30, 98 << 30, 2 << 30))


def open_secrets(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    (heel.folder / "sleutels.json").chmod(0o644)


def no_secrets(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    (heel.folder / "sleutels.json").unlink()


def replica_gone(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEEGZICHT_DATABASE_READ_URL", "postgresql://iemand@127.0.0.1:1/weg")


def replica_of_nothing(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEEGZICHT_DATABASE_READ_URL", heel.owner.url.render_as_string(hide_password=False))


def replica_behind(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    replica_of_nothing(heel, monkeypatch)
    monkeypatch.setattr(replica, "_LAG", "SELECT 7.25 WHERE %s::pg_lsn IS NOT NULL")


def clock_behind(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    then = clock.now() - timedelta(minutes=30)
    monkeypatch.setattr(clock, "now", lambda: then)


WITHOUT_MONTH = (
    "DO $$ BEGIN EXECUTE 'DROP TABLE inzage_' || to_char(now() AT TIME ZONE 'Europe/Amsterdam', 'YYYY_MM'); END $$"
)
NEW_ORGANISATIE = (
    "INSERT INTO organisatie (uid, code, naam, soort) VALUES (gen_random_uuid(), 'NIEUW', 'Nieuw', 'aanbieder')"
)
