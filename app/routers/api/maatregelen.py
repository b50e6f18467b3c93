"""The legal basis of care."""

from app.access.permissions import Permission
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.routers.feitroutes import FeitRoutes, add_child_fact_routes, add_owned_routes, new_router
from app.schemas.feiten.maatregel import MaatregelIn, MaatregelOut

_ROUTES = FeitRoutes("maatregel", MaatregelIn, MaatregelOut, Permission.PLEEGKIND_READ, Permission.FEIT_RECORD)

router = new_router(_ROUTES.soort)
add_owned_routes(router, _ROUTES, "pleegkinderen", get_pleegkind_key, owner_column="pleegkind_id")
add_child_fact_routes(router, _ROUTES)
