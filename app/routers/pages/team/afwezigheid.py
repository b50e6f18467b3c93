"""Report that somebody of the team is absent and who covers, and that they are back: moment 4 of a teamleider."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Page
from app.errors import AppError
from app.queries.organisatie.organisaties import get_medewerker, list_medewerkers
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import send_about
from app.routers.pages.formulieren.invoer import Formfout, fouten_of, parse
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.params import request_time
from app.schemas.afwezigheid import AfwezigheidEindeIn, AfwezigheidIn
from app.services.beheer.afwezigheden import end_afwezigheid, report_afwezigheid
from app.services.beheer.overdrachten import find_giver
from app.services.feiten.recording import any_version
from app.terms import Rol
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Leider = Annotated[Actor, page_permits(Permission.PLAATSING_MANAGE, writes=True)]
#: name in the API → field of the form
_VELDEN: Final = {"vervangerId": "vervanger", "van": "van", "tot": "tot"}


@router.get("/medewerkers/{id}/afwezigheid")
def afwezigheid_form(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLAATSING_MANAGE)],
) -> Response:
    """Show the form of an absence."""
    return _show(request, session, actor, key, {"van": clock.today().isoformat()}, (), 200)


@router.post("/medewerkers/{id}/afwezigheid")
def report(key: Id, request: Request, session: WriteSession, actor: _Leider, form: SessionForm) -> Response:
    """Report an absence."""
    given = {"vervangerId": form.get("vervanger", ""), "van": form.get("van", ""), "tot": form.get("tot") or None}

    def work() -> object:
        return report_afwezigheid(session, actor, key, parse(AfwezigheidIn, given), request_time())

    try:
        send_about(request, session, actor, form, work, key)
    except AppError as refused:
        return _show(request, session, actor, key, form, fouten_of(refused, _VELDEN), refused.status)
    return redirect("/team")


@router.post("/afwezigheden/{id}/beeindiging")
def come_back(key: Id, request: Request, session: WriteSession, actor: _Leider, form: SessionForm) -> Response:
    """Let an absence end today: nobody covers any more."""
    moment = request_time()
    body = parse(AfwezigheidEindeIn, {"tot": moment.vandaag, "reden": form.get("reden") or "weer terug"})

    def work() -> object:
        return end_afwezigheid(session, actor, key, body, moment, check_version=any_version)

    send_about(request, session, actor, form, work, key)
    return redirect("/team")


def _show(
    request: Request, session: Session, actor: Actor, key: UUID, form: Form, fouten: Sequence[Formfout], status: int
) -> Response:
    find_giver(session, actor, key, clock.today())
    weg = get_medewerker(session, actor, key)
    return blad(
        request,
        actor,
        "team/afwezigheid.html",
        "/team",
        status,
        weg=weg,
        anderen=[one for one in list_medewerkers(session, actor, Page(MEESTE)).rows if _can_cover(one, weg)],
        f=form,
        fouten=fouten,
    )


def _can_cover(medewerker: RowMapping, weg: Mapping[str, Any]) -> bool:
    guides = medewerker["rol"] == Rol.PLEEGZORGBEGELEIDER and medewerker["uid"] != weg["uid"]
    return guides and bool(medewerker["team_id"] == weg["team_id"])
