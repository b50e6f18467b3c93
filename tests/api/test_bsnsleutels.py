"""A service that runs while the keys of the BSNs are renewed: it finds everybody, and writes with the new key."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app import clock
from app.models import Idempotentie, Pleegkind
from app.security import bsnsleutels
from app.security.bsn import key_id_of
from app.security.secrets import load_secrets
from app.services.beheer.bsnsleutels import renew_bsns
from tests import kanarie
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import Dienst, Gebruiker
from tests.api.conftest import open_dienst
from tests.api.mensen import add_organisatie

BSNS = [kanarie.bsn() for _ in range(5)]


@pytest.fixture(scope="module")
def bestand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("geheim") / "geheimen.json"


@pytest.fixture(scope="module")
def dienst(bestand: Path, worker_id: str) -> Iterator[Dienst]:
    with open_dienst(f"pleegzicht_bsnsleutels_{worker_id}", bestand) as opened:
        yield opened


@pytest.fixture
def chief(dienst: Dienst) -> Gebruiker:
    return add_organisatie(dienst)[0]


def with_bsn(nummer: int) -> dict[str, object]:
    return {**SOORTEN_VAN_FEIT["pleegkind"].body({}), "bsn": BSNS[nummer]}


def found(chief: Gebruiker, nummer: int) -> list[str]:
    answer = chief.post("/pleegkinderen/_zoek", {"bsn": BSNS[nummer]})
    return [one["id"] for one in answer.json()["resultaten"]]


def renew(owner: Engine, bestand: Path) -> None:
    with owner.connect() as connection:
        everybody = connection.scalars(text("SELECT id FROM organisatie")).all()
    assert renew_bsns(owner, everybody, load_secrets(bestand, create=False)).onleesbaar == []


def test_it_reads_the_new_file_and_finds_old_and_new(chief: Gebruiker, dienst: Dienst, bestand: Path) -> None:
    old = chief.made("/pleegkinderen", with_bsn(1)).id
    bsnsleutels.add_keys(bestand, clock.now(), sleutel=True, index=True)
    assert found(chief, 1) == [old]
    assert chief.post("/pleegkinderen", with_bsn(1)).json()["code"] == "bsn_al_bekend"
    new = chief.made("/pleegkinderen", with_bsn(2)).id
    assert found(chief, 2) == [new]
    with Session(dienst.owner) as session:
        both = Pleegkind.uid.in_([old, new])  # another test made others, before this one or after it
        rows = session.execute(select(Pleegkind.uid, Pleegkind.bsn_versleuteld).where(both))
        assert {str(uid): key_id_of(stored or b"") for uid, stored in rows} == {old: "b1", new: "b2"}
    renew(dienst.owner, bestand)
    assert (found(chief, 1), found(chief, 2)) == ([old], [new])
    assert chief.post("/pleegkinderen", with_bsn(2)).json()["code"] == "bsn_al_bekend"


def test_a_file_that_is_gone_or_broken_keeps_the_keys_of_before(chief: Gebruiker, bestand: Path) -> None:
    kind, whole = chief.made("/pleegkinderen", with_bsn(3)).id, bestand.read_bytes()
    try:
        bestand.write_text("{")
        assert found(chief, 3) == [kind]
        bestand.unlink()
        assert found(chief, 3) == [kind]
    finally:
        bestand.write_bytes(whole)
    assert found(chief, 3) == [kind]


def test_what_is_kept_of_a_search_does_not_give_the_bsn_away(chief: Gebruiker, dienst: Dienst) -> None:
    """The hash of a body that holds nothing but a BSN is soon guessed, unless it has a key."""
    bodies = [
        b'{"bsn":"%b"}' % BSNS[4].encode(),
        b'{"bsn": "%b"}' % BSNS[4].encode(),
    ]
    chief.post("/pleegkinderen/_zoek", {"bsn": BSNS[4]}, key="zoek-4")
    with Session(dienst.owner) as session:
        kept = session.scalars(select(Idempotentie.verzoek_hash).where(Idempotentie.sleutel == "zoek-4")).one()
    head = b"POST /v1/pleegkinderen/_zoek?\n"
    assert kept not in {hashlib.sha256(head + body).digest() for body in bodies}
    assert len(kept) == 32
