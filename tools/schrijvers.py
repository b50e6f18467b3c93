"""Begeleiders who record talks and do not give up: the same key again until an answer says that it was recorded.

What was acknowledged is looked up afterwards: once, in the change log, with its kept answer, and in the access log.
"""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from uuid import uuid4

import psycopg

from app import clock
from tools.lezers import HALF, is_whole

_PATIENCE = 60.0  # seconds for one answer
_PAUSE = 0.05  # before it asks again
_CREATED, _UNAVAILABLE = 201, 503
PLACES = """
SELECT k.uid::text, p.uid::text FROM begeleiding b
JOIN account a ON a.medewerker_id = b.medewerker_id AND a.subject = 'begeleider'
JOIN plaatsing p ON p.feit_id = b.plaatsing_id JOIN pleegkind k ON k.feit_id = p.pleegkind_id
WHERE b.van <= current_date AND coalesce(b.tot, 'infinity') > current_date
  AND p.van <= current_date AND coalesce(p.tot, 'infinity') > current_date
  AND NOT EXISTS (SELECT FROM begeleiding n WHERE n.vervangt_id = b.id)
  AND NOT EXISTS (SELECT FROM plaatsing n WHERE n.vervangt_id = p.id)
  AND NOT EXISTS (SELECT FROM pleegkind n WHERE n.vervangt_id = k.id)
ORDER BY k.nummer
"""
_FOUND = """
SELECT gevraagd.sleutel, count(DISTINCT g.id), count(DISTINCT w.id), count(DISTINCT i.id), count(DISTINCT z.uid)
FROM unnest(%s::text[], %s::text[]) AS gevraagd (sleutel, verzoek)
LEFT JOIN kindgesprek g ON g.stem_van_het_kind = gevraagd.sleutel
LEFT JOIN wijziging w ON w.tabel = 'kindgesprek' AND w.rij_id = g.id
LEFT JOIN idempotentie i ON i.sleutel = gevraagd.sleutel AND i.status = 201
LEFT JOIN inzage z ON z.verzoek_id = gevraagd.verzoek
    AND EXISTS (SELECT FROM inzage_afloop a WHERE a.inzage_uid = z.uid AND a.uitkomst = 'getoond')
GROUP BY gevraagd.sleutel
"""


@dataclass(frozen=True, slots=True)
class Bevestigd:
    """A talk that was acknowledged.

    Attributes:
        sleutel: its key, which it also says.
        verzoek: id of the request that was answered.
        begonnen: before the first try.
        op: when the answer came.
    """

    sleutel: str
    verzoek: str
    begonnen: datetime
    op: datetime


@dataclass
class Telling:
    """What writers got: what was acknowledged, what went wrong on the way, and since when each waits for an answer."""

    bevestigd: list[Bevestigd] = field(default_factory=list)
    fouten: Counter[str] = field(default_factory=Counter)
    wachtend: dict[int, float] = field(default_factory=dict)

    def longest_wait(self) -> float:
        """Return for how many seconds the one waits who waits longest now."""
        began = min(list(self.wachtend.values()), default=None)
        return 0.0 if began is None else time.monotonic() - began

    def longest_silence(self) -> float:
        """Return the longest time in seconds between two answers that something was recorded."""
        moments = sorted(one.op for one in self.bevestigd)
        return max(((b - a).total_seconds() for a, b in pairwise(moments)), default=0.0)


@dataclass(frozen=True, slots=True)
class Gevonden:
    """What the database has of what was acknowledged: how many are gone, there more than once, without a trace."""

    verloren: int
    dubbel: int
    zonder_spoor: int


@dataclass(frozen=True)
class Schrijvers:
    """Who records, where.

    Attributes:
        poorten: of loopback; after an error the next one is asked.
        token: of the demo's begeleider.
        plekken: child and plaatsing (``PLACES``).
        telling: what they got.
    """

    poorten: Sequence[int]
    token: str
    plekken: Sequence[tuple[str, str]]
    telling: Telling = field(default_factory=Telling)

    def start(self, aantal: int, stop: threading.Event) -> Sequence[threading.Thread]:
        """Let a number of them write until told to stop; what is being recorded then is not given up."""
        threads = [threading.Thread(target=self._write, args=(number, stop)) for number in range(aantal)]
        for one in threads:
            one.start()
        return threads

    def _write(self, number: int, stop: threading.Event) -> None:
        door = _Deur(self.poorten, number)
        while not stop.is_set():
            kind, plaatsing = self.plekken[(number + len(self.telling.bevestigd)) % len(self.plekken)]
            self._record(door, kind, plaatsing, stop)
        door.close()

    def _record(self, door: "_Deur", kind: str, plaatsing: str, stop: threading.Event) -> None:
        sleutel, begonnen, asked_after_end = str(uuid4()), clock.now(), 0
        body = json.dumps(_talk(plaatsing, sleutel)).encode()
        headers = {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": sleutel,
        }  # fmt: skip
        while asked_after_end < 100:  # noqa: PLR2004 — a service that stays away ends the drill all the same
            self.telling.wachtend[threading.get_ident()] = time.monotonic()
            status, verzoek = door.post(f"/v1/pleegkinderen/{kind}/kindgesprekken", body, headers)
            del self.telling.wachtend[threading.get_ident()]
            if status == str(_CREATED):
                self.telling.bevestigd.append(Bevestigd(sleutel, verzoek, begonnen, clock.now()))
                return
            self.telling.fouten[status] += 1
            asked_after_end += stop.is_set()
            time.sleep(_PAUSE)


def _talk(plaatsing: str, sleutel: str) -> Mapping[str, object]:
    said = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True}
    return {"plaatsingId": plaatsing, "datum": clock.today().isoformat(), **said, "stemVanHetKind": sleutel}


class _Deur:
    """One connection that stays open; after whatever went wrong the next port gets a new one."""

    def __init__(self, poorten: Sequence[int], number: int) -> None:
        self._poorten, self._turn = poorten, number
        self._connection = self._open()

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[str, str]:
        """Return the status and the id of the request; for a connection that broke what it said instead."""
        try:
            self._connection.request("POST", path, body, dict(headers))
            answer = self._connection.getresponse()
            given = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._next()
            return type(error).__name__, ""
        if not is_whole(answer.headers, given):
            self._next()
            return HALF, ""
        if answer.status >= _UNAVAILABLE:
            self._next()
        if answer.status == _UNAVAILABLE and not answer.headers.get("retry-after"):
            return "503 zonder Retry-After", ""
        return str(answer.status), answer.headers.get("x-request-id", "")

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _next(self) -> None:
        self._connection.close()
        self._turn += 1
        self._connection = self._open()

    def _open(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(
            "127.0.0.1", self._poorten[self._turn % len(self._poorten)], timeout=_PATIENCE
        )


def look_up(connection: psycopg.Connection[tuple[object, ...]], bevestigd: Sequence[Bevestigd]) -> Gevonden:
    """Return what a database has of what was acknowledged.

    Args:
        connection: of a superuser, who sees every row.
        bevestigd: what must be there.
    """
    asked = [one.sleutel for one in bevestigd], [one.verzoek for one in bevestigd]
    rows = connection.execute(_FOUND, asked).fetchall()
    lost = sum(row[1] == 0 for row in rows)
    double = sum(int(str(row[1])) > 1 for row in rows)
    return Gevonden(lost, double, sum(row[1] != 0 and 0 in row[2:] for row in rows))
