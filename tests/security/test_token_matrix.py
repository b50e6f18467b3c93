"""The matrix of attack tokens against the real application over HTTP: each 401, all with the same bytes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import Engine

from app import clock
from app.main import create_app
from app.settings import Settings
from tests.security.aanvallen import ATTACKS
from tests.security.conftest import FROZEN, SetClock
from tests.security.matrix import GOOD, NOT_IN_A_HEADER, Uitkomst, add_noor, attack, served


@pytest.fixture
def address(engine: Engine, database_url: str, tmp_path: Path, jose_clock: SetClock) -> Iterator[str]:
    add_noor(engine)
    app = create_app(Settings(database_url=database_url, demo=True, secrets_file=tmp_path / "g.json"))
    with mock.patch.object(clock, "now", return_value=datetime.fromtimestamp(FROZEN, UTC)), served(app) as at:
        yield at


def test_each_is_401_with_the_same_bytes_and_a_good_token_is_not(address: str) -> None:
    found: dict[str, Uitkomst] = {one.name: one for one in attack(address)}
    assert len(ATTACKS) >= 90
    assert {name: found[name].status for name in GOOD} == dict.fromkeys(GOOD, 200)
    assert {name: one.status for name, one in found.items() if one.status != 401} == dict.fromkeys(GOOD, 200)
    nobody = found["no token"]
    tried = ATTACKS.keys() - NOT_IN_A_HEADER
    different = [name for name in tried if (found[name].body, found[name].headers) != (nobody.body, nobody.headers)]
    assert different == []
