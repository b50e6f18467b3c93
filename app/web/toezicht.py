"""The door of ``/v1/toezicht``: the mandate, the access log around each look, and the session that can only read.

In this order: the mandate is checked on the primary; the intent is committed; the data is read on the inspecteurs' own
engine, the replica's when it has everything (``app.web.apart``); the answer is made; the outcome with the children
in it is committed (``app.web.spoor``); the answer leaves. Whatever fails before the last step shows nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.toezicht import Mandaat, Toezichtlezer, reader_under
from app.db.engines import replica_for
from app.db.namens import Namens
from app.db.sessions import reading
from app.errors import BadInput, Fault, NotFound
from app.queries.toezicht.mandaten import list_mandaten_in_force
from app.security.pseudoniem import Pseudoniemen
from app.services.inzagen.logboek import record_intent
from app.web.actor import permits
from app.web.apart import reads_apart
from app.web.sessions import ReadSession
from app.web.spoor import handeling_of, spoor_in
from app.web.state import AppSecrets, engines_of
from app.web.visitor import page_permits


@dataclass(frozen=True, slots=True)
class Blik:
    """What a look is made with: a session that only reads, the reader of the organisatie, and its pseudonyms."""

    session: Session
    lezer: Toezichtlezer
    mandaat: Mandaat
    pseudoniemen: Pseudoniemen


@dataclass(frozen=True, slots=True)
class Blikantwoord:
    """What a look gave: the answer, and the children in it (None: it is about no single child)."""

    antwoord: Response
    pleegkinderen: Sequence[UUID] | None = None


class Toezicht:
    """One request of an inspecteur; routes get one as ``toezicht: Inspectie``."""

    def __init__(self, request: Request, session: Session, actor: Actor, secrets: AppSecrets) -> None:
        self._request = request
        self._engines = engines_of(request.scope)
        self._secrets = secrets
        self.session = session
        self.actor = actor
        self.vandaag = clock.today()
        self.mandaten = list_mandaten_in_force(session, actor.organisatie_id, self.vandaag)

    def pseudoniemen(self, mandaat: UUID) -> Pseudoniemen:
        """Return the pseudonyms under a mandate."""
        return Pseudoniemen(self._secrets, mandaat)

    def under(self, code: str | None) -> Mandaat:
        """Return the mandate on the organisatie with a code; without a code the only one that there is.

        Raises:
            NotFound: no mandate on it holds today, or there is no such organisatie.
            BadInput: there are several, and none was named.
        """
        found = [one for one in self.mandaten if code in (None, one.code)]
        if not found:
            raise NotFound
        if len(found) > 1:
            raise BadInput(Fault("query", "organisatie", "verplicht", "Noem de organisatie: u heeft er meer dan een."))
        return found[0]

    def of_organisatie(self, organisatie_id: int | None) -> Mandaat:
        """Return the mandate on an organisatie.

        Raises:
            NotFound: no mandate on it holds today.
        """
        return _first([one for one in self.mandaten if one.organisatie_id == organisatie_id])

    def of_pseudoniem(self, pseudoniem: str) -> Mandaat:
        """Return the mandate under which a pseudonym was given.

        Raises:
            NotFound: none that holds today.
        """
        return _first([one for one in self.mandaten if self.pseudoniemen(one.uid).is_mine(pseudoniem)])

    def look(self, mandaat: Mandaat, read: Callable[[Blik], Blikantwoord]) -> Response:
        """Log the intent under the mandate and read; ``app.web.spoor`` logs the outcome before the answer leaves.

        Raises:
            Unavailable: the log could not be written; nothing is shown.
            AppError: whatever ``read`` refuses.
        """
        replica = replica_for(self._engines, self.session)
        self.session.close()  # its connection is free for who waits for one
        spoor, handeling = spoor_in(self._request.scope), handeling_of(self._request.scope)
        spoor.voornemen = record_intent(self._engines.log, self.actor, handeling, clock.now(), mandaat=mandaat)
        gezien = self._read(mandaat, read, replica.inspector if replica else self._engines.inspector)
        spoor.add(gezien.pleegkinderen or ())
        return gezien.antwoord

    def _read(self, mandaat: Mandaat, read: Callable[[Blik], Blikantwoord], engine: Engine) -> Blikantwoord:
        lezer = reader_under(mandaat, self.actor)
        with reading(engine, Namens(mandaat.organisatie_id, self.actor.account_id)) as session:
            return read(Blik(session, lezer, mandaat, self.pseudoniemen(mandaat.uid)))


def _first(found: Sequence[Mandaat]) -> Mandaat:
    if not found:
        raise NotFound
    return found[0]


@reads_apart
def _toezicht(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.TOEZICHT_READ)],
    secrets: AppSecrets,
) -> Toezicht:
    return Toezicht(request, session, actor, secrets)


@reads_apart
def _page_toezicht(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.TOEZICHT_READ)],
    secrets: AppSecrets,
) -> Toezicht:
    return Toezicht(request, session, actor, secrets)


Inspectie = Annotated[Toezicht, Depends(_toezicht)]
#: the same for pages, which look at a cookie
PageInspectie = Annotated[Toezicht, Depends(_page_toezicht)]
