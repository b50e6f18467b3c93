"""Safety assessments."""

from functools import partial

from app.access.permissions import Permission
from app.models.soorten import SOORTEN
from app.queries.feiten.opvolging import with_opvolging
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.routers.feitroutes import FeitRoutes, add_child_fact_routes, add_owned_routes, new_router
from app.schemas.feiten.veiligheidscheck import VeiligheidscheckIn, VeiligheidscheckOut, VeiligheidscheckVersie

_ROUTES = FeitRoutes(
    "veiligheidscheck",
    VeiligheidscheckIn,
    VeiligheidscheckOut,
    Permission.PLEEGKIND_READ,
    Permission.FEIT_RECORD,
    partial(with_opvolging, SOORTEN["veiligheidscheck"]),
    VeiligheidscheckVersie,
)

router = new_router(_ROUTES.soort)
add_owned_routes(router, _ROUTES, "pleegkinderen", get_pleegkind_key, owner_column=None)
add_child_fact_routes(router, _ROUTES)
