"""Proposals to destroy a file, what is said of them, and the policy behind them; carrying out is a command's."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.norms.bewaartermijnen import BEWAARBELEID
from app.queries.vernietigingen.lijst import get_vernietiging, list_vernietigingen
from app.routers.params import Id, request_time, same_version_if_given
from app.schemas.vernietiging import BewaartermijnOut, OordeelIn, VernietigingFilter, VernietigingIn, VernietigingOut
from app.services.vernietigingen.besluiten import judge_vernietiging, propose_on_request
from app.web.actor import permits
from app.web.answers import json_response, one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["vernietigingen"])
_Reader = Annotated[Actor, permits(Permission.VERNIETIGING_READ)]
_Decider = Annotated[Actor, permits(Permission.VERNIETIGING_DECIDE, writes=True)]
_PATH = "/vernietigingen"
_ADDRESS = "/v1/vernietigingen/{uid}"


@router.get("/bewaarbeleid", response_model=Resultaten[BewaartermijnOut])
def list_bewaarbeleid(_: Annotated[Actor, permits(Permission.NORM_READ)]) -> Response:
    """Hoe lang wat wordt bewaard, vanaf wanneer dat telt, en wat er daarna gebeurt."""
    return json_response({"resultaten": BEWAARBELEID}, Resultaten[BewaartermijnOut])


@router.get(_PATH, response_model=Resultaten[VernietigingOut], name="list_vernietigingen")
def list_proposed(
    session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[VernietigingFilter, Query()]
) -> Response:
    """De voorstellen om een dossier te vernietigen, het laatste eerst, ook die waarover is beslist."""
    return lijst.answer(list_vernietigingen(session, actor, lijst.page(vraag), vraag.stand), VernietigingOut)


@router.post(_PATH, response_model=VernietigingOut, status_code=201, name="record_vernietiging")
def propose(body: VernietigingIn, session: WriteSession, actor: _Decider, once: Once) -> Response:
    """Leg een verzoek om vernietiging vast als voorstel; er gebeurt niets voordat twee mensen het goedkeuren."""
    return once.answer(
        lambda: propose_on_request(session, actor, body, request_time()),
        VernietigingOut,
        check=right_is_enough,
        location=_ADDRESS,
    )


@router.get(f"{_PATH}/{{id}}", response_model=VernietigingOut, name="get_vernietiging")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een voorstel om een dossier te vernietigen."""
    return one(get_vernietiging(session, actor, key), VernietigingOut, if_none_match)


@router.post(f"{_PATH}/{{id}}/oordeel", response_model=VernietigingOut, status_code=201, name="judge_vernietiging")
def judge(
    key: Id, body: OordeelIn, session: WriteSession, actor: _Decider, once: Once, if_match: IfMatch = None
) -> Response:
    """Keur een voorstel goed of af, of kom terug op een akkoord zolang het dossier nog niet vernietigd is."""
    check = same_version_if_given(if_match)
    return once.answer(
        lambda: judge_vernietiging(session, actor, key, body, request_time(), check_version=check),
        VernietigingOut,
        check=right_is_enough,
        location=_ADDRESS,
    )
