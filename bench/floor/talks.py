"""Recording a talk, exactly once."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from pydantic_core import to_json

from bench.floor import talk_sql as sql
from bench.floor.database import Actor, Connection
from bench.floor.errors import Refused

_FORMS = frozenset(("fysiek", "beeldbellen", "telefoon"))
_FLAGS = ("doorgegaan", "alleen", "veiligheidBesproken")
#: what a talk may say beside, and none of the benchmark does
_NOT_TOLD = dict.fromkeys(("plaats", "veiligInGezin", "watWilHetKind", "teruggekoppeldOp", "aanwezigen", "opvolging"))
_TEXTS = ("redenNietAlleen", "kindVoeldeZichVeilig", "stemVanHetKind", "vervolgactie")


@dataclass(frozen=True, slots=True)
class Post:
    """A talk as it came in.

    Attributes:
        child: in the path.
        key: the Idempotency-Key.
        digest: HMAC of the request.
        body: as sent.
        at: the instant.
        today: the day.
    """

    child: UUID
    key: str
    digest: bytes
    body: bytes
    at: datetime
    today: date


def digest_of(secret: bytes, line: str, body: bytes) -> bytes:
    """Return by what a request is known again."""
    return hmac.digest(secret, line.encode() + b"\n" + body, hashlib.sha256)


async def record(connection: Connection, actor: Actor, post: Post) -> tuple[int, bytes]:
    """Record a talk, or return the answer that its key got before; the caller commits.

    Returns:
        status and body.

    Raises:
        Refused: the body is none, the child or plaatsing is not the actor's, or the key was used for another.
    """
    claim = (actor.organisatie, actor.account, post.key, post.digest, post.at)
    claimed = await connection.fetchval(sql.CLAIM, *claim)
    if claimed is None:
        return await _kept(connection, actor, post)
    body = _record_body(post)
    talk = _checked(body, post.today)
    where = (post.today, actor.medewerker, post.child, UUID(body["plaatsingId"]), talk["datum"])
    found = await connection.fetchrow(sql.LOCK, *where)
    if found is None:
        raise Refused(404)
    for statement in _follows(talk):
        since = (talk["datum"], post.today, found["sleutel"])
        await connection.execute(statement, found["kind"], found["plaatsing"], *since)
    answer = to_json(await _insert(connection, actor, post, talk, found))
    await connection.execute(sql.KEEP, claimed, 201, answer, json.dumps({"headers": {}, "uid": None}))
    return 201, answer


def _follows(talk: Mapping[str, Any]) -> Iterator[str]:
    """Yield what brings the termijnen up to date: the child was seen, and the talk counts."""
    if talk["doorgegaan"] and talk["vorm"] == "fysiek":
        yield sql.SEE
        if talk["alleen"] and talk["veiligheidBesproken"]:
            yield sql.REFRESH


async def _kept(connection: Connection, actor: Actor, post: Post) -> tuple[int, bytes]:
    row = await connection.fetchrow(sql.KEPT, actor.account, post.key)
    if row is None or row["verzoek_hash"] != post.digest:
        raise Refused(422)
    return row["status"], row["antwoord"]


def _record_body(post: Post) -> dict[str, Any]:
    try:
        body = json.loads(post.body)
    except ValueError:
        raise Refused(400) from None
    if not isinstance(body, dict):
        raise Refused(400)
    return body


def _checked(body: dict[str, Any], today: date) -> dict[str, Any]:
    """Return the content of a talk, each of its kind."""
    try:
        talk = {
            "plaatsingId": UUID(body["plaatsingId"]),
            "datum": date.fromisoformat(body["datum"]),
            "vorm": body["vorm"],
            **{name: body[name] for name in _FLAGS},
            **{name: body.get(name) for name in _TEXTS},
            "themas": body.get("themas", []),
        }
    except (KeyError, TypeError, ValueError):
        raise Refused(400) from None
    texts = [talk[name] for name in _TEXTS if talk[name] is not None] + talk["themas"]
    if talk["vorm"] not in _FORMS or talk["datum"] > today or not all(isinstance(text, str) for text in texts):
        raise Refused(400)
    if not all(isinstance(talk[name], bool) for name in _FLAGS):
        raise Refused(400)
    return talk


async def _insert(
    connection: Connection, actor: Actor, post: Post, talk: dict[str, Any], found: Mapping[str, Any]
) -> dict[str, Any]:
    uid = uuid_utils.compat.uuid7()
    nummer, op = await connection.fetchrow(
        sql.RECORD, actor.organisatie, post.at, uid, actor.medewerker, found["plaatsing"], talk["datum"],
        talk["doorgegaan"], talk["alleen"], talk["vorm"], talk["veiligheidBesproken"], talk["redenNietAlleen"],
        talk["kindVoeldeZichVeilig"], talk["stemVanHetKind"], talk["themas"], talk["vervolgactie"], found["sleutel"],
    )  # fmt: skip
    recorded = {"id": uid, "nummer": nummer, "versie": 1, "vastgelegdOp": op, "vastgelegdDoor": actor.uid}
    return {**recorded, "ingetrokken": False, "wijzigingsreden": None, **talk, "medewerkerId": actor.uid, **_NOT_TOLD}
