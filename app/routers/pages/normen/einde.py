"""What the organisatie tightened holds no more: from a day on, or, before its first day, never."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError
from app.queries.normen import EigenNormRegel
from app.routers.pages.formulieren.formulier import plek_of, send_about
from app.routers.pages.formulieren.invoer import parse
from app.routers.pages.normen.normen import EINDE, show
from app.routers.params import request_time
from app.schemas.feiten.feit import IntrekkingIn
from app.schemas.norm import NormBeeindigingIn
from app.services.normen import end_norm, withdraw_norm
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import WriteSession
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute, prefix="/normen")
Id = Annotated[UUID, Path(alias="id")]
_Manager = Annotated[Actor, page_permits(Permission.NORM_TIGHTEN, writes=True)]


@router.post("/{id}/beeindiging")
def end(key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm) -> Response:
    """Let an own version hold no more from a day on; the national one takes its place."""

    def work() -> EigenNormRegel:
        body = parse(NormBeeindigingIn, {"vanaf": form.get("vanaf", ""), "reden": form.get("reden", "")})
        return end_norm(session, actor, key, body, request_time())

    return _attempt(request, session, actor, key, form, work)


@router.post("/{id}/intrekking")
def withdraw(key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm) -> Response:
    """Let an own version never hold; only before its first day."""

    def work() -> EigenNormRegel:
        body = parse(IntrekkingIn, {"wijzigingsreden": form.get("reden", "")})
        return withdraw_norm(session, actor, key, body.wijzigingsreden, request_time())

    return _attempt(request, session, actor, key, form, work)


def _attempt(
    request: Request, session: Session, actor: Actor, key: UUID, form: Form, work: Callable[[], EigenNormRegel]
) -> Response:
    plek = plek_of(EINDE, key)
    try:
        send_about(request, session, actor, form, work, key, plek)
    except AppError as refused:
        return show(request, session, actor, (plek, form), refused)
    return redirect("/normen")
