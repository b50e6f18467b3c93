"""The fixed corpus of bad input on every real write: a clear 4xx, and not a row more in any table.

Writes take turns: each is sent some of the corpus, together they are sent all of it; in ``make drill-tests`` each all.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.client import PREFIX, Dienst, look_at
from tests.api.database import count_rows, more_rows
from tests.api.posts import asked_writes, every_write
from tests.api.verzoek import Verzoek
from tests.api.world import World
from tests.keuze import of_turn

MEGABYTE = b" " * 1_000_000
#: bodies that are wrong whatever the route
BODIES: dict[str, bytes] = {
    "empty": b"",
    "null": b"null",
    "list": b"[]",
    "text": b'"x"',
    "number": b"1",
    "no json": b"{reden: x}",
    "cut off": b'{"reden": "x"',
    "two values": b'{"reden": "x"} {"reden": "y"}',
    "byte order mark": b'\xef\xbb\xbf{"reden": "x"}',
    "utf-16": '{"reden": "x"}'.encode("utf-16"),
    "no utf-8": b'{"reden": "\xff\xfe"}',
    "overlong utf-8": b'{"reden": "\xc0\x80"}',
    "utf-8 surrogate": b'{"reden": "\xed\xa0\x80"}',
    "raw NUL": b'{"reden": "a\x00b"}',
    "escaped NUL": b'{"reden": "a\\u0000b"}',
    "NUL in a key": b'{"re\\u0000den": "x"}',
    "lone surrogate": b'{"reden": "\\ud800"}',
    "surrogates reversed": b'{"reden": "\\udc00\\ud800"}',
    "NaN": b'{"reden": NaN}',
    "Infinity": b'{"reden": [-Infinity]}',
    "overflow": b'{"reden": 1e999}',
    "many digits": b'{"reden": ' + b"9" * 5000 + b"}",
    "duplicate key": b'{"reden": "x", "reden": "y"}',
    "duplicate key below": b'{"reden": {"x": 1, "x": 2}}',
    "33 deep": b'{"reden": ' + b"[" * 33 + b"]" * 33 + b"}",
    "100,000 lists deep": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects deep": b'{"x":' * 100_000 + b"1" + b"}" * 100_000,
}
MANY_KEYS = json.dumps({f"k{i}": i for i in range(5_000)}).encode()
UNSTORABLE = ("\0", "a\0b", "\ud800", "\udfff end")
PATHS = (
    "/pleegkinderen/%00", "/pleegkinderen/%ff", "/pleegkinderen/%c0%80", "//pleegkinderen", "/../livez",
    "/%2e%2e/livez", "/pleegkinderen/..%2f..%2flivez", "/pleegkinderen;x=1", "/pleegkinderen/" + "a" * 20_000,
    "/pleegkinderen/%F0%9F%98%80", "/PLEEGKINDEREN", "/pleegkinderen%20", "/pleegkinderen%0d%0aX-A:%20b",
)  # fmt: skip
QUERIES = (
    "cursor=%00", "cursor=%ff", "peildatum=%ed%a0%80", "limit=" + "9" * 5000, "limit=-1", "limit=1e3", "limit=%D9%A1",
    "team=%00", "team='%20OR%201=1--", "stand=te_laat'", "bekendOp=0001-01-01T00:00:00Z", "x" * 20_000 + "=1",
    "bekendOp=2026-01-01T00:00:00%2B99:99", "peildatum=2026-11-02&peildatum=2026-11-03", "bekendOp=", "team=",
    "&".join(f"k{i}=1" for i in range(2000)),
)  # fmt: skip


def writes_with_a_body(world: World, *, heel: bool) -> dict[tuple[str, str], Verzoek]:
    made = {route: make() for route, make in asked_writes(world, heel=heel).items()}
    return {route: verzoek for route, verzoek in made.items() if verzoek.body is not None}


def unstorable(body: Any, turn: int, number: int) -> Iterator[Any]:
    """Yield the body with so much of what no database stores in one text at a time, and as a key."""
    for step, (name, value) in enumerate(body.items(), turn):
        texts = of_turn(UNSTORABLE, step, number)
        if isinstance(value, str):
            yield from ({**body, name: text} for text in texts)
        elif isinstance(value, list):
            yield from ({**body, name: [text]} for text in texts)
        elif isinstance(value, dict):
            yield from ({**body, name: below} for below in unstorable(value, step, number))
    yield {**body, "\ud800": 1}


def bad_bodies(body: Any, turn: int, *, heel: bool) -> dict[str, Any]:
    """Return what one write is sent."""
    names = list(BODIES) if heel else of_turn(list(BODIES), turn, 5)
    texts = unstorable(body, turn, len(UNSTORABLE) if heel else 1)
    return {**{name: BODIES[name] for name in names}, **{f"unstorable {i}": one for i, one in enumerate(texts)}}


def test_bad_bodies_are_refused_and_write_nothing(world: World, dienst: Dienst, *, heel: bool) -> None:
    wrong, tried, writes = [], set[str](), writes_with_a_body(world, heel=heel)
    before = count_rows(dienst.owner)
    for turn, ((method, path), verzoek) in enumerate(writes.items()):
        for name, body in bad_bodies(verzoek.body, turn, heel=heel).items():
            tried.add(name)
            answer = verzoek.with_body(body).send(key=f"{path} {name}")
            if answer.status_code != 400 or not answer.json()["errors"]:
                wrong.append(f"{method} {path} {name}: {answer.status_code}")
    assert wrong == []
    assert more_rows(before, count_rows(dienst.owner)) == {}
    assert set(BODIES) < tried


def test_many_unknown_keys_are_refused(world: World, dienst: Dienst) -> None:
    verzoek = every_write(world)["POST", "/pleegkinderen/{id}/kindgesprekken"]()
    before = count_rows(dienst.owner)
    assert verzoek.with_body(MANY_KEYS).send().status_code == 400
    assert more_rows(before, count_rows(dienst.owner)) == {}


def test_fifty_megabytes_are_refused_and_write_nothing(world: World, dienst: Dienst, *, heel: bool) -> None:
    """Sent in parts of which nobody said how many there would be; and announced, which costs no reading at all."""
    makers = list(every_write(world).items())
    writes = {route: make() for route, make in (makers if heel else makers[::5])}
    before = count_rows(dienst.owner)
    for (method, path), verzoek in writes.items():
        headers = [*verzoek.user.headers.items(), ("Content-Type", "application/json")]
        target = PREFIX + verzoek.path
        streamed = dienst.client.stream(method, target, parts=[MEGABYTE] * 50, headers=headers)
        announced = dienst.client.stream(
            method, target, parts=[b"{}"], headers=[*headers, ("Content-Length", "50000000")]
        )
        for answer in (streamed, announced):
            look_at(answer)
            assert answer.status_code == 413, (method, path)
    assert more_rows(before, count_rows(dienst.owner)) == {}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PATCH"])
def test_strange_paths_are_refused(world: World, dienst: Dienst, method: str) -> None:
    before = count_rows(dienst.owner)
    for path in PATHS:
        answer = world["beheerder"].ask(method, path, {} if method in ("POST", "PATCH") else None)
        assert answer.status_code in (400, 404, 405), (path[:40], answer.status_code)
        assert "x-a" not in answer.headers
    assert more_rows(before, count_rows(dienst.owner)) == {}


@pytest.mark.parametrize("path", ["/pleegkinderen", "/termijnen", "/plaatsingen", "/medewerkers"])
def test_strange_queries_are_refused(world: World, path: str) -> None:
    for query in QUERIES:
        assert world["beheerder"].get(f"{path}?{query}").status_code == 400, query[:40]


def test_strange_headers_are_refused(world: World, dienst: Dienst) -> None:
    verzoek = every_write(world)["POST", "/pleegkinderen/{id}/kindgesprekken"]()
    before = count_rows(dienst.owner)
    for key in ("", " " * 300, "x" * 256, "\x00", "tab\t", "é", "\x7f"):
        assert verzoek.send(key=key).status_code == 400, key
    for etag in ('"', "x" * 1001, "*"):
        answer = world["teamleider"].ask("PATCH", f"/pleegkinderen/{world.files['eigen']['pleegkind']}", {}, etag=etag)
        assert answer.status_code in (400, 412, 428), etag
    assert more_rows(before, count_rows(dienst.owner)) == {}


def test_the_count_would_see_a_row(world: World, dienst: Dienst) -> None:
    """The planted fault: one recording among all that is refused."""
    before = count_rows(dienst.owner)
    every_write(world)["POST", "/teams"]().send(key="een rij")
    in_the_log = {"wijzigingspakket": 1, "wijziging": 1, "wijzigingsschakel": 1}
    assert more_rows(before, count_rows(dienst.owner)) == {"team": 1, "idempotentie": 1, "volgorde": 1, **in_the_log}
