"""A large audit, or a file of one: asked for, how far it is, and fetched when it is made."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query, Request
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import BadInput
from app.queries.kwartaaltoetsen.opdrachten import get_klaarbestand, get_toetsopdracht
from app.queries.kwartaaltoetsen.opgeslagen import find_kwartaaltoets
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import send
from app.services.kwartaaltoetsen.opdrachten import ask_export
from app.terms import Toetsformaat
from app.web.files import file_response
from app.web.forms import SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor, herkomst_of
from app.web.state import AppSecrets
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Lezer = Annotated[Actor, page_permits(Permission.TOETS_EXPORT)]
#: [keuze] longer than this nothing waits where ``pleegzicht werk`` runs every minute and nothing else is being made
LANG: Final = timedelta(minutes=5)


@router.get("/toetsopdrachten/{id}")
def show(key: Id, request: Request, session: ReadSession, actor: _Lezer) -> Response:
    """Show how far it is; with scripts the page looks again by itself, without there is a link."""
    nu = clock.now()
    opdracht = get_toetsopdracht(session, actor.organisatie_id, key, nu)
    return blad(
        request, actor, "kwartaaltoetsen/opdracht.html", "/kwartaaltoetsen", opdracht=opdracht, zin=said(opdracht, nu),
        bezig=opdracht["geeindigd_op"] is None,
    )  # fmt: skip


def said(opdracht: Mapping[str, Any], nu: datetime) -> str:
    """Return how far an order is, in a sentence."""
    wat = "Het bestand" if opdracht["formaat"] else "De toets"
    if opdracht["geeindigd_op"] is not None:
        return opdracht["fout"] or f"{wat} is gemaakt."
    if opdracht["begonnen_op"] is not None:
        done, total = _number(opdracht["gedaan"]), _number(opdracht["totaal"])
        return f"{wat} wordt gemaakt: {done} van {total} kinderen." if opdracht["totaal"] else f"{wat} wordt gemaakt."
    if nu - opdracht["gevraagd_op"] < LANG:
        return f"{wat} staat klaar om gemaakt te worden; dat begint meestal binnen een minuut."
    return (
        f"{wat} staat klaar om gemaakt te worden; dat is nog niet begonnen. Vraag de beheerder of "
        "pleegzicht werk draait: dat maakt wat klaarstaat."
    )


def _number(n: int) -> str:
    return f"{n:,}".replace(",", ".")


@router.get("/toetsopdrachten/{id}/export")
def fetch(
    key: Id,
    session: ReadSession,
    actor: _Lezer,
    secrets: AppSecrets,
    spoor: HetSpoor,
    *,
    namen: Annotated[bool, Query()] = False,
) -> Response:
    """Give the file that was made."""
    made = get_klaarbestand(session, actor.organisatie_id, key, secrets, clock.now(), namen=namen)
    spoor.add(made.pleegkinderen)
    return file_response([made.inhoud], made.media_type, made.naam, made.digest, made.vastgesteld_door)


@router.post("/kwartaaltoetsen/{id}/export")
def order_export(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.TOETS_EXPORT, writes=True)],
    form: SessionForm,
) -> Response:
    """Ask for a file of a large audit, without names, and show how far it is."""
    toets = find_kwartaaltoets(session, actor.organisatie_id, key)
    formaat, van = _formaat(form.get("formaat", "")), herkomst_of(request, clock.now())
    asked = send(
        request, session, actor, form, lambda: ask_export(session, actor, toets, formaat, van, namen=False)
    )  # fmt: skip
    return redirect(f"/toetsopdrachten/{asked}")


def _formaat(given: str) -> Toetsformaat:
    try:
        return Toetsformaat(given)
    except ValueError:
        raise BadInput(detail="Kies een soort bestand.") from None
