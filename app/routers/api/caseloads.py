"""Children in numbers: by team and by who guides them."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.caseloads import list_caseloads
from app.schemas.caseload import CaseloadTellingOut
from app.schemas.velden import ListFilter
from app.web.actor import permits
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession

router = Router(route_class=ApiRoute, tags=["caseloads"])


class CaseloadsFilter(ListFilter):
    """The query of the list of counts."""


@router.get("/caseloads", response_model=Resultaten[CaseloadTellingOut], name="list_caseloads")
def list_counts(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_READ)],
    lijst: Lijst,
    vraag: Annotated[CaseloadsFilter, Query()],
) -> Response:
    """Hoeveel kinderen elke begeleider heeft van wie u ziet, per team; wie geen begeleider heeft staat achteraan."""
    return lijst.answer(list_caseloads(session, actor, lijst.page(vraag), clock.today()), CaseloadTellingOut)
