"""What was recorded wrongly of a plaatsing (the family, the days, the form) or of who guides it: corrected, withdrawn.

The page itself is that of any fact; what changes it stands here, since it asks the right to place children.
"""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Path, Request
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.models.soorten import SOORTEN
from app.routers.pages.feiten.feit import correct_feit, show, withdraw_feit
from app.routers.pages.formulieren.formulier import typed, verbetering_of
from app.web.forms import SessionForm
from app.web.routing import Router
from app.web.sessions import WriteSession
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_PLAATSING: Final = SOORTEN["plaatsing"]
_BEGELEIDING: Final = SOORTEN["begeleiding"]
_Manager = Annotated[Actor, page_permits(Permission.PLAATSING_MANAGE, writes=True)]


@router.post("/plaatsingen/{id}/_zoek")
def search(key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm) -> Response:
    """Show a plaatsing with its form as it was typed, and the families that were searched for."""
    plek = verbetering_of(_PLAATSING.naam, key)
    return show(request, session, actor, (_PLAATSING, key), (form, typed(plek)))


@router.post("/plaatsingen/{id}/correctie")
def correct_plaatsing(key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm) -> Response:
    """Record a new version of a plaatsing; the old one stays."""
    return correct_feit(request, session, actor, (_PLAATSING, key), form)


@router.post("/plaatsingen/{id}/intrekking")
def withdraw_plaatsing(
    key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm
) -> Response:
    """Withdraw a plaatsing that never was; what it said stays to be read."""
    return withdraw_feit(request, session, actor, (_PLAATSING, key), form)


@router.post("/begeleidingen/{id}/correctie")
def correct_begeleiding(
    key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm
) -> Response:
    """Record a new version of who guided a child and when; the old one stays."""
    return correct_feit(request, session, actor, (_BEGELEIDING, key), form)


@router.post("/begeleidingen/{id}/intrekking")
def withdraw_begeleiding(
    key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm
) -> Response:
    """Withdraw a begeleiding that never was; what it said stays to be read."""
    return withdraw_feit(request, session, actor, (_BEGELEIDING, key), form)
