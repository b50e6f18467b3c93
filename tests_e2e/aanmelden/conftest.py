"""The service and a real provider on this machine, and somebody at a keyboard without a browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx2
import pytest

from tests_e2e.aanmelden.dienst import Opstelling, free_port, provider, service

WHO = "bea"  # the subject of README's beheerder


@pytest.fixture(scope="session")
def opstelling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opstelling]:
    # Two names of one machine: to a browser two sites, as in the world.
    base, issuer = f"http://127.0.0.1:{free_port()}", f"http://localhost:{free_port()}"
    found = Opstelling(base, issuer, tmp_path_factory.mktemp("aanmelden"))
    with provider(found), service(found):
        yield found


@dataclass
class Kaal:
    """A browser without a screen: cookies, and redirects one by one."""

    opstelling: Opstelling
    client: httpx2.Client = field(
        default_factory=lambda: httpx2.Client(
            timeout=30,
            headers={"Accept": "text/html"},
            follow_redirects=False,
            limits=httpx2.Limits(max_keepalive_connections=0),  # nothing stays open when a test ends
        )
    )

    def get(self, path: str) -> httpx2.Response:
        return self.client.get(urljoin(self.opstelling.base, path))

    def begin(self) -> str:
        answer = self.get("/aanmelden")
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def at_provider(self, address: str, who: str = WHO) -> str:
        """Give a name and a password, say yes, and return the address to which the provider sends back."""
        for _ in range(20):
            answer = self.client.get(address)
            while not answer.is_redirect:
                answer = self._submit(answer, who)
            address = urljoin(address, answer.headers["location"])
            if address.startswith(self.opstelling.base):
                return address
        raise AssertionError(address)

    def _submit(self, page: httpx2.Response, who: str) -> httpx2.Response:
        assert page.status_code == 200, page.text
        action = re.search(r'<form[^>]* action="([^"]+)"', page.text)
        assert action, page.text
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        return self.client.post(
            urljoin(str(page.url), unescape(action[1])), data={**hidden, "login": who, "password": "x"}
        )

    def sign_in(self, who: str = WHO) -> httpx2.Response:
        return self.client.get(self.at_provider(self.begin(), who))

    def is_in(self) -> bool:
        return "Afmelden" in self.get("/ik").text


def parameters(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


@pytest.fixture
def kaal(opstelling: Opstelling) -> Kaal:
    return Kaal(opstelling)
