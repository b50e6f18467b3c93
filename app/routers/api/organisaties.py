"""Organisatie, teams and medewerkers."""

from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.organisatie.organisaties import list_organisaties, list_teams
from app.routers.params import Id, request_time
from app.schemas.feiten.feit import wijziging_of
from app.schemas.organisatie import (
    HernoemingIn,
    MedewerkerIn,
    OrganisatieOut,
    SamenvoegingIn,
    SluitingIn,
    TeamIn,
    TeamOut,
)
from app.schemas.velden import ListFilter
from app.services.beheer.teams import close_team, create_team, join_team, rename_team
from app.web.actor import permits
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["organisaties"])
_Manager = Annotated[Actor, permits(Permission.MEDEWERKER_MANAGE, writes=True)]
_Reader = Annotated[Actor, permits(Permission.MEDEWERKER_READ)]
_Wijziging: Any = wijziging_of(MedewerkerIn)


@router.get("/organisaties", response_model=Resultaten[OrganisatieOut])
def list_own_organisaties(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.ORGANISATIE_READ)],
    lijst: Lijst,
    vraag: Annotated[ListFilter, Query()],
) -> Response:
    """De organisatie waar u bij hoort."""
    return lijst.answer(list_organisaties(session, actor, lijst.page(vraag)), OrganisatieOut)


@router.get("/teams", response_model=Resultaten[TeamOut])
def list_own_teams(
    session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[ListFilter, Query()]
) -> Response:
    """De teams van uw organisatie."""
    return lijst.answer(list_teams(session, actor, lijst.page(vraag), clock.today()), TeamOut)


@router.post("/teams", response_model=TeamOut, status_code=201)
def record_team(body: TeamIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Voeg een team toe."""
    return once.answer(lambda: create_team(session, actor, body.naam, request_time()), TeamOut, check=right_is_enough)


@router.post("/teams/{id}/hernoeming", response_model=TeamOut, status_code=201, name="rename_team")
def rename(key: Id, body: HernoemingIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Geef een team vanaf een dag een andere naam; wat ervoor was, houdt de oude naam."""
    return once.answer(
        lambda: rename_team(session, actor, key, body.naam, body.van, request_time()), TeamOut, check=right_is_enough
    )


@router.post("/teams/{id}/samenvoeging", response_model=TeamOut, status_code=201, name="join_team")
def join(key: Id, body: SamenvoegingIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Laat een team vanaf een dag opgaan in een ander team, met wie er bij hoort."""
    return once.answer(
        lambda: join_team(session, actor, key, body.opgegaan_in, body.van, request_time()),
        TeamOut,
        check=right_is_enough,
    )


@router.post("/teams/{id}/sluiting", response_model=TeamOut, status_code=201, name="close_team")
def close(key: Id, body: SluitingIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Sluit vanaf een dag een team waar niemand meer bij hoort."""
    return once.answer(
        lambda: close_team(session, actor, key, body.van, request_time()), TeamOut, check=right_is_enough
    )
