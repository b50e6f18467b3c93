"""Who reads from the replica: an inspecteur who looks, and somebody of kwaliteit who exports what they just built."""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from app import clock

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
        """Return the headers and the body of an answer that is one; count what came."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if body is not None:
            headers["Idempotency-Key"] = str(uuid4())
        line = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=_PATIENCE)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            given = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.gelezen[type(error).__name__] += 1
            return {}, b""
        finally:
            line.close()
        self.gelezen[str(answer.status)] += 1
        good = answer.status in (http.client.OK, http.client.CREATED)
        return {name.lower(): value for name, value in answer.getheaders()}, given if good else b""
