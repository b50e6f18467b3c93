"""Organisatie, teams and medewerkers."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.organisaties import get_medewerker, list_medewerkers, list_organisaties, list_teams
from app.routers.feitroutes import Id, moment, same_version
from app.schemas.feit import IntrekkingIn, wijziging_of
from app.schemas.organisatie import MedewerkerIn, MedewerkerOut, OrganisatieOut, TeamIn, TeamOut
from app.schemas.velden import ListFilter
from app.services.medewerkers import change_medewerker, create_medewerker, create_team, revoke_medewerker
from app.web.actor import permits
from app.web.answers import one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.sessions import ReadSession, WriteSession

router = APIRouter(route_class=ApiRoute, tags=["organisaties"])
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
    return lijst.answer(list_teams(session, actor, lijst.page(vraag)), TeamOut)


@router.post("/teams", response_model=TeamOut, status_code=201)
def record_team(body: TeamIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Voeg een team toe."""
    return once.answer(lambda: create_team(session, actor, body.naam), TeamOut, check=lambda _: None)


@router.get("/medewerkers", response_model=Resultaten[MedewerkerOut])
def list_own_medewerkers(
    session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[ListFilter, Query()]
) -> Response:
    """De medewerkers van uw organisatie, op naam."""
    return lijst.answer(list_medewerkers(session, actor, lijst.page(vraag)), MedewerkerOut)


@router.post("/medewerkers", response_model=MedewerkerOut, status_code=201)
def record_medewerker(body: MedewerkerIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Voeg een medewerker toe, met het account waarmee die zich aanmeldt."""
    return once.answer(
        lambda: create_medewerker(session, actor, body, moment()),
        MedewerkerOut,
        check=lambda _: None,
        location="/v1/medewerkers/{uid}",
    )


@router.get("/medewerkers/{id}", response_model=MedewerkerOut, name="get_medewerker")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een medewerker van uw organisatie."""
    return one(get_medewerker(session, actor, key), MedewerkerOut, if_none_match)


@router.patch("/medewerkers/{id}", response_model=MedewerkerOut, name="change_medewerker")
def change(
    key: Id,
    body: _Wijziging,
    session: WriteSession,
    actor: _Manager,
    if_match: IfMatch = None,
) -> Response:
    """Wijzig naam, rol, team of account van een medewerker."""
    changed = change_medewerker(session, actor, key, body, moment(), check_version=same_version(if_match))
    return one(changed, MedewerkerOut)


@router.post("/medewerkers/{id}/intrekking", response_model=MedewerkerOut, status_code=201, name="withdraw_medewerker")
def withdraw(
    key: Id, body: IntrekkingIn, session: WriteSession, actor: _Manager, once: Once, if_match: IfMatch = None
) -> Response:
    """Trek een medewerker in: die kan zich vanaf dit moment niet meer aanmelden."""
    return once.answer(
        lambda: revoke_medewerker(
            session, actor, key, moment(), reden=body.reden, check_version=same_version(if_match)
        ),
        MedewerkerOut,
        check=lambda _: None,
        location="/v1/medewerkers/{uid}",
    )
