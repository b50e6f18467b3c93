"""A verified token is remembered for a minute: by all its bytes, and not beyond its end."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import NotSignedIn
from app.security import sign_in as module
from app.security.demo_issuer import ISSUER, issue_token
from app.security.secrets import Secrets, load_secrets
from app.security.sign_in import REMEMBER, SignIn, demo_sign_in
from app.security.tokens import LEEWAY, KeySet
from tests.security.conftest import FROZEN

pytestmark = pytest.mark.usefixtures("jose_clock")

NOW, AT = datetime.fromtimestamp(FROZEN, UTC), FROZEN


@dataclass
class Removable:
    """A source of keys from which the issuer can take a key."""

    keys: KeySet
    empty: KeySet = field(default_factory=lambda: KeySet({}))

    def must_fetch(self, kid: str, at: int) -> bool:
        return kid not in self.keys.keys

    def fetch(self, at: int) -> None:
        pass

    def current(self, at: int) -> KeySet:
        return self.keys


@pytest.fixture
def secrets(tmp_path: Path) -> Secrets:
    return load_secrets(tmp_path / "g.json", create=True)


@pytest.fixture
def sign_in(secrets: Secrets) -> SignIn:
    return demo_sign_in(secrets)


def test_only_what_was_verified_is_remembered(sign_in: SignIn, secrets: Secrets) -> None:
    token, other = issue_token("noor", NOW, secrets), issue_token("sam", NOW, secrets)
    assert sign_in.remembered(token, AT) is None
    sign_in.claims(token, AT)
    known = sign_in.remembered(token, AT + 1)
    assert known is not None
    assert known.subject == "noor"
    for strange in (other, token[:-1], token + "A", token.swapcase(), "", "\ud800"):
        assert sign_in.remembered(strange, AT + 1) is None


def test_a_token_that_was_refused_is_not_remembered(sign_in: SignIn, secrets: Secrets) -> None:
    token = issue_token("noor", NOW - timedelta(hours=9), secrets)
    with pytest.raises(NotSignedIn):
        sign_in.claims(token, AT)
    assert sign_in.remembered(token, AT) is None


@pytest.mark.parametrize("later", [REMEMBER, -1, 3600])
def test_after_a_minute_it_is_verified_again(sign_in: SignIn, secrets: Secrets, later: int) -> None:
    token = issue_token("noor", NOW, secrets)
    sign_in.claims(token, AT)
    assert sign_in.remembered(token, AT + REMEMBER - 1)
    assert sign_in.remembered(token, AT + later) is None


def test_the_end_of_a_token_is_its_end(sign_in: SignIn, secrets: Secrets) -> None:
    token = issue_token("noor", NOW, secrets, lifetime=timedelta(seconds=10))
    sign_in.claims(token, AT)
    assert sign_in.remembered(token, AT + 10 + LEEWAY - 1)
    assert sign_in.remembered(token, AT + 10 + LEEWAY) is None


def test_a_key_that_the_issuer_took_away_is_gone_within_a_minute(secrets: Secrets) -> None:
    good = demo_sign_in(secrets)
    source = Removable(good.keys.current(AT))
    sign_in = SignIn(source, ISSUER, good.audience)
    token = issue_token("noor", NOW, secrets)
    sign_in.claims(token, AT)
    source.keys = source.empty
    assert sign_in.remembered(token, AT + REMEMBER) is None
    with pytest.raises(NotSignedIn):
        sign_in.claims(token, AT + REMEMBER)


def test_the_memory_is_bounded(sign_in: SignIn, secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 3)
    for number in range(10):
        sign_in.claims(issue_token(f"u{number}", NOW, secrets), AT)
    assert len(sign_in._verified) <= 3


def test_the_memory_holds_no_token(sign_in: SignIn, secrets: Secrets) -> None:
    token = issue_token("noor", NOW, secrets)
    sign_in.claims(token, AT)
    assert token not in repr(sign_in._verified)
    assert "noor" not in repr(sign_in)
