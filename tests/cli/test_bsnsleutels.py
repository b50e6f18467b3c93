"""``pleegzicht bsnsleutels``: everybody stays findable, whatever happens halfway, and nothing is lost."""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from app import clock
from app.db import sessions
from app.queries.importen import IMPORT
from app.security.bsn import blind_indexes, decrypt_bsn, key_id_of
from app.security.secrets import EERSTE_INDEX, Secrets, load_secrets
from app.services.beheer import bsnsleutels
from tests import database, kanarie
from tests.cli.conftest import Run
from tests.imports import bouw

KINDEREN = 7
BSNS = [kanarie.bsn() for _ in range(KINDEREN)]
ROWS = text("SELECT id, organisatie_id, uid, nummer, bsn_versleuteld, bsn_index FROM pleegkind ORDER BY id")


@pytest.fixture
def database_url(worker_id: str) -> str:
    """A database of its own: the keys of this installation are those of every BSN in it."""
    return database.create_migrated(f"pleegzicht_sleutels_{worker_id}")


@pytest.fixture
def owner(database_url: str) -> Iterator[Engine]:
    engine = sessions.make_engine(database_url, role=None)
    yield engine
    engine.dispose()


@pytest.fixture
def boek(run: Run, code: str, tmp_path: Path) -> Path:
    """A workbook of children with a BSN, that was imported."""
    (first,) = bouw.boek_met()["pleegkinderen"]
    kinderen = [{**first, "nummer": f"K{i}", "roepnaam": kanarie.naam(), "bsn": bsn} for i, bsn in enumerate(BSNS)]
    path = tmp_path / "boek.xlsx"
    leeg: dict[str, list[dict[str, Any]]] = {blad: [] for blad in bouw.boek_met() if blad != "pleegkinderen"}
    path.write_bytes(bouw.xlsx_of({**leeg, "pleegkinderen": kinderen}))
    assert run("importeer", str(path), "--organisatie", code, "--nieuw").code == 0
    assert run("verifieer").code == 0
    return path


def secrets_of(tmp_path: Path) -> Secrets:
    return load_secrets(tmp_path / "sleutels.json", create=False)


def rows(owner: Engine) -> list[Any]:
    with owner.connect() as connection:
        return list(connection.execute(ROWS))


def under(owner: Engine) -> set[str]:
    return {key_id_of(row.bsn_versleuteld) for row in rows(owner)}


def all_found(owner: Engine, secrets: Secrets) -> bool:
    """Tell whether each child is found by its BSN, and is the one whose BSN it is."""
    found = rows(owner)
    for i, row in enumerate(found):
        bsn = BSNS[i]
        hits = [one for one in found if one.bsn_index in blind_indexes(secrets, row.organisatie_id, bsn)]
        if [one.id for one in hits] != [row.id]:
            return False
        if decrypt_bsn(secrets, row.bsn_versleuteld, row.organisatie_id, row.uid) != bsn:
            return False
    return len(found) == KINDEREN


def later(monkeypatch: pytest.MonkeyPatch, **span: int) -> None:
    at = clock.now() + timedelta(**span)
    monkeypatch.setattr(clock, "now", lambda: at)


def test_a_new_key_takes_over_and_the_log_stays_whole(
    run: Run, boek: Path, owner: Engine, tmp_path: Path, code: str
) -> None:
    before = secrets_of(tmp_path)
    made = run("bsnsleutels", "--nieuw")
    assert made.code == 0
    assert made.out == f"{KINDEREN} BSN's onder sleutel b2 en index i1, {KINDEREN} herschreven, 0 onleesbaar\n"
    assert "Bewaar nu een kopie" in made.err
    now = secrets_of(tmp_path)
    assert (under(owner), set(now.bsn_keys)) == ({"b2"}, {"b1", "b2"})
    assert (now.bsn_keys["b1"], now.bsn_indexes) == (before.bsn_keys["b1"], before.bsn_indexes)
    assert all_found(owner, now)
    again = run("bsnsleutels")
    assert again.out.endswith(", 0 herschreven, 0 onleesbaar\n")
    checked = run("verifieer")
    assert (checked.code, checked.out.rstrip().endswith("0 afwijkingen")) == (0, True)
    with owner.connect() as connection:
        reasons = connection.scalars(text("SELECT reden FROM wijzigingspakket WHERE reden IS NOT NULL")).all()
    assert [reden for reden in reasons if reden != IMPORT] == [bsnsleutels.REDEN]


def test_the_file_stays_private_and_whole(run: Run, boek: Path, tmp_path: Path) -> None:
    path = tmp_path / "sleutels.json"
    assert run("bsnsleutels", "--nieuw", "--nieuwe-index").code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir() if "sleutels.json" in one.name] == ["sleutels.json"]


def test_killed_halfway_everybody_is_found_and_the_next_run_goes_on(
    run: Run, boek: Path, owner: Engine, tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = bsnsleutels._write_again, list[int]()

    def dies(connection: Connection, found: Any, secrets: Secrets) -> Any:
        calls.append(len(found))
        done = real(connection, found, secrets)
        if len(calls) == 3:
            raise SystemError("kill -9")
        return done

    monkeypatch.setattr(bsnsleutels, "BATCH", 2)
    with monkeypatch.context() as patched:
        patched.setattr(bsnsleutels, "_write_again", dies)
        assert run("bsnsleutels", "--nieuw", "--nieuwe-index").code == 2
    halfway = secrets_of(tmp_path)
    assert under(owner) == {"b1", "b2"}
    assert all_found(owner, halfway)
    same = run("importeer", str(boek), "--organisatie", code)
    assert f"pleegkinderen: 0 nieuw, 0 gewijzigd, {KINDEREN} ongewijzigd" in same.err
    refused = run("bsnsleutels", "--nieuw")
    assert (refused.code, "niet af" in refused.line) == (2, True)
    assert set(secrets_of(tmp_path).bsn_keys) == {"b1", "b2"}
    onward = run("bsnsleutels")
    assert onward.out == f"{KINDEREN} BSN's onder sleutel b2 en index i2, {KINDEREN - 4} herschreven, 0 onleesbaar\n"
    assert under(owner) == {"b2"}
    assert all_found(owner, halfway)
    assert run("verifieer").code == 0


def test_what_was_written_behind_the_walk_is_walked_again(
    run: Run, boek: Path, owner: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who began with the old key commits when the walk is past."""
    old, calls, real = rows(owner)[0], list[int](), bsnsleutels._write_again

    def overtaken(connection: Connection, found: Any, secrets: Secrets) -> Any:
        calls.append(len(found))
        if len(calls) == 3:
            with owner.begin() as other:
                change = text("UPDATE pleegkind SET bsn_versleuteld = :oud WHERE id = :id")
                other.execute(change, {"oud": old.bsn_versleuteld, "id": old.id})
        return real(connection, found, secrets)

    monkeypatch.setattr(bsnsleutels, "BATCH", 2)
    monkeypatch.setattr(bsnsleutels, "_write_again", overtaken)
    assert f", {KINDEREN + 1} herschreven, 0 onleesbaar" in run("bsnsleutels", "--nieuw").out
    assert under(owner) == {"b2"}


def test_an_old_key_goes_when_asked_and_when_nobody_can_be_writing_with_it(
    run: Run, boek: Path, owner: Engine, tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("bsnsleutels", "--nieuw", "--nieuwe-index").code == 0
    later(monkeypatch, hours=23)
    early = run("bsnsleutels", "--verwijder-oude")
    assert (early.code, "24 uur" in early.line) == (2, True)
    assert set(secrets_of(tmp_path).bsn_keys) == {"b1", "b2"}
    later(monkeypatch, hours=2)
    gone = run("bsnsleutels", "--verwijder-oude")
    assert (gone.code, "Verwijderd: b1, i1." in gone.err) == (0, True)
    left = secrets_of(tmp_path)
    assert (set(left.bsn_keys), set(left.bsn_indexes)) == ({"b2"}, {"i2"})
    assert all_found(owner, left)
    assert run("bsnsleutels", "--nieuw").code == 0
    assert set(secrets_of(tmp_path).bsn_keys) == {"b2", "b3"}  # b1 never comes back as another
    assert run("verifieer").code == 0


def test_a_bsn_that_no_key_opens_is_a_finding_and_keeps_every_key(
    run: Run, boek: Path, owner: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with owner.begin() as connection:  # copied from another child
        connection.execute(
            text(
                "UPDATE pleegkind SET bsn_versleuteld = (SELECT bsn_versleuteld FROM pleegkind WHERE nummer = 'K1') "
                "WHERE nummer = 'K2'"
            )
        )
    found = run("bsnsleutels", "--nieuw")
    assert (found.code, "1 onleesbaar" in found.out) == (1, True)
    later(monkeypatch, days=2)
    assert run("bsnsleutels", "--verwijder-oude").code == 1
    assert set(secrets_of(tmp_path).bsn_keys) == {"b1", "b2"}


def test_rows_under_an_old_key_keep_it(
    run: Run, boek: Path, owner: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written between the last round and the removal, by a service that did not see the new file."""
    kept = rows(owner)[0]
    assert run("bsnsleutels", "--nieuw").code == 0
    later(monkeypatch, days=2)
    real = bsnsleutels.renew_bsns

    def written_since(*arguments: Any) -> Any:
        done = real(*arguments)
        with owner.begin() as connection:
            change = text("UPDATE pleegkind SET bsn_versleuteld = :oud WHERE id = :id")
            connection.execute(change, {"oud": kept.bsn_versleuteld, "id": kept.id})
        return done

    monkeypatch.setattr(bsnsleutels, "renew_bsns", written_since)
    refused = run("bsnsleutels", "--verwijder-oude")
    assert (refused.code, "er is niets verwijderd" in refused.line) == (2, True)
    assert set(secrets_of(tmp_path).bsn_keys) == {"b1", "b2"}


def test_two_at_once_is_refused(run: Run, boek: Path, owner: Engine, tmp_path: Path) -> None:
    with bsnsleutels.only_one(owner):
        refused = run("bsnsleutels", "--nieuw")
    assert (refused.code, "al een vernieuwing" in refused.line) == (2, True)
    assert set(secrets_of(tmp_path).bsn_keys) == {"b1"}
    assert run("bsnsleutels", "--nieuw").code == 0


def test_a_file_of_before_index_keys_had_ids_is_understood(run: Run, boek: Path, owner: Engine, tmp_path: Path) -> None:
    path = tmp_path / "sleutels.json"
    content = json.loads(path.read_text())
    old = {**content, "bsn_index": content["bsn_index"][EERSTE_INDEX]}
    del old["bsn_index_actief"]
    path.write_text(json.dumps(old))
    assert all_found(owner, secrets_of(tmp_path))
    assert run("bsnsleutels", "--nieuwe-index").code == 0
    assert set(secrets_of(tmp_path).bsn_indexes) == {"i1", "i2"}
    assert all_found(owner, secrets_of(tmp_path))


def test_the_service_keeps_the_right_to_read_its_file(
    run: Run, boek: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command may run as root, and the service as somebody else."""
    path, given = tmp_path / "sleutels.json", list[tuple[int, int]]()
    path.chmod(0o640)
    monkeypatch.setattr(os, "chown", lambda _, uid, gid: given.append((uid, gid)))
    assert run("bsnsleutels", "--nieuw").code == 0
    assert set(given) == {(path.stat().st_uid, path.stat().st_gid)}
    assert path.stat().st_mode & 0o777 == 0o640
