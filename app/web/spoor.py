"""What every request leaves in the access log: the intent before it reads, the outcome before its answer leaves.

The intent is written where the actor becomes known (``app.web.actor``), or where the mandate does
(``app.web.toezicht``). The outcome is written here, in plain ASGI around the application: the beginning of the answer
is held until the log has it. Which children are in it the answer says itself (``app.web.answers``), by the types of its
schema; what has no such schema, or is a file, is named by its route. Tests search every answer for what was forgotten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import anyio
from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import Unavailable
from app.queries.bereik import noted_children, rests_on_noodtoegang
from app.services.inzagen.logboek import Handeling, Voornemen, record_intent, record_outcome
from app.services.kwartaaltoetsen.opdrachten import Herkomst
from app.terms import InzageSoort, InzageUitkomst
from app.web.around.envelope import REQUEST_ID, route_of
from app.web.problems import problem_response
from app.web.stap import taken
from app.web.state import engines_of

SPOOR = "pleegzicht.spoor"
PERMISSION = "pleegzicht.permission"

#: what is not logged here, and why
UNLOGGED = {
    Permission.ZELF_READ: "who one is oneself",
    Permission.NORM_READ: "the catalogue of norms, the same for everybody",
    Permission.ORGANISATIE_READ: "the name of one's own organisatie",
    Permission.TOEZICHT_READ: "logged under the mandate, by app.web.toezicht",
}

_OK, _REDIRECTS, _FORBIDDEN, _NOT_FOUND, _OURS = 200, 400, 403, 404, 500


@dataclass(slots=True)
class Spoor:
    """The trace of one request.

    Attributes:
        actor: who asks, once that is known.
        voornemen: the intent in the log; None while nothing was written.
        session: on which the route reads: it knows whether a file was to be had by noodtoegang only.
        pleegkinderen: the children that the answer shows.
        told: whether the log has the outcome.
    """

    actor: Actor | None = None
    voornemen: Voornemen | None = None
    session: Session | None = None
    pleegkinderen: list[UUID] = field(default_factory=list)
    told: bool = False

    def add(self, pleegkinderen: Iterable[UUID]) -> None:
        """Name children that the answer shows."""
        self.pleegkinderen.extend(pleegkinderen)


def spoor_in(scope: Scope) -> Spoor:
    """Return the trace of a request; an application without the middleware ``Sporen`` has none, and answers nothing."""
    spoor: Spoor = scope[SPOOR]
    return spoor


def scope_of_session(session: Session) -> Scope:
    """Return the request that a session works for."""
    scope: Scope = session.info[SPOOR][1]
    return scope


async def _spoor(request: Request) -> Spoor:
    return spoor_in(request.scope)


#: routes that must name children themselves get it as ``spoor: HetSpoor``
HetSpoor = Annotated[Spoor, Depends(_spoor)]


def begin_spoor(request: Request, session: Session, actor: Actor) -> None:
    """Commit the intent of somebody who was just recognised, unless the route shows no file.

    Raises:
        Unavailable: the log cannot be written.
    """
    spoor = spoor_in(request.scope)
    spoor.actor, spoor.session = actor, session
    session.info[SPOOR] = spoor, request.scope
    if request.scope[PERMISSION] not in UNLOGGED:
        spoor.voornemen = record_intent(engines_of(request.scope).log, actor, handeling_of(request.scope), clock.now())


def handeling_of(scope: Scope) -> Handeling:
    """Return what a request asks, without what it says: addresses may hold what a log must not."""
    route = route_of(scope)
    client, stap = scope.get("client"), taken(scope)
    return Handeling(
        soort=_soort_of(scope["method"], route),
        route=f"{scope['method']} {route}{f'#{stap.veld}' if stap else ''}",
        onderwerp=_subject_of(scope),
        client=client[0] if client else "",
        verzoek_id=scope.get(REQUEST_ID, ""),
    )


def herkomst_of(request: Request, nu: datetime) -> Herkomst:
    """Return where and when something is asked that is done later: the log says it again then."""
    asked = handeling_of(request.scope)
    return Herkomst(asked.client, asked.verzoek_id, nu)


def _soort_of(method: str, route: str) -> InzageSoort:
    if route.endswith("/_zoek"):
        return InzageSoort.ZOEKEN
    if method != "GET":
        return InzageSoort.VASTLEGGEN
    return InzageSoort.EXPORT if route.endswith("/export") else InzageSoort.LEZEN


def _subject_of(scope: Scope) -> UUID | None:
    try:
        return UUID(scope.get("path_params", {}).get("id", ""))
    except ValueError:
        return None


class Sporen:
    """ASGI middleware; see the module."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        spoor = scope[SPOOR] = Spoor()
        held = _Held(spoor, scope, receive, send)
        try:
            await self.app(scope, receive, held)
        except Exception:  # whatever it was, the log must say that nothing was shown; it goes on to who answers 500
            if not spoor.told:
                await _in_a_thread(_tell, spoor, scope, InzageUitkomst.MISLUKT, None)
            raise


class _Held:
    """An answer that leaves when the log has its outcome."""

    def __init__(self, spoor: Spoor, scope: Scope, receive: Receive, send: Send) -> None:
        self._spoor, self._scope, self._receive, self._send = spoor, scope, receive, send
        self._start: Message | None = None
        self._asked = False
        self._refused = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if not self._asked and self._start is not None:
            self._asked = True
            await self._tell(self._start)
        if not self._refused:
            await self._send(message)

    async def _tell(self, start: Message) -> None:
        """Write the outcome, unless that was done, and let the answer begin, or answer 503 in its place."""
        try:
            if not self._spoor.told:
                await _in_a_thread(_tell_of, self._spoor, self._scope, start["status"])
        except Unavailable as refusal:
            self._refused = True
            await problem_response(refusal)(self._scope, self._receive, self._send)
            return
        await self._send(start)


def _outcome_of(status: int) -> InzageUitkomst:
    if status < _REDIRECTS:
        return InzageUitkomst.GETOOND
    if status == _NOT_FOUND:
        return InzageUitkomst.NIET_GEVONDEN
    return InzageUitkomst.GEWEIGERD if status < _OURS else InzageUitkomst.MISLUKT


def _children(spoor: Spoor) -> Sequence[UUID] | None:
    """Return the children in an answer and those of whom something was found for it, or None when there are none."""
    noted = noted_children(spoor.session) if spoor.session is not None else ()
    return list(dict.fromkeys([*spoor.pleegkinderen, *noted])) or None


def tell_within(session: Session, status: int, kinderen: Iterable[UUID]) -> None:
    """Write the outcome on the thread of the route, once its answer is made and its transaction committed.

    Args:
        session: of the request.
        status: of the answer.
        kinderen: those that the answer shows.

    Raises:
        Unavailable: the log cannot be written; the answer does not leave.
    """
    if SPOOR in session.info:
        spoor, scope = session.info[SPOOR]
        spoor.add(kinderen)
        _tell_of(spoor, scope, status)


def _tell_of(spoor: Spoor, scope: Scope, status: int) -> None:
    uitkomst = _outcome_of(status)
    _tell(spoor, scope, uitkomst, _children(spoor) if uitkomst is InzageUitkomst.GETOOND else None)


def _tell(spoor: Spoor, scope: Scope, uitkomst: InzageUitkomst, pleegkinderen: Sequence[UUID] | None) -> None:
    """Write how a request ended; a refusal that had no intent yet gets one now."""
    if spoor.voornemen is None and spoor.actor is not None and uitkomst in _REFUSALS:
        log = engines_of(scope).log
        spoor.voornemen = record_intent(log, spoor.actor, handeling_of(scope), clock.now())
    if spoor.voornemen is not None:
        nood = spoor.session is not None and rests_on_noodtoegang(spoor.session)
        record_outcome(engines_of(scope).log, spoor.voornemen, uitkomst, pleegkinderen, clock.now(), noodtoegang=nood)
        spoor.told = True


_REFUSALS = (InzageUitkomst.NIET_GEVONDEN, InzageUitkomst.GEWEIGERD)


async def _in_a_thread(work: Any, *arguments: Any) -> None:
    """Wait for the log outside the event loop; a client that hangs up does not take the line with it."""
    with anyio.CancelScope(shield=True):
        await anyio.to_thread.run_sync(work, *arguments, limiter=anyio.CapacityLimiter(1))
