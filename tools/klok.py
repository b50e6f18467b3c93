"""A service whose clock jumps a day back and a day ahead: what it records stays in order, and nobody gets in by it.

The clock is that of libfaketime (Debian's package libfaketime), told by a file; that of the database stays right.
"""

import http.client
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

from app import clock
from app.security.demo_issuer import issue_token
from app.security.secrets import load_secrets
from tools.dienst import command
from tools.server import Ontbreekt

_DAYS = (0, -1, 0, 1, 0)
_OUT_OF_ORDER = """
SELECT count(*) FROM (
    SELECT vastgelegd_op <= lag(vastgelegd_op) OVER (ORDER BY volgorde) AS fout
    FROM kindgesprek WHERE stem_van_het_kind LIKE 'klok %'
) rij WHERE fout
"""


@dataclass(frozen=True)
class Klok:
    """A clock that a file tells how far it is off.

    Attributes:
        file: of this clock alone.
    """

    file: Path

    def set(self, days: int) -> None:
        """Let it be this many days off."""
        self.file.write_text(f"{days:+d}d\n")

    def environment(self) -> Mapping[str, str]:
        """Return what a process must be told to go by it.

        Raises:
            Ontbreekt: the library is not on this machine.
        """
        found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        if not found:
            raise Ontbreekt("op deze machine ontbreekt: libfaketime")
        return {
            "LD_PRELOAD": str(found[0]), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
        }  # fmt: skip


@dataclass(frozen=True)
class Bezoeker:
    """Who asks while the clock jumps.

    Attributes:
        poort: of the service.
        environment: of its commands, with the clock.
        plek: child and plaatsing.
    """

    poort: int
    environment: Mapping[str, str]
    plek: tuple[str, str]

    def token(self, days: int) -> str:
        """Return a token that was issued just now, by a clock that is this many days off."""
        secrets = load_secrets(Path(self.environment["PLEEGZICHT_SECRETS_FILE"]), create=False)
        return issue_token("begeleider", clock.now() + timedelta(days=days), secrets)

    def record(self, token: str, days: int, name: str) -> int:
        """Record a talk on the day that the service thinks it is; return the status."""
        kind, plaatsing = self.plek
        said = {
            "plaatsingId": plaatsing, "datum": (clock.today() + timedelta(days=days)).isoformat(),
            "doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True,
            "stemVanHetKind": f"klok {name}",
        }  # fmt: skip
        headers = {
            "Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": str(uuid4()),
        }  # fmt: skip
        return self._ask("POST", f"/v1/pleegkinderen/{kind}/kindgesprekken", json.dumps(said), headers).status

    def sign_in(self) -> str:
        """Begin a session of the pages, as a browser of the demo does; return its cookie.

        Raises:
            RuntimeError: nobody was let in.
        """
        first, shown = self._answer("GET", "/", None, {})
        fields = re.findall(r'name="(\w+)" value="([^"]*)"', shown)
        form = urlencode({**dict(fields), "gebruiker": "begeleider"})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _cookies(first)}
        answer = self._ask("POST", "/aanmelden/demo", form, headers)
        if answer.status != http.client.SEE_OTHER:
            raise RuntimeError(f"aanmelden: {answer.status}")
        return _cookies(answer)

    def sees_pages(self, cookie: str) -> bool:
        """Tell whether a session opens a page."""
        return self._ask("GET", "/kinderen", None, {"Cookie": cookie}).status == http.client.OK

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        return self._answer(method, path, body, headers)[0]

    def _answer(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=60)
        try:
            line.request(method, path, body, dict(headers))
            answer = line.getresponse()
            return answer, answer.read().decode()
        finally:
            line.close()


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(one.partition(";")[0] for one in answer.headers.get_all("set-cookie", []))


def jump(bezoeker: Bezoeker, klok: Klok) -> Iterator[tuple[str, bool]]:
    """Let the clock jump; yield what was looked at, and whether it was as it must be."""
    klok.set(0)
    kept, cookie = bezoeker.token(0), bezoeker.sign_in()
    yield "sessie van nu opent een pagina", bezoeker.sees_pages(cookie)
    for turn, days in enumerate(_DAYS):
        klok.set(days)
        when = f"klok {days:+d} dag" if days else "klok goed"
        fresh = [bezoeker.record(bezoeker.token(days), days, f"{turn}.{number}") for number in range(3)]
        yield f"{when}: vastleggen {fresh}", set(fresh) == {http.client.CREATED}
        status = bezoeker.record(kept, days, f"oud {turn}")
        yield (
            f"{when}: token van eerder {status}",
            status == (http.client.UNAUTHORIZED if days else http.client.CREATED),
        )
        yield f"{when}: sessie van eerder", bezoeker.sees_pages(cookie) is (days == 0)
        command(bezoeker.environment, "werk", "zegel", "--nu")
        said = command(bezoeker.environment, "gezond", ends=None)
        wrong = any("Klok" in line and "FOUT" in line for line in said.splitlines())
        ahead = any(one > 0 for one in _DAYS[: turn + 1])  # what was recorded in the future stays there
        yield f"{when}: gezond meldt het", wrong is (days != 0 or ahead)


def out_of_order(connection: psycopg.Connection[tuple[object, ...]]) -> int:
    """Return how many talks were recorded no later than the one before them.

    Args:
        connection: of a superuser.
    """
    ((count,),) = connection.execute(_OUT_OF_ORDER).fetchall()
    return int(str(count))
