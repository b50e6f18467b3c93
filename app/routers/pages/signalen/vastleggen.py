"""A signaal: recorded in one form, with the first steps of its meldcode for who chooses so, and what follows on it."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import purpose_of_recording
from app.errors import AppError, NotFound
from app.models.soorten import SOORTEN
from app.norms.meldcode import STAPPEN
from app.queries.bladen.bezoekblad import read_bezoekblad
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.zorg import Zorg
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, opened, plek_of, send, typed
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.signalen.formulier import (
    VELDEN,
    Signaalinvoer,
    read_signaalformulier,
    same_overleg,
    start_of,
)
from app.routers.pages.signalen.opvolging import onward
from app.routers.pages.signalen.signaal import meldcode_plek, read_signaal, signaalblad
from app.routers.pages.woorden.tijdlijn import MET, SIGNAALBRONNEN
from app.routers.pages.zorg import open_kind, open_zorg
from app.routers.params import request_time
from app.schemas.feiten.feit import content_of
from app.schemas.feiten.meldcodestap import MeldcodestapIn
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_SIGNAAL, _STAP, _OPVOLGSTAP = SOORTEN["signaal"], SOORTEN["meldcodestap"], SOORTEN["opvolgstap"]
_Schrijver = Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)]


@router.get("/kinderen/{id}/signaal")
def signaal_form(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD)],
    spoor: HetSpoor,
    bij: Annotated[UUID | None, Query()] = None,
) -> Response:
    """Show the form of a signaal; after a talk or a check (``bij``) with what that says already."""
    vandaag = clock.today()
    kind, zorg = open_kind(session, actor, key, vandaag, spoor, purpose_of_recording(_SIGNAAL))
    about = _given_by(session, actor, kind, str(bij or ""))
    start = start_of(vandaag, about[0] if about else None, zorg.roepnaam)
    ingevuld = opened(request, session, actor, plek_of("nieuw-signaal", key), {**start, "bij": str(bij or "")})
    return _show(request, actor, zorg, ingevuld)


@router.post("/kinderen/{id}/signaal")
def record_signaal(
    key: Id, request: Request, session: WriteSession, actor: _Schrijver, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Record a signaal, and what was chosen beside it: all of it, or nothing."""
    moment, plek = request_time(), plek_of("nieuw-signaal", key)
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, purpose_of_recording(_SIGNAAL))

    def work() -> Mapping[str, Any]:
        return _record(session, actor, kind, read_signaalformulier(form, moment.vandaag), form, moment)

    try:
        made = send(request, session, actor, form, work, plek)
    except AppError as refused:
        zorg = open_zorg(session, actor, kind, moment.vandaag, spoor)
        return _show(request, actor, zorg, (form, typed(plek)), refused)
    return redirect(f"/kinderen/{key}/signaal/{made}")


def _record(
    session: Session, actor: Actor, kind: int, invoer: Signaalinvoer, form: Form, moment: RequestTime
) -> Mapping[str, Any]:
    made = recording.record(session, actor, _SIGNAAL, {**content_of(invoer.signaal), "pleegkind_id": kind}, moment)
    for stap in invoer.meldcode:
        recording.record(session, actor, _STAP, {**content_of(stap), "signaal_id": made["uid"]}, moment)
    for about in _given_by(session, actor, kind, form.get("bij", "")):
        overleg = same_overleg(invoer, about)
        if overleg is not None:
            recording.record(session, actor, _OPVOLGSTAP, {**content_of(overleg), "pleegkind_id": kind}, moment)
    return made


def _given_by(session: Session, actor: Actor, kind: int, bij: str) -> list[dict[str, Any]]:
    """Return the talk and the check that gave a signaal, each with its kind; none when it came otherwise.

    Raises:
        NotFound: the child has no such talk or check.
    """
    if not bij:
        return []
    try:
        found = read_bezoekblad(session, actor, (kind, UUID(bij)), clock.today())
    except ValueError:
        raise NotFound from None
    about = [one for one in (found.gesprek, found.check) if one is not None]
    if not about:
        raise NotFound
    return about


@router.get("/kinderen/{id}/signaal/{feit}")
def show_signaal(
    key: Id,
    feit: UUID,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
    spoor: HetSpoor,
) -> Response:
    """Show a signaal, what must follow on it, and its meldcode."""
    return signaalblad(request, session, actor, (key, feit), spoor)


@router.post("/kinderen/{id}/meldcode")
def record_meldcodestap(
    key: Id, request: Request, session: WriteSession, actor: _Schrijver, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Record a step of the meldcode about the signaal that the form names."""
    moment = request_time()
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, purpose_of_recording(_STAP))
    signaal = _uid(form.get("signaal", ""))
    read_signaal(session, actor, kind, signaal, moment.vandaag)

    def work() -> Mapping[str, Any]:
        values = {**content_of(_meldcodestap(form, moment)), "signaal_id": signaal}
        return recording.record(session, actor, _STAP, values, moment)

    try:
        send(request, session, actor, form, work, meldcode_plek(form.get("stap", ""), signaal))
    except AppError as refused:
        return signaalblad(request, session, actor, (key, signaal), spoor, form, refused)
    return redirect(onward(session, actor, key, moment, f"/kinderen/{key}/signaal/{signaal}#meldcode"))


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _meldcodestap(form: Form, moment: RequestTime) -> MeldcodestapIn:
    stap = form.get("stap", "")
    given = {
        "stap": next((nr for nr in STAPPEN if str(nr) == stap), None),
        "datum": form.get("datum", moment.vandaag),
        "toelichting": form.get("toelichting", "").strip(),
        "veiligThuis": form.get("veilig_thuis") or "geen",
    }
    return parse(MeldcodestapIn, given)


def _show(
    request: Request,
    actor: Actor,
    zorg: Zorg,
    ingevuld: tuple[Form, Getypt],
    refused: AppError | None = None,
) -> Response:
    form, getypt = ingevuld
    fouten = fouten_of(refused, VELDEN)
    return blad(
        request,
        actor,
        "signalen/formulier.html",
        "/kinderen",
        status_of(refused),
        kind=zorg,
        bronnen=SIGNAALBRONNEN,
        met=MET,
        f=form,
        getypt=getypt,
        fouten=fouten,
    )
