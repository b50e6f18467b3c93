"""The BSN at rest: unreadable without the key, on another row, or changed in one bit."""

import dataclasses
from pathlib import Path
from uuid import UUID

import pytest

from app.security.bsn import UnreadableBsn, blind_index, decrypt_bsn, encrypt_bsn, key_id_of
from app.security.secrets import Secrets, load_secrets

BSN, CHILD, OTHER = "123456782", UUID(int=1), UUID(int=2)


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    return load_secrets(Path(tmp_path_factory.mktemp("g")) / "g.json", create=True)


def test_it_comes_back_for_its_own_row(secrets: Secrets) -> None:
    stored = encrypt_bsn(secrets, BSN, 7, CHILD)
    assert decrypt_bsn(secrets, stored, 7, CHILD) == BSN
    assert BSN.encode() not in stored
    assert stored != encrypt_bsn(secrets, BSN, 7, CHILD)


@pytest.mark.parametrize(("organisatie", "child"), [(8, CHILD), (7, OTHER)])
def test_copied_to_another_row_it_is_unreadable(secrets: Secrets, organisatie: int, child: UUID) -> None:
    with pytest.raises(UnreadableBsn):
        decrypt_bsn(secrets, encrypt_bsn(secrets, BSN, 7, CHILD), organisatie, child)


def test_every_changed_byte_shows(secrets: Secrets) -> None:
    stored = encrypt_bsn(secrets, BSN, 7, CHILD)
    for place in range(len(stored)):
        changed = stored[:place] + bytes((stored[place] ^ 1,)) + stored[place + 1 :]
        with pytest.raises(UnreadableBsn):
            decrypt_bsn(secrets, changed, 7, CHILD)
    for short in (b"", b"\x01", stored[:5], stored[:-1]):
        with pytest.raises(UnreadableBsn):
            decrypt_bsn(secrets, short, 7, CHILD)


def test_an_old_key_still_reads_after_a_new_one_writes(secrets: Secrets) -> None:
    stored = encrypt_bsn(secrets, BSN, 7, CHILD)
    newer = dataclasses.replace(secrets, bsn_keys={**secrets.bsn_keys, "b2": bytes(range(32))}, bsn_active="b2")
    assert decrypt_bsn(newer, stored, 7, CHILD) == BSN
    assert (key_id_of(stored), key_id_of(encrypt_bsn(newer, BSN, 7, CHILD))) == ("b1", "b2")


def test_the_index_finds_within_one_organisatie_and_links_none(secrets: Secrets) -> None:
    assert blind_index(secrets, 7, BSN) == blind_index(secrets, 7, BSN)
    assert len({blind_index(secrets, organisatie, BSN) for organisatie in (7, 8, 77)}) == 3
    assert blind_index(dataclasses.replace(secrets, bsn_indexes={"i1": bytes(32)}), 7, BSN) != blind_index(
        secrets, 7, BSN
    )
