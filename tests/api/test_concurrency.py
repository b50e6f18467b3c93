"""Many at once, through a real server on loopback: one key gives one record, and no edit is lost."""

import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Idempotentie, Kindgesprek
from app.routers import params
from app.web import idempotency
from tests.api.client import Dienst, Gebruiker
from tests.api.files import ALLEEN, Kind, overdue_child
from tests.api.world import World
from tests.keuze import drawn

KEYS, TIMES, CLIENTS = drawn(20, 60), 3, 12
EDITORS, EDITS = 8, 4


@dataclass(frozen=True)
class Antwoord:
    status: int
    etag: str
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Caller:
    """Asks over TCP; each call has a connection of its own."""

    port: int

    def __call__(
        self, who: Gebruiker, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> Antwoord:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            given = {**who.headers, "Content-Type": "application/json", **(headers or {})}
            connection.request(method, f"/v1{path}", json.dumps(body) if body is not None else None, given)
            answer = connection.getresponse()
            return Antwoord(answer.status, answer.headers.get("ETag", ""), answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def call(dienst: Dienst) -> Iterator[Caller]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(dienst.app, log_config=None, access_log=False, server_header=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield Caller(listener.getsockname()[1])
    server.should_exit = True
    thread.join(timeout=10)
    listener.close()


def rows_of(dienst: Dienst, kind: Kind) -> int:
    """Return how many versions of talks the child has."""
    with Session(dienst.owner) as session:
        own = select(func.count(Kindgesprek.id)).where(Kindgesprek.vervolgactie == kind.ids["pleegkind"])
        return session.execute(own).scalar_one()


def keys_at_once(dienst: Dienst, call: Caller, kind: Kind, keys: int) -> tuple[set[int], list[set[bytes]], int]:
    """Let each key come in three times at the same moment.

    Returns:
        the statuses, the different answers per key, and the rows that were made.
    """
    body = {**kind.talk_body(), "vervolgactie": kind.ids["pleegkind"]}
    todo = [(f"{kind.ids['pleegkind']}-{i}", body) for i in range(keys) for _ in range(TIMES)]
    path = f"{kind.path}/kindgesprekken"

    def post(one: tuple[str, object]) -> Antwoord:
        return call(kind.begeleider, "POST", path, one[1], {"Idempotency-Key": one[0]})

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(post, todo))
    per_key = [{answer.body for answer in answers[i : i + TIMES]} for i in range(0, len(answers), TIMES)]
    return {answer.status for answer in answers}, per_key, rows_of(dienst, kind)


def test_one_key_gives_one_record_and_one_answer(world: World, dienst: Dienst, call: Caller) -> None:
    kind = overdue_child(world)
    statuses, per_key, rows = keys_at_once(dienst, call, kind, KEYS)
    assert statuses == {201}
    assert rows == KEYS
    assert {len(answers) for answers in per_key} == {1}
    assert len({answer for answers in per_key for answer in answers}) == KEYS
    assert len(kind.begeleider.walk(f"{kind.path}/kindgesprekken?limit=100")) == KEYS
    with Session(dienst.owner) as session:
        unanswered = select(func.count()).select_from(Idempotentie).where(Idempotentie.status.is_(None))
        assert session.execute(unanswered).scalar_one() == 0


def test_without_the_claim_there_are_more(
    world: World, dienst: Dienst, call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault."""
    monkeypatch.setattr(idempotency.OnceOnly, "_claim", lambda _: True)
    monkeypatch.setattr(idempotency.OnceOnly, "_keep", lambda *_: None)
    statuses, per_key, rows = keys_at_once(dienst, call, overdue_child(world), 3)
    assert statuses == {201}
    assert rows == 3 * TIMES
    assert {len(answers) for answers in per_key} == {TIMES}


@dataclass(frozen=True)
class Edit:
    """How one kind of text is read and changed: what it is now, and the request that adds a mark."""

    path: str
    text: Callable[[Any], str]
    save: Callable[[str], tuple[str, str, dict[str, Any]]]


def edit_talk(kind: Kind) -> Edit:
    path = f"/kindgesprekken/{kind.talk(stemVanHetKind='begin').id}"
    return Edit(
        path,
        lambda shown: str(shown["stemVanHetKind"]),
        lambda text: ("POST", f"{path}/correctie", {"reden": "aangevuld", "stemVanHetKind": text}),
    )


def edit_family(kind: Kind) -> Edit:
    path = f"/pleeggezinnen/{kind.ids['pleeggezin']}"
    return Edit(path, lambda shown: str(shown["naam"]), lambda text: ("PATCH", path, {"naam": text}))


def add_marks(call: Caller, who: Gebruiker, edit: Edit, editor: int) -> tuple[list[str], int]:
    """Add one's marks, reading again whenever somebody else was first; return the accepted ones and the refusals."""
    accepted, refused = [], 0
    for number in range(EDITS):
        mark = f"#{editor}.{number}"
        while True:
            now = call(who, "GET", edit.path)
            method, path, body = edit.save(edit.text(now.json()) + mark)
            answer = call(who, method, path, body, {"If-Match": now.etag})
            assert answer.status in (200, 201, 412), answer.body
            if answer.status != 412:
                accepted.append(mark)
                break
            refused += 1
    return accepted, refused


@pytest.mark.parametrize("what", [edit_talk, edit_family])
def test_every_accepted_edit_is_found(world: World, call: Caller, what: Callable[[Kind], Edit]) -> None:
    kind = overdue_child(world)
    edit = what(kind)
    with ThreadPoolExecutor(EDITORS) as pool:
        done = list(pool.map(lambda editor: add_marks(call, kind.teamleider, edit, editor), range(EDITORS)))
    accepted = [mark for marks, _ in done for mark in marks]
    shown = kind.teamleider.read(edit.path)
    text = edit.text(shown)
    assert len(accepted) == EDITORS * EDITS
    assert [mark for mark in accepted if text.count(mark) != 1] == []
    assert shown["versie"] == 1 + len(accepted)
    assert sum(refused for _, refused in done) > 0, "nobody was ever in another's way: this proved nothing"


@pytest.mark.parametrize("what", [edit_talk, edit_family])
@pytest.mark.parametrize("checked", [True, False])
def test_who_did_not_see_the_last_version_is_refused(
    world: World, call: Caller, monkeypatch: pytest.MonkeyPatch, what: Callable[[Kind], Edit], *, checked: bool
) -> None:
    """Two who read the same version; ``checked=False`` is the planted fault, and loses the first one's mark."""
    if not checked:
        monkeypatch.setattr(params, "require_match", lambda *_: None)
    kind = overdue_child(world)
    edit = what(kind)
    now = call(kind.teamleider, "GET", edit.path)
    answers = []
    for mark in ("#een", "#twee"):
        method, path, body = edit.save(edit.text(now.json()) + mark)
        answers.append(call(kind.teamleider, method, path, body, {"If-Match": now.etag}).status)
    text = edit.text(kind.teamleider.read(edit.path))
    assert (answers[1] == 412, "#een" in text) == (checked, checked)


def test_an_edit_without_if_match_is_428(world: World, call: Caller) -> None:
    kind = overdue_child(world)
    for what in (edit_talk, edit_family):
        method, path, body = what(kind).save("blind")
        assert call(kind.teamleider, method, path, body).status == 428


def test_two_plaatsingen_at_once_give_one(world: World, call: Caller) -> None:
    """Both see a free child; the database lets one through, the other gets a clear 409."""
    kind = overdue_child(world)
    kind.teamleider.made(
        f"/plaatsingen/{kind.ids['plaatsing']}/beeindiging", {"tot": "2026-12-01", "eindreden": "verhuist"}
    )
    body = {"pleegkindId": kind.ids["pleegkind"], "pleeggezinId": kind.ids["pleeggezin"], "van": "2026-12-01"}
    whole = {**body, "vorm": "voltijd", "zorgvorm": "pleegzorg"}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: call(kind.teamleider, "POST", "/plaatsingen", whole), range(6)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status == 409} == {"overlap"}


def test_the_deadline_follows_whoever_was_last(world: World, call: Caller) -> None:
    """Recordings about one child at the same moment: the stored deadline knows them all."""
    kind = overdue_child(world)
    days = ["2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01", "2026-11-02"]
    path = f"{kind.path}/kindgesprekken"
    bodies = [{"plaatsingId": kind.ids["plaatsing"], "datum": day, **ALLEEN} for day in days]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda body: call(kind.begeleider, "POST", path, body).status, bodies))
    assert answers == [201] * 6
    stored = kind.begeleider.walk("/termijnen?stand=op_tijd&norm=KAG-R")
    assert [one["uiterlijk"] for one in stored if one["pleegkindId"] == kind.ids["pleegkind"]] == ["2027-03-02"]
