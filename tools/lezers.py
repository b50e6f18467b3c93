"""Who reads from the replica: an inspecteur who looks, and somebody of kwaliteit who exports what they just built.

An answer that was cut off on its way is asked again, as a browser would; one that ends in order must be whole.
"""

import base64
import hashlib
import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from uuid import uuid4

from app import clock

#: what an answer that was cut off on its way is counted as, and one that is not whole and does not show it
AFGEBROKEN, HALF = http.client.IncompleteRead.__name__, "half antwoord als heel"
_PATIENCE = 60.0
_PAUSE = 0.2
_LOOK = "/v1/toezicht/kengetallen"
_TOETSEN = "/v1/kwartaaltoetsen"


@dataclass
class Lezers:
    """Two of them, at one address.

    Attributes:
        poort: of loopback.
        inspecteur: a token.
        kwaliteit: a token.
        gelezen: how often which status came, or what broke.
        exports: of an audit that was built just before.
        ouder: how many of these were of an earlier one.
    """

    poort: int
    inspecteur: str
    kwaliteit: str
    gelezen: Counter[str] = field(default_factory=Counter)
    exports: int = 0
    ouder: int = 0

    def look(self, stop: threading.Event) -> None:
        """Look at an organisatie until told to stop."""
        while not stop.is_set():
            self._ask("GET", _LOOK, self.inspecteur)
            time.sleep(_PAUSE)

    def build_and_export(self, stop: threading.Event) -> None:
        """Build the audit of this quarter and export it, until told to stop."""
        vandaag = clock.today()
        body = json.dumps({"kwartaal": f"{vandaag.year}-Q{(vandaag.month + 2) // 3}"}).encode()
        while not stop.is_set():
            headers, answer = self._ask("POST", _TOETSEN, self.kwaliteit, body)
            if answer:
                built = json.loads(answer)
                headers, exported = self._ask("GET", f"{_TOETSEN}/{built['id']}/export?formaat=json", self.kwaliteit)
                if exported:
                    self.exports += 1
                    self.ouder += headers["x-toets-digest"] != built["digest"]
            time.sleep(_PAUSE)

    def _ask(self, method: str, path: str, token: str, body: bytes | None = None) -> tuple[Mapping[str, str], bytes]:
        """Return the headers and the body of an answer that is one; count what came, until one was not cut off."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if body is not None:
            headers["Idempotency-Key"] = str(uuid4())
        while True:
            got = fetch(self.poort, method, path, headers, body)
            self.gelezen[got.naam] += 1
            if got.naam != AFGEBROKEN:
                return got.headers, got.inhoud


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What came of one request.

    Attributes:
        naam: its status, or what broke.
        headers: by name in small letters.
        inhoud: of an answer that gives what was asked; else nothing.
    """

    naam: str
    headers: Mapping[str, str] = field(default_factory=dict)
    inhoud: bytes = b""


def fetch(poort: int, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Antwoord:
    """Ask once, on a line of its own."""
    line = http.client.HTTPConnection("127.0.0.1", poort, timeout=_PATIENCE)
    try:
        line.request(method, path, body, dict(headers))
        answer = line.getresponse()
        given = answer.read()
    except (OSError, http.client.HTTPException) as error:
        return Antwoord(type(error).__name__)
    finally:
        line.close()
    if not is_whole(answer.headers, given):
        return Antwoord(HALF)
    good = answer.status in (http.client.OK, http.client.CREATED)
    names = {name.lower(): value for name, value in answer.getheaders()}
    return Antwoord(str(answer.status), names, given if good else b"")


def is_whole(headers: Message, given: bytes) -> bool:
    """Tell whether a JSON answer that ended in order is all of it: it said where it ends, and what it is."""
    ends, said = headers.get("content-length") or headers.get("transfer-encoding"), headers.get("repr-digest")
    try:
        json.loads(given)
    except ValueError:
        return False
    own = f"sha-256=:{base64.b64encode(hashlib.sha256(given).digest()).decode()}:"
    return ends is not None and said in (None, own)
