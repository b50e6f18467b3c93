"""Talks with a child."""

from functools import partial

from app.access.permissions import Permission
from app.models.soorten import SOORTEN
from app.queries.feiten.opvolging import with_opvolging
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.routers.feitroutes import FeitRoutes, add_child_fact_routes, add_owned_routes, new_router
from app.schemas.feiten.kindgesprek import KindgesprekIn, KindgesprekOut, KindgesprekVersie

_ROUTES = FeitRoutes(
    "kindgesprek",
    KindgesprekIn,
    KindgesprekOut,
    Permission.PLEEGKIND_READ,
    Permission.KINDGESPREK_RECORD,
    partial(with_opvolging, SOORTEN["kindgesprek"]),
    KindgesprekVersie,
)

router = new_router(_ROUTES.soort)
add_owned_routes(router, _ROUTES, "pleegkinderen", get_pleegkind_key, owner_column=None)
add_child_fact_routes(router, _ROUTES)
