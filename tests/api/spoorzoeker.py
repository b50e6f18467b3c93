"""No answer shows a child that the access log does not name: every answer that passes here is searched."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import UUID

from httpx2 import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import sessions
from app.models import Samenvoeging
from app.services.inzagen.logboek import Voornemen, record_intent, record_outcome
from app.web import spoor

_UUID = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_CHILD = re.compile(rf'"(?:pleegkind(?:Id|Uid)?|ander(?:Id|Uid))":(?:\{{"id":)?"{_UUID}"')
_OWN_ID = re.compile(rf'"id":"{_UUID}"')
_OF_CHILD = re.compile(rf"/v1/pleegkinderen/{_UUID}(?:/|$)")
#: where every id is a child's
_ALL_CHILDREN = re.compile(r"/v1/(?:pleegkinderen|pleegkinderen/_zoek|pleegkinderen/[0-9a-f-]{36}|bespreeklijst)")

_verzoeken: dict[UUID, str] = {}
_named: dict[str, frozenset[UUID]] = {}
_engines: dict[str, Any] = {}


@contextmanager
def listening() -> Iterator[None]:
    """Remember of every request which children its line in the log names."""

    def intend(engine: Any, actor: Any, handeling: Any, nu: Any, **more: Any) -> Voornemen:
        voornemen = record_intent(engine, actor, handeling, nu, **more)
        _verzoeken[voornemen.uid] = handeling.verzoek_id
        return voornemen

    def end(engine: Any, voornemen: Voornemen, uitkomst: Any, kinderen: Any, nu: Any, **more: Any) -> None:
        record_outcome(engine, voornemen, uitkomst, kinderen, nu, **more)
        if voornemen.uid in _verzoeken:
            _named[_verzoeken[voornemen.uid]] = frozenset(kinderen or ())
            _engines[_verzoeken[voornemen.uid]] = engine

    with mock.patch.object(spoor, "record_intent", intend), mock.patch.object(spoor, "record_outcome", end):
        yield


def look_for_children(answer: Response) -> None:
    """Assert that the log names every child in an answer that was shown, where it was listened to."""
    named = _named.get(answer.headers["x-request-id"])
    if named is not None and answer.status_code < 400:
        forgotten = shown_in(answer) - named
        if forgotten:
            forgotten -= _gone_into(_engines[answer.headers["x-request-id"]], named)
        assert not forgotten, (answer.request.method, answer.request.url.path, forgotten)


def _gone_into(engine: Any, kinderen: Iterable[UUID]) -> set[UUID]:
    """Return the files that went into those of these children: at their address stands the file that the log names."""
    owner = sessions.make_engine(engine.url, role=None)
    try:
        with Session(owner) as session:
            gone = select(Samenvoeging.ander_uid).where(Samenvoeging.pleegkind_uid.in_(list(kinderen)))
            return set(session.scalars(gone))
    finally:
        owner.dispose()


def shown_in(answer: Response) -> set[UUID]:
    """Return the children in an answer, by its bytes and its address."""
    path = answer.request.url.path
    found = _OF_CHILD.findall(path)
    if answer.headers.get("content-type") == "application/json":
        found += _CHILD.findall(answer.text)
        found += _OWN_ID.findall(answer.text) if _ALL_CHILDREN.fullmatch(path) else []
    return {UUID(one) for one in found}
