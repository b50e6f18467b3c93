"""The service on a database of this folder alone, a world, and browsers without a screen that come in by a session."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

import pytest
from httpx2 import Response

from app import clock
from app.db import sessions as db
from app.queries.accounts.actor import get_actor
from app.security.demo_issuer import ISSUER
from app.services.sessies import begin_sessie
from tests.api.client import EVERYWHERE, Dienst, Gebruiker, standing_still
from tests.api.conftest import open_dienst
from tests.api.world import World, at_work, build_world

_POLICY = "content-security-policy"
_FORM = re.compile(r'<form\b[^>]*\bmethod="post".*?</form>', re.DOTALL)
_TOKEN = re.compile(r'name="formulier" value="([0-9a-f]{64})"')
#: words that a page never says: nobody's child is coloured safe, and what was not recorded may have happened
NOOIT = re.compile(r"\bscore\b|compliant|\bgroen\b|alles in orde|niet gebeurd", re.IGNORECASE)


@pytest.fixture(scope="session")
def dienst(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Dienst]:
    with open_dienst(f"pleegzicht_werkplek_{worker_id}", tmp_path_factory.mktemp("geheim") / "geheimen.json") as opened:
        yield opened


@pytest.fixture(autouse=True)
def service_at_work(request: pytest.FixtureRequest) -> Iterator[None]:
    with at_work(request):
        yield


@pytest.fixture(scope="session")
def world(dienst: Dienst) -> World:
    """Children in files with nothing in them, in every relation; tests add to them."""
    with standing_still():
        return build_world(dienst, full=False)


@pytest.fixture(scope="module")
def module_at_work() -> Iterator[None]:
    """For fixtures of a whole file that ask the service something."""
    with standing_still():
        yield


@dataclass
class Bladeraar:
    """Somebody with a browser; every answer is looked at."""

    dienst: Dienst
    cookie: str
    koekjes: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None, **headers: str) -> Response:
        cookies = "; ".join(f"{name}={value}" for name, value in {"pleegzicht": self.cookie, **self.koekjes}.items())
        given = {"Cookie": cookies, "Accept": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}}
        content = None if form is None else urlencode(form).encode()
        if content is not None:
            given["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self.dienst.client.request(method, path, content=content, headers=list(given.items()))
        look_at(answer)
        return answer

    def get(self, path: str) -> Response:
        return self.ask("GET", path)

    def file(self, path: str) -> bytes:
        """Return what pages look like."""
        return self.dienst.client.request("GET", path, content=None, headers=[]).content

    def read(self, path: str) -> str:
        """Return the text of a page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, form: Mapping[str, str], *, of: str = "/ik", **headers: str) -> Response:
        """Send a form, with the token of a page."""
        return self.ask("POST", path, {"formulier": self.token(of), **form}, **headers)

    def token(self, of: str) -> str:
        """Return the token in the forms of a page."""
        found = _TOKEN.search(self.read(of))
        assert found
        return found[1]

    def raw(self, path: str, body: bytes, media: str) -> Response:
        """Send a body as it is."""
        given = {"Cookie": f"pleegzicht={self.cookie}", "Accept": "text/html", "Content-Type": media}
        answer = self.dienst.client.request("POST", path, content=body, headers=list(given.items()))
        look_at(answer)
        return answer


def look_at(answer: Response) -> None:
    """Check what every page must have."""
    for name, value in EVERYWHERE.items():
        if name != _POLICY:
            assert answer.headers.get_list(name) == [value], (name, answer.headers.get_list(name))
    assert answer.status_code < 500, answer.text
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert "script-src 'self'" in answer.headers[_POLICY]
        assert "unsafe" not in answer.headers[_POLICY]
        found = NOOIT.search(_seen(answer.text))
        assert not found, found
        assert not re.search(r"<script>|<style|\sstyle=|\son[a-z]+=", answer.text)


def _seen(text: str) -> str:
    return re.sub(r"<[^>]*>", " ", text)


def forms_in(page: str) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of every form that posts."""
    for found in _FORM.finditer(page):
        action = re.search(r'action="([^"]+)"', found[0])
        assert action, found[0]
        yield action[1], found[0]


def fields_of(form: str) -> dict[str, str]:
    """Return what a form holds that nobody fills in."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in hidden}


def titel(text: str) -> str:
    """Return what stands in the window's title, and so in the browser's history."""
    found = re.search(r"<title>(.*?)</title>", text)
    assert found
    return found[1]


def bladeraar(dienst: Dienst, gebruiker: Gebruiker) -> Bladeraar:
    """Let somebody come in with a browser."""
    with db.unit_of_work(dienst.engine) as session:
        actor = get_actor(session, ISSUER, gebruiker.subject, clock.today())
        assert actor is not None
        key = begin_sessie(session, actor, secrets.token_bytes(32), None, clock.now())
    assert key is not None
    return Bladeraar(dienst, key)
