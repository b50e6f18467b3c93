"""Seals: a chain of signed files outside the database, never written over, and whatever is missing is said."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.namens import Namens, act_for
from app.models import Organisatie
from app.queries.zegels.inhoud import TransactiesTeruggezet
from app.queries.zegels.kopieen import last_seal
from app.security.secrets import Secrets, load_secrets
from app.security.zegel import GeenZegel, Zegelsleutel, read_seal
from app.security.zegelmap import Zegelmap
from app.services.beheer.organisaties import ensure_team
from app.services.zegels.maken import ZegelNietBezorgd, Zegelplaats, make_seal, seal_when_committed, try_seal
from app.services.zegels.verifieren import Anker, Eindverslag, verify

NU = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def sleutels(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    return load_secrets(tmp_path_factory.mktemp("zegel") / "sleutels.json", create=True)


@pytest.fixture
def plaats(tmp_path: Path, sleutels: Secrets) -> Zegelplaats:
    return Zegelplaats(Zegelsleutel(sleutels), Zegelmap(tmp_path / "zegels"))


def write_team(engine: Engine, organisatie: Organisatie, naam: str) -> None:
    with sessions.unit_of_work(engine) as session:
        act_for(session, Namens(organisatie.id))
        ensure_team(session, organisatie.id, naam)


def checked(engine: Engine, organisatie: Organisatie, plaats: Zegelplaats) -> Eindverslag:
    return verify(engine, [organisatie.id], Anker(plaats.map, plaats.sleutel.public))


def test_seals_follow_each_other_and_cover_what_there_is(
    engine: Engine, organisatie: Organisatie, plaats: Zegelplaats
) -> None:
    seals = []
    for turn in range(3):
        write_team(engine, organisatie, f"Team {turn}")
        made = make_seal(engine, organisatie.id, plaats, NU + timedelta(hours=turn))
        seals.append(read_seal(made.pad.read_bytes()))
        assert made.digest == seals[-1].digest
        assert seals[-1].fits(plaats.sleutel.public)
    assert [seal.inhoud["nummer"] for seal in seals] == [1, 2, 3]
    assert [seal.inhoud["vorige"] for seal in seals] == [None, seals[0].digest, seals[1].digest]
    assert [seal.inhoud["wijzigingen"]["regels"] for seal in seals] == [2, 3, 4]
    found = checked(engine, organisatie, plaats)
    assert (found.afwijkingen, found.opmerkingen) == ((), ())
    write_team(engine, organisatie, "Later")
    assert "1 schakels zijn van na zegel 3" in checked(engine, organisatie, plaats).opmerkingen[0]


def test_a_seal_holds_no_name(engine: Engine, organisatie: Organisatie, plaats: Zegelplaats) -> None:
    write_team(engine, organisatie, "Geheimteam")
    data = make_seal(engine, organisatie.id, plaats, NU).pad.read_bytes()
    assert b"Geheimteam" not in data
    assert organisatie.naam.encode() not in data


def test_every_changed_byte_of_a_seal_is_found(engine: Engine, organisatie: Organisatie, plaats: Zegelplaats) -> None:
    data = make_seal(engine, organisatie.id, plaats, NU).pad.read_bytes()
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            assert not read_seal(changed).fits(plaats.sleutel.public), place
        except GeenZegel:
            continue


def test_a_seal_is_never_written_over(engine: Engine, organisatie: Organisatie, plaats: Zegelplaats) -> None:
    made = make_seal(engine, organisatie.id, plaats, NU)
    plaats.map.path_of(organisatie.code, 2).write_bytes(b"hier ligt al iets")
    with pytest.raises(ZegelNietBezorgd, match="Zegel 2"):
        make_seal(engine, organisatie.id, plaats, NU)
    assert made.pad.read_bytes()
    assert plaats.map.path_of(organisatie.code, 2).read_bytes() == b"hier ligt al iets"
    found = checked(engine, organisatie, plaats).afwijkingen
    assert any("00000002.json is beschadigd of gewijzigd" in zin for zin in found)


def test_a_run_that_stopped_half_way_is_finished_by_the_next(
    engine: Engine, organisatie: Organisatie, plaats: Zegelplaats
) -> None:
    made = make_seal(engine, organisatie.id, plaats, NU)
    before = made.pad.read_bytes()
    made.pad.unlink()
    assert checked(engine, organisatie, plaats).afwijkingen
    make_seal(engine, organisatie.id, plaats, NU)
    assert made.pad.read_bytes() == before
    assert checked(engine, organisatie, plaats).afwijkingen == ()


def test_a_lost_folder_is_no_anchor(
    engine: Engine, organisatie: Organisatie, plaats: Zegelplaats, tmp_path: Path
) -> None:
    assert "geen anker buiten de database" in checked(engine, organisatie, plaats).opmerkingen[0]
    assert checked(engine, organisatie, plaats).afwijkingen == ()  # no seal was ever made, so none is missing
    make_seal(engine, organisatie.id, plaats, NU)
    elsewhere = Anker(Zegelmap(tmp_path / "leeg"), plaats.sleutel.public)
    found = verify(engine, [organisatie.id], elsewhere)
    assert "geen anker buiten de database" in found.opmerkingen[0]
    assert "Zegel 1 is gemaakt, maar ligt niet" in found.afwijkingen[0]


def test_seals_that_the_database_does_not_know_are_found(
    engine: Engine, organisatie: Organisatie, plaats: Zegelplaats, database_url: str
) -> None:
    """A database that was put back to before its last seal."""
    make_seal(engine, organisatie.id, plaats, NU)
    owner = sessions.make_engine(database_url, role=None)
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM zegel WHERE organisatie_id = :key"), {"key": organisatie.id})
    owner.dispose()
    (zin,) = checked(engine, organisatie, plaats).afwijkingen
    assert "De database kent zegel 1 niet" in zin


def test_a_database_that_counts_its_transactions_anew_is_refused(
    engine: Engine, organisatie: Organisatie, plaats: Zegelplaats, database_url: str
) -> None:
    make_seal(engine, organisatie.id, plaats, NU)
    owner = sessions.make_engine(database_url, role=None)
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        further = 'regexp_replace(inhoud, \'"tot":"[0-9]+"\', \'"tot":"999999999999"\')'
        statement = f"UPDATE zegel SET inhoud = {further} WHERE organisatie_id = :key"
        connection.execute(text(statement), {"key": organisatie.id})
    owner.dispose()
    with pytest.raises(TransactiesTeruggezet):
        make_seal(engine, organisatie.id, plaats, NU)
    assert "dump" in (try_seal(engine, organisatie.id, plaats, NU) or "")


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[bytes], list[int]]]:
    """Yield an address, what it got, and with what it will answer."""
    got: list[bytes] = []
    status = [204]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status[0])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/zegels", got, status
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_webhook_gets_every_seal_and_a_refusal_is_loud(
    engine: Engine, organisatie: Organisatie, plaats: Zegelplaats, webhook: tuple[str, list[bytes], list[int]]
) -> None:
    address, got, status = webhook
    there = Zegelplaats(plaats.sleutel, plaats.map, address)
    made = make_seal(engine, organisatie.id, there, NU)
    assert got == [made.pad.read_bytes()]
    for code in (500, 404):
        status[0] = code
        with pytest.raises(ZegelNietBezorgd, match="ligt in de map"):
            make_seal(engine, organisatie.id, there, NU)
    gone = Zegelplaats(plaats.sleutel, plaats.map, "http://127.0.0.1:1/")
    with pytest.raises(ZegelNietBezorgd):
        make_seal(engine, organisatie.id, gone, NU)
    assert len(list(plaats.map.read(organisatie.code))) == 4
    assert checked(engine, organisatie, plaats).afwijkingen == ()


def test_what_is_frozen_is_sealed_once_it_has_committed(
    engine: Engine, organisatie: Organisatie, plaats: Zegelplaats
) -> None:
    with Session(engine) as session:
        seal_when_committed(session, organisatie.id, plaats, NU)
        session.rollback()
    with Session(engine) as session:
        act_for(session, Namens(organisatie.id))
        assert last_seal(session, organisatie.id) is None
    with sessions.unit_of_work(engine) as session:
        act_for(session, Namens(organisatie.id))
        seal_when_committed(session, organisatie.id, plaats, NU)
        ensure_team(session, organisatie.id, "Vastgesteld")
    (seal,) = [read_seal(data) for _, data in plaats.map.read(organisatie.code)]
    assert seal.inhoud["wijzigingen"]["regels"] == 2  # what the transaction wrote is in it


def test_a_seal_that_fails_does_not_undo_what_was_frozen(
    engine: Engine, organisatie: Organisatie, plaats: Zegelplaats, tmp_path: Path
) -> None:
    (tmp_path / "bestand").write_text("geen map")
    broken = Zegelplaats(plaats.sleutel, Zegelmap(tmp_path / "bestand"))
    with sessions.unit_of_work(engine) as session:
        act_for(session, Namens(organisatie.id))
        seal_when_committed(session, organisatie.id, broken, NU)
        ensure_team(session, organisatie.id, "Blijft staan")
    with Session(engine) as session:
        act_for(session, Namens(organisatie.id))
        found = session.execute(text("SELECT count(*) FROM team WHERE naam = 'Blijft staan'")).scalar_one()
        assert found == 1


def test_the_folder_of_an_organisatie_stays_in_the_folder(tmp_path: Path) -> None:
    folder = Zegelmap(tmp_path)
    for code in ("..", ".", "a/b", "/etc", "a\\b", "DEMO", "ünïcode"):
        path = folder.path_of(code, 1).resolve()
        assert path.parent.parent == tmp_path.resolve(), code
