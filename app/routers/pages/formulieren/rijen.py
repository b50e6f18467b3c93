"""Pages with several forms in which people write: of each what was typed in it, all of them read in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session

from app import clock
from app.access.actor import Actor
from app.queries.concepten import CONCEPTEN, Bewaard, concept_parameters, concepten_of, with_changes
from app.routers.pages.formulieren.formulier import Getypt, as_opened, conceptsleutel_of, plek_of, typed
from app.security.conceptsleutel import Plek
from app.web.forms import Form

#: a form that was refused: its place, and what was typed in it
Verstuurd = tuple[Plek, Form]


@dataclass(frozen=True, slots=True)
class Rijformulier:
    """One of the forms: its fields, what keeps them, and whether somebody began with it."""

    f: Form
    getypt: Getypt
    open: bool


@dataclass(frozen=True, slots=True)
class Rijformulieren:
    """The forms of a page as they were left, but for the one that was sent and refused."""

    wie: UUID
    kept: Mapping[Plek, Bewaard]
    sent: Verstuurd | None

    def van(self, formulier: str, over: UUID) -> Rijformulier:
        """Return the form about something, as the page shows it."""
        plek = plek_of(formulier, over)
        if self.sent is not None and self.sent[0] == plek:
            return Rijformulier(self.sent[1], typed(plek), open=True)
        f, getypt = as_opened(plek, self.kept.get(plek), {})
        return Rijformulier(f, getypt, open=getypt.op is not None)

    def eigen(self, formulier: str) -> Rijformulier:
        """Return a form that everybody has one of, about nothing that is there yet."""
        return self.van(formulier, self.wie)


def read_rijformulieren(
    request: Request, session: Session, actor: Actor, over: Iterable[tuple[str, UUID]], sent: Verstuurd | None = None
) -> Rijformulieren:
    """Return the forms of a page.

    Args:
        request: of the page.
        session: reads.
        actor: who looks.
        over: name of each form, and what it is about.
        sent: the one that was refused.
    """
    asked = typed_in(request, actor, over)
    rows = session.execute(CONCEPTEN, asked).mappings().all() if asked["plaatsen"] else ()
    return as_rijformulieren(request, session, actor, [dict(row) for row in rows], sent)


def typed_in(request: Request, actor: Actor, over: Iterable[tuple[str, UUID]]) -> Mapping[str, Any]:
    """Return what ``CONCEPTEN`` asks of the forms of a page, to read them with other lists."""
    plekken = [plek_of(formulier, about) for formulier, about in over]
    return concept_parameters(actor, conceptsleutel_of(request, actor), plekken, clock.now())


def as_rijformulieren(
    request: Request,
    session: Session,
    actor: Actor,
    rows: Iterable[Mapping[str, Any]],
    sent: Verstuurd | None = None,
) -> Rijformulieren:
    """Return the forms of rows of ``CONCEPTEN`` that were read with other lists."""
    kept = with_changes(session, actor, concepten_of(conceptsleutel_of(request, actor), rows))
    return Rijformulieren(actor.medewerker_uid, kept, sent)
