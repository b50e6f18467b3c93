"""A visit in one request: what was done there, and what somebody did about it at once."""

from typing import Annotated, Any

from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose
from app.queries.bezoeken import show_bezoek
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.routers.params import Id, request_time
from app.schemas.feiten.bezoek import BezoekIn, BezoekOut
from app.services.bezoeken import delen_of, record_bezoek
from app.web.actor import permits
from app.web.idempotency import Once
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import WriteSession

router = Router(route_class=ApiRoute, tags=["bezoeken"])


@router.post("/pleegkinderen/{id}/bezoeken", response_model=BezoekOut, status_code=201)
def record_visit(
    key: Id,
    body: BezoekIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.FEIT_RECORD, writes=True)],
    once: Once,
) -> Response:
    """Leg een bezoek in een keer vast: alles of niets. Elk deel is een feit dat apart wordt gecorrigeerd."""

    def work() -> dict[str, Any]:
        now = request_time()
        doel = Purpose.RECORD if delen_of(body) else Purpose.STEP
        kind = get_pleegkind_key(session, actor, key, now.vandaag, doel)
        bezoek = record_bezoek(session, actor, kind, body, now)
        return show_bezoek(session, actor, kind, bezoek.feiten, bezoek.stappen, now.vandaag)

    return once.answer(work, BezoekOut, check=lambda _: get_pleegkind_key(session, actor, key, clock.today()))
