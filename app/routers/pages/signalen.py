"""The first steps of the meldcode after a signaal: with whom it was weighed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.scope import recording_of
from app.models.soorten import SOORTEN
from app.queries.feiten.regels import get_feit
from app.routers.pages.invoer import parse
from app.schemas.feit import content_of
from app.schemas.meldcodestap import MeldcodestapIn
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime
from app.web.forms import SessionForm
from app.web.pages import redirect
from app.web.sessions import WriteSession
from app.web.visitor import PageRoute, page_permits

router = APIRouter(route_class=PageRoute)
#: the step of the meldcode in which somebody else weighs it too
_OVERLEG = 2


@router.post("/signalen/{id}/overleg")
def record_overleg(
    key: Annotated[UUID, Path(alias="id")],
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)],
    form: SessionForm,
) -> Response:
    """Record that a signaal was talked over, and go back to the child."""
    nu = clock.now()
    moment, soort = RequestTime(nu, clock.civil_date(nu)), SOORTEN["meldcodestap"]
    signaal = get_feit(
        session, actor, SOORTEN["signaal"], key, moment.vandaag, purpose=recording_of(soort)
    )  # fmt: skip
    content = {"stap": _OVERLEG, "datum": moment.vandaag, "toelichting": form.get("toelichting", "")}
    body = parse(MeldcodestapIn, {**content, "veiligThuis": form.get("veilig_thuis", "geen")})
    values = {**content_of(body), "signaal_id": signaal["feit_id"]}
    recording.record(session, actor, soort, values, moment)
    return redirect(f"/kinderen/{signaal['pleegkind_id']}")
