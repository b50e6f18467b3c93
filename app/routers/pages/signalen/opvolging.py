"""What is done about a worry: with whom it was weighed, and what was decided. One form, a step for each worry in it."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import purpose_of_recording
from app.errors import AppError, NotFound
from app.models.soorten import SOORTEN
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.routers.pages.bezoek.vastleggen import recorded
from app.routers.pages.formulieren.formulier import send
from app.routers.pages.formulieren.invoer import parse
from app.routers.pages.formulieren.opvolgstap import named_in, step_plek
from app.routers.pages.signalen.signaal import signaalblad
from app.routers.params import request_time
from app.schemas.feiten.feit import content_of
from app.schemas.feiten.opvolgstap import OpvolgstapIn
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime
from app.terms import OpvolgstapSoort
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)


@router.post("/kinderen/{id}/opvolging")
def record_stap(
    key: Annotated[UUID, Path(alias="id")],
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Record the same step for every worry that the form names, once, and go back to the child."""
    moment, soort = request_time(), SOORTEN["opvolgstap"]
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, purpose_of_recording(soort))

    def work() -> Mapping[str, Any]:
        for body in _steps(form, moment):
            recording.record(session, actor, soort, {**content_of(body), "pleegkind_id": kind}, moment)
        return {"uid": key}

    try:
        send(request, session, actor, form, work, step_plek(form))
    except AppError as refused:
        if "bezoek" in form:
            return recorded(request, session, actor, (key, _uid(form["bezoek"], refused)), spoor, form, refused)
        about = (key, _uid(form.get("signaal", ""), refused))
        return signaalblad(request, session, actor, about, spoor, form, refused)
    return redirect(onward(session, actor, key, moment, f"/kinderen/{key}"))


def onward(session: Session, actor: Actor, key: UUID, moment: RequestTime, where: str) -> str:
    """Return a page about a child, or the first one: of who left long ago all are shut as soon as nothing is open."""
    try:
        get_pleegkind_key(session, actor, key, moment.vandaag)
    except NotFound:
        return "/"
    return where


def _uid(text: str, refused: AppError) -> UUID:
    """Return the visit or the signaal on whose page a step was told; without one its refusal is the answer."""
    try:
        return UUID(text)
    except ValueError:
        raise refused from None


def _steps(form: Form, moment: RequestTime) -> Iterator[OpvolgstapIn]:
    stap = form.get("stap", "")
    said: dict[str, Any] = {
        "stap": stap,
        "datum": form.get("datum", moment.vandaag),
        "met": _chosen(form, "met", asked=stap == OpvolgstapSoort.OVERLEG),
        "besluit": _chosen(form, "besluit", asked=stap == OpvolgstapSoort.BESLUIT),
        "toelichting": form.get("toelichting", "").strip() or None,
    }
    for field, uid in list(named_in(form)) or [("stap", stap)]:
        yield parse(OpvolgstapIn, {**said, field: uid})


def _chosen(form: Form, veld: str, *, asked: bool) -> str | None:
    """Return what was chosen; where the step asks for it and nothing was, the schema says so at its field."""
    return form.get(veld, "") if asked else form.get(veld) or None
