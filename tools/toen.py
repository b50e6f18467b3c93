"""What the files said then: histories asked as they were known at many moments, to ask again later (promise E)."""

import http.client
import random
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import urlencode

import psycopg

_OK = http.client.OK
_HISTORIES = """
SELECT uid::text, min(vastgelegd_op) FROM pleegkind
WHERE organisatie_id = (SELECT id FROM organisatie WHERE code = 'DEMO') GROUP BY uid ORDER BY uid
"""
_local = threading.local()


def choose(
    connection: psycopg.Connection[tuple[object, ...]], aantal: int, momenten: int, tot: datetime
) -> Sequence[str]:
    """Return paths that ask a number of histories as known at a number of moments, each by chance.

    Args:
        connection: sees every row.
        aantal: of histories.
        momenten: of each.
        tot: the last moment.
    """
    chance = random.Random()  # noqa: S311 — what is asked
    rows = [(str(uid), first) for uid, first in connection.execute(_HISTORIES) if isinstance(first, datetime)]
    chosen = chance.sample(rows, min(aantal, len(rows)))
    return [_path(uid, first + (tot - first) * chance.random(), n) for uid, first in chosen for n in range(momenten)]


def _path(uid: str, moment: datetime, number: int) -> str:
    """Return a question: judgements and the whole timeline in turn."""
    bekend_op = moment.isoformat()
    if number % 2:
        return f"/v1/pleegkinderen/{uid}/tijdlijn?{urlencode({'bekendOp': bekend_op, 'limit': 200})}"
    dag = (moment - timedelta(days=number)).date().isoformat()
    return f"/v1/pleegkinderen/{uid}/termijnen?{urlencode({'peildatum': dag, 'bekendOp': bekend_op})}"


def ask(port: int, token: str, paden: Sequence[str]) -> Mapping[str, bytes]:
    """Return path → answer, byte for byte.

    Raises:
        RuntimeError: one was not answered.
    """
    with ThreadPoolExecutor(3) as pool:
        return dict(zip(paden, pool.map(lambda path: _get(port, token, path), paden), strict=True))


def _get(port: int, token: str, path: str) -> bytes:
    if getattr(_local, "port", None) != port:
        _local.port, _local.line = port, http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    _local.line.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = _local.line.getresponse()
    body: bytes = answer.read()
    if answer.status != _OK:
        raise RuntimeError(f"{path.partition('?')[0]}: {answer.status}")
    return body


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> int:
    """Return how many answers are not what they were."""
    return sum(after[path] != answer for path, answer in before.items() if path in after)
