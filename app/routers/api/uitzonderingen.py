"""Documented exceptions, and their approval by a second person."""

from typing import Annotated

from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.pleegkinderen import get_pleegkind_key
from app.routers.feitroutes import FeitRoutes, add_child_fact_routes, add_owned_routes, new_router, still_visible
from app.routers.params import Id, moment, same_version_if_given
from app.schemas.uitzondering import UitzonderingIn, UitzonderingOut
from app.services.uitzonderingen import approve_uitzondering
from app.web.actor import permits
from app.web.etag import IfMatch
from app.web.idempotency import Once
from app.web.sessions import WriteSession

_ROUTES = FeitRoutes(
    "uitzondering",
    UitzonderingIn,
    UitzonderingOut,
    Permission.PLEEGKIND_READ,
    Permission.UITZONDERING_PROPOSE,
)

router = new_router(_ROUTES.soort)
add_owned_routes(router, _ROUTES, "pleegkinderen", get_pleegkind_key, owner_column="pleegkind_id")
add_child_fact_routes(router, _ROUTES)


@router.post("/uitzonderingen/{id}/goedkeuring", response_model=UitzonderingOut, status_code=201)
def approve(
    key: Id,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.UITZONDERING_APPROVE, writes=True)],
    once: Once,
    if_match: IfMatch = None,
) -> Response:
    """Keur een uitzondering goed die een ander heeft opgesteld; vanaf dan dekt zij de normen die zij noemt."""
    return once.answer(
        lambda: approve_uitzondering(session, actor, key, moment(), check_version=same_version_if_given(if_match)),
        UitzonderingOut,
        check=still_visible(session, actor, _ROUTES.soort),
        location="/v1/uitzonderingen/{uid}",
    )
