"""Exactly once: a POST repeated with the same Idempotency-Key is done once and gets the first answer.

In one transaction: claim the key, do the work, keep the answer, commit. A second request with the same key
waits at the claim until the first has committed. When the first fails, its claim rolls back with it, and
the second does the work. A key belongs to an account: another's never matches.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Request
from psycopg.types.json import Jsonb
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.db.statement import FastStatement
from app.errors import Unavailable, Unprocessable
from app.models.idempotentie import Idempotentie
from app.security.secrets import Secrets
from app.web.actor import WritingActor
from app.web.answers import Antwoord, etag_of, identity, json_response
from app.web.sessions import WriteSession

_Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x20-\x7e]+$",
        description="Kies een nieuwe sleutel per aanvraag en herhaal die bij een nieuwe poging.",
    ),
]


def _bound(*names: str) -> dict[str, Any]:
    table: Any = Idempotentie.__table__
    return {name: bindparam(name, type_=table.c[name].type) for name in names}


_MINE = [getattr(Idempotentie, name) == value for name, value in _bound("account_id", "sleutel").items()]
_CLAIM = FastStatement(
    insert(Idempotentie)
    .values(_bound("organisatie_id", "account_id", "sleutel", "verzoek_hash", "aangemaakt_op"))
    .on_conflict_do_nothing(index_elements=["account_id", "sleutel"])
    .returning(Idempotentie.id)
)
_KEEP = FastStatement(update(Idempotentie).where(*_MINE).values(_bound("status", "antwoord", "koppen")))
_KEPT = FastStatement(
    select(Idempotentie.verzoek_hash, Idempotentie.status, Idempotentie.antwoord, Idempotentie.koppen).where(*_MINE)
)
_SAME = FastStatement(
    select(func.max(Idempotentie.aangemaakt_op)).where(
        Idempotentie.account_id == bindparam("account_id"),
        Idempotentie.verzoek_hash == bindparam("verzoek_hash", type_=Idempotentie.__table__.c.verzoek_hash.type),
        Idempotentie.sleutel != bindparam("sleutel"),
        Idempotentie.aangemaakt_op > bindparam("sinds", type_=Idempotentie.__table__.c.aangemaakt_op.type),
    )
)


def right_is_enough(_made: UUID | None) -> None:
    """Ask nothing before a replay: what the answer says is for everybody with the right of the route."""


@dataclass(frozen=True)
class OnceOnly:
    """One POST; routes get one as ``once: Once``."""

    session: Session
    actor: Actor
    key: str | None
    request_hash: bytes

    def answer(
        self,
        work: Callable[[], Any],
        schema: Any,
        *,
        check: Callable[[UUID | None], object],
        status: int = 201,
        location: str | None = None,
    ) -> Response:
        """Do the work once, or replay its answer.

        Args:
            work: calls the service; gives an object, mapping or model that ``schema`` can show.
            schema: the model of the answer.
            check: called before a replay with the uid of what was made; raises when access is lost.
            status: of the answer.
            location: template such as ``"/v1/kindgesprekken/{uid}"``.

        Raises:
            Unprocessable: the key was used for another request.
        """
        if self.key is None:
            return self._fresh(work, schema, status, location)[0]
        if self._claim():
            response, uid = self._fresh(work, schema, status, location)
            self._keep(response, uid)
            return response
        return self._replay(check)

    def same_before(self, sinds: datetime) -> datetime | None:
        """Return when the account last sent the same under another key, if that was after a moment."""
        last: datetime | None
        ((last,),) = _SAME.rows(self.session, sinds=sinds, verzoek_hash=self.request_hash, **self._mine())
        return last

    def _fresh(
        self,
        work: Callable[[], Any],
        schema: Any,
        status: int,
        location: str | None,
    ) -> tuple[Antwoord, UUID | None]:
        made = work()
        uid, _ = identity(made)
        headers = {"ETag": etag_of(made), "Location": location.format(uid=uid) if location else None}
        given = {name: value for name, value in headers.items() if value}
        return json_response(made, schema, status, given), uid

    def _claim(self) -> bool:
        """Insert the key; waits for another request that holds it and tells whether it is ours."""
        mine = {"organisatie_id": self.actor.organisatie_id, "verzoek_hash": self.request_hash, **self._mine()}
        return bool(_CLAIM.rows(self.session, aangemaakt_op=clock.now(), **mine))

    def _keep(self, response: Antwoord, uid: UUID | None) -> None:
        headers = {name: response.headers[name] for name in ("etag", "location") if name in response.headers}
        about = {
            "headers": headers,
            "uid": str(uid) if uid else None,
            "kinderen": [str(kind) for kind in response.kinderen],
        }
        given = {"status": response.status_code, "antwoord": bytes(response.body), "koppen": Jsonb(about)}
        _KEEP.run(self.session, **given, **self._mine())

    def _replay(self, check: Callable[[UUID | None], object]) -> Response:
        found = _KEPT.rows(self.session, **self._mine())
        if not found:  # removed by the clean-up between claim and reading
            raise Unavailable
        ((verzoek_hash, status, antwoord, about),) = found
        if verzoek_hash != self.request_hash:
            raise Unprocessable
        check(UUID(about["uid"]) if about["uid"] else None)
        kinderen = [UUID(kind) for kind in about.get("kinderen", ())]
        return Antwoord(antwoord, kinderen, status, about["headers"])

    def _mine(self) -> dict[str, Any]:
        return {"account_id": self.actor.account_id, "sleutel": self.key}


def request_key(secrets: Secrets) -> bytes:
    """Return the key of ``request_hash``: a plain hash of a body gives away the BSN in it to who tries them all."""
    return hmac.digest(secrets.cursor, b"idempotentie", hashlib.sha256)


def request_hash(request: Request, body: bytes) -> bytes:
    """Return the HMAC of method, path with query, and body."""
    scope, key = request.scope, request.app.state.request_key
    head = f"{scope['method']} {scope['path']}?{scope['query_string'].decode('latin-1')}\n"
    return hmac.digest(key, head.encode() + body, hashlib.sha256)


async def _once(request: Request, session: WriteSession, actor: WritingActor, key: _Key = None) -> OnceOnly:
    return OnceOnly(session, actor, key, request_hash(request, await request.body()))


Once = Annotated[OnceOnly, Depends(_once)]
