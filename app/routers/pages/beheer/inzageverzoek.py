"""Give a child, or who has authority over it, its file: the request in a form, the file as its answer."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.inzagerecht import GEZAG_TOT, ZELF_VANAF, GezagTotZestien, KindTeJong
from app.access.permissions import Permission
from app.errors import AppError, BadInput, fault
from app.exports.inzageverzoek.formats import WRITERS
from app.queries.zorg import read_zorg_of
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.schemas.inzage import InzageFilter, InzageverzoekIn
from app.services.inzageverzoeken import Inzageverzoek, Loggers, OnbekendPleegkind, answer_inzageverzoek
from app.terms import Toetsformaat, Verzoeker
from app.web.files import file_response
from app.web.forms import Form, SessionForm
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor, handeling_of
from app.web.state import engines_of
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
_PAD: Final = "/inzageverzoek"
#: who asks, as people say it
VERZOEKERS: Final = {
    Verzoeker.KIND: ("Het kind zelf", f"vanaf {ZELF_VANAF} jaar"),
    Verzoeker.GEZAGSDRAGER: ("Wie het gezag heeft", f"tot het kind {GEZAG_TOT} is"),
}
_MEDIA: Final = {Toetsformaat.PDF: "application/pdf", Toetsformaat.JSON: "application/json"}
_VELDEN: Final = {"nummer": "nummer", "verzoeker": "verzoeker", "reden": "reden", "weglaten": "weglaten"}


@router.get(_PAD)
def inzageverzoek_form(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.INZAGE_READ)],
    vraag: Annotated[InzageFilter, Query()],
    spoor: HetSpoor,
) -> Response:
    """Show the form, with the nummer of the child from whose page one comes."""
    return _form(request, actor, {"nummer": _nummer_of(session, actor, vraag.pleegkind, spoor)}, None)


def _nummer_of(session: Session, actor: Actor, kind: UUID | None, spoor: HetSpoor) -> str:
    found = read_zorg_of(session, actor, [kind], clock.today()) if kind else []
    spoor.add(one.uid for one in found)
    return next((one.nummer for one in found), "")


@router.post(_PAD)
def give(
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.INZAGE_READ, writes=True)],
    form: SessionForm,
) -> Response:
    """Give the file, or show the form again with why not."""
    session.close()  # what follows reads one moment on a connection of its own
    try:
        return _answer(request, actor, form)
    except (KindTeJong, GezagTotZestien) as refused:
        return _form(request, actor, form, BadInput(fault("verzoeker", refused.code, refused.detail)))
    except OnbekendPleegkind as refused:
        return _form(request, actor, form, BadInput(fault("nummer", "onbekende_verwijzing", refused.detail)))
    except AppError as refused:
        return _form(request, actor, form, refused)


def _answer(request: Request, actor: Actor, form: Form) -> Response:
    formaat = Toetsformaat.JSON if form.get("formaat") == Toetsformaat.JSON else Toetsformaat.PDF
    engines = engines_of(request.scope)
    plaats = Loggers(engines.app, engines.log, clock.now)
    with answer_inzageverzoek(plaats, actor, _read(request, form), WRITERS[formaat]) as antwoord:
        naam = f"dossier-{antwoord.kenmerk}.{formaat.value}"
        return file_response(antwoord.klaar.stukken, _MEDIA[formaat], naam, antwoord.klaar.digest)


def _read(request: Request, form: Form) -> Inzageverzoek:
    """Return what the form asks.

    Raises:
        BadInput: with every fault.
    """
    given: Mapping[str, Any] = {
        "nummer": form.get("nummer", ""),
        "verzoeker": form.get("verzoeker", ""),
        "reden": form.get("reden", ""),
        "weglaten": [line for line in form.get("weglaten", "").splitlines() if line.strip()],
        "eigenWoorden": form.get("eigen") == "ja",
    }
    asked, doing = parse(InzageverzoekIn, given), handeling_of(request.scope)
    return Inzageverzoek(
        asked.nummer, asked.verzoeker, asked.reden, doing.client, tuple(asked.weglaten),
        eigen_woorden=asked.eigen_woorden, route=doing.route, verzoek_id=doing.verzoek_id,
    )  # fmt: skip


def _form(request: Request, actor: Actor, form: Form, refused: AppError | None) -> Response:
    fouten = fouten_of(refused, _VELDEN)
    return blad(
        request, actor, "beheer/inzageverzoek.html", "/beheer", status_of(refused),
        verzoekers=VERZOEKERS, gezag_tot=GEZAG_TOT, f=form, fouten=fouten,
    )  # fmt: skip
