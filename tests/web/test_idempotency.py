"""One key, one actor, one record, the same answer."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from httpx2 import Response
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.db import sessions
from app.models import Idempotentie
from app.terms import Rol
from tests.web.conftest import Gebruiker, NewUser, Revoke
from tests.web.proefapp import ding

BODY = {"naam": "fiets", "eersteDatum": "2026-07-01"}


def _post(client: TestClient, who: Gebruiker, key: str | None, body: object = BODY) -> Response:
    headers = who.headers | ({"Idempotency-Key": key} if key else {})
    return client.post("/v1/dingen", json=body, headers=headers)


def _count(engine: Engine, who: Gebruiker) -> int:
    with Session(engine) as session:
        mine = select(func.count()).select_from(ding).where(ding.c.eigenaar == who.subject.upper())
        return session.execute(mine).scalar_one()


def test_the_same_key_and_body_replays_the_first_answer(
    client: TestClient, web_engine: Engine, begeleider: Gebruiker
) -> None:
    first, second = _post(client, begeleider, "k-1"), _post(client, begeleider, "k-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    for name in ("ETag", "Location", "Content-Type"):
        assert first.headers[name] == second.headers[name]
    assert first.headers["Location"] == f"/v1/dingen/{first.json()['id']}"
    assert _count(web_engine, begeleider) == 1


def test_without_a_key_every_request_is_done(client: TestClient, web_engine: Engine, begeleider: Gebruiker) -> None:
    assert _post(client, begeleider, None).json()["id"] != _post(client, begeleider, None).json()["id"]
    assert _count(web_engine, begeleider) == 2


def test_the_same_key_with_another_body_is_422(client: TestClient, web_engine: Engine, begeleider: Gebruiker) -> None:
    _post(client, begeleider, "k-1")
    other = _post(client, begeleider, "k-1", {**BODY, "naam": "step"})
    assert other.status_code == 422
    assert other.json()["code"] == "sleutel_hergebruikt"
    assert _count(web_engine, begeleider) == 1


def test_the_key_of_another_actor_never_matches(client: TestClient, begeleider: Gebruiker, new_user: NewUser) -> None:
    other = new_user(Rol.PLEEGZORGBEGELEIDER)
    first, second = _post(client, begeleider, "samen"), _post(client, other, "samen")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


def test_a_replay_after_access_was_lost_is_refused(
    client: TestClient, web_engine: Engine, begeleider: Gebruiker
) -> None:
    _post(client, begeleider, "k-1")
    with sessions.unit_of_work(web_engine) as session:
        session.execute(update(ding).where(ding.c.eigenaar == begeleider.subject.upper()).values(eigenaar="x"))
    replay = _post(client, begeleider, "k-1")
    assert replay.status_code == 404
    assert "fiets" not in replay.text


def test_a_replay_after_the_account_was_revoked_is_refused(
    client: TestClient, begeleider: Gebruiker, revoke: Revoke
) -> None:
    _post(client, begeleider, "k-1")
    revoke(begeleider)
    assert _post(client, begeleider, "k-1").status_code == 401


def test_a_request_that_failed_leaves_its_key_free(
    client: TestClient, web_engine: Engine, begeleider: Gebruiker
) -> None:
    assert _post(client, begeleider, "k-1", {**BODY, "naam": "botsing"}).status_code == 409
    assert _count(web_engine, begeleider) == 0
    assert _post(client, begeleider, "k-1").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "tab\there", "é"])
def test_a_key_is_1_to_255_printable_ascii(client: TestClient, begeleider: Gebruiker, key: str) -> None:
    headers = {**begeleider.headers, "Idempotency-Key": key.encode("latin-1")}
    answer = client.post("/v1/dingen", json=BODY, headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert [fault["in"] for fault in answer.json()["errors"]] == ["header"]


def test_simultaneous_requests_with_one_key_give_one_record(
    client: TestClient, web_engine: Engine, begeleider: Gebruiker
) -> None:
    keys = [uuid4().hex for _ in range(20)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda key: _post(client, begeleider, key), [key for key in keys for _ in range(3)]))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 20
    assert _count(web_engine, begeleider) == 20


def test_record_and_kept_answer_stand_or_fall_together(web_engine: Engine, begeleider: Gebruiker) -> None:
    with Session(web_engine) as session:
        unanswered = select(func.count()).select_from(Idempotentie).where(Idempotentie.status.is_(None))
        assert session.execute(unanswered).scalar_one() == 0
