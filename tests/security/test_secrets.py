"""The secrets file, the demo's tokens, and what is encrypted with its keys."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from app import clock
from app.errors import NotSignedIn, OngeldigeInstelling
from app.security import secrets
from app.security.demo_issuer import ISSUER, issue_token
from app.security.lockbox import BrokenLockbox, Lockbox
from app.security.secrets import load_secrets, new_secrets
from app.security.sign_in import demo_sign_in


def test_the_file_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "map" / "geheimen.json"
    first, second = load_secrets(path, create=True), load_secrets(path, create=False)
    assert first == second
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["geheimen.json"]


def test_of_two_that_start_at_once_the_first_keys_stay(tmp_path: Path) -> None:
    """Both saw no file: the second may not replace what the first has used already."""
    path = tmp_path / "geheimen.json"
    secrets._create(path)
    first = path.read_bytes()
    secrets._create(path)
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]


def test_many_that_start_at_once_agree(tmp_path: Path) -> None:
    start = Barrier(8)

    def load(_: int) -> bytes:
        start.wait()
        return load_secrets(tmp_path / "geheimen.json", create=True).cursor

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(load, range(8)))) == 1


def test_a_missing_file_stops_the_start_where_it_may_not_be_made(tmp_path: Path) -> None:
    with pytest.raises(OngeldigeInstelling, match="bestaat niet"):
        load_secrets(tmp_path / "weg.json", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("change", ["no json", "key missing", "key short", "active unknown", "a list"])
def test_a_broken_file_stops_the_start_and_is_not_quoted(tmp_path: Path, change: str) -> None:
    content = new_secrets()
    secret = content["zegel"]
    if change == "key missing":
        del content["sessie"]
    if change == "key short":
        content["sessie"] = "AAAA"
    if change == "active unknown":
        content["bsn_actief"] = "b9"
    text = {"no json": "{" + secret, "a list": json.dumps([secret])}.get(change, json.dumps(content))
    (tmp_path / "g.json").write_text(text)
    with pytest.raises(OngeldigeInstelling) as refused:
        load_secrets(tmp_path / "g.json", create=True)
    assert len(str(refused.value).splitlines()) == 1
    assert secret not in str(refused.value)


def test_secrets_are_never_printed(tmp_path: Path) -> None:
    ours = load_secrets(tmp_path / "g.json", create=True)
    assert repr(ours.cursor) not in repr(ours)
    assert ours.demo_jwk["d"] not in repr(ours)


def test_a_demo_token_is_good_here_and_nowhere_else(tmp_path: Path) -> None:
    here = load_secrets(tmp_path / "hier.json", create=True)
    elsewhere = load_secrets(tmp_path / "daar.json", create=True)
    token, at = issue_token("begeleider", clock.now(), here), int(clock.now().timestamp())
    claims = demo_sign_in(here).claims(token, at)
    assert (claims.issuer, claims.subject) == (ISSUER, "begeleider")
    assert abs(claims.expires_at - at - 28800) < 5
    with pytest.raises(NotSignedIn):
        demo_sign_in(elsewhere).claims(token, at)


def test_a_demo_token_ends(tmp_path: Path) -> None:
    ours = load_secrets(tmp_path / "g.json", create=True)
    token = issue_token("begeleider", clock.now() - timedelta(hours=9), ours)
    with pytest.raises(NotSignedIn):
        demo_sign_in(ours).claims(token, int(clock.now().timestamp()))


def test_a_lockbox_opens_for_its_purpose_alone() -> None:
    lockbox = Lockbox(bytes(32))
    closed = lockbox.close(b"Jansen", "/v1/pleegkinderen")
    assert lockbox.open(closed, "/v1/pleegkinderen") == b"Jansen"
    assert b"Jansen" not in closed
    assert lockbox.close(b"Jansen", "/v1/pleegkinderen") != closed
    for broken, purpose in [(closed, "/v1/anders"), (closed[:-1], "/v1/pleegkinderen"), (b"", "/v1/pleegkinderen")]:
        with pytest.raises(BrokenLockbox):
            lockbox.open(broken, purpose)
