"""Record a visit in one form, exactly once, and read at once whether the talk counts and what must follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose
from app.db.keyset import Page
from app.errors import AppError, BadInput, NotFound
from app.models.soorten import DELEN_VAN_EEN_BEZOEK
from app.norms.calendar import age_on
from app.norms.zicht import Zicht
from app.queries.bezoeken import normgevolgen
from app.queries.bladen.bezoekblad import Bezoekblad, read_bezoekblad
from app.queries.concepten import Bewaard, concept_parameters, concepten_of, with_changes
from app.queries.pleegkinderen.filter import KinderenFilter
from app.queries.pleegkinderen.lijst import list_pleegkinderen
from app.queries.termijnen.lijst import Kindoordeel, judge_kind
from app.queries.zorg import Zorg
from app.routers.pages.bezoek.formulier import (
    ERBIJ,
    Ongeldig,
    formfout,
    in_order,
    read_bezoek,
)
from app.routers.pages.bezoek.gevolgen import gevolgregels
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, conceptsleutel_of, opened, plek_of, send, typed
from app.routers.pages.formulieren.invoer import Formfout, status_of
from app.routers.pages.formulieren.opvolgstap import open_aanleidingen, step_form, step_plekken
from app.routers.pages.kinderen.lijst import kindregels
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.woorden.tijdlijn import AANWEZIGEN, GEVOEL, REDENEN, UITKOMSTEN
from app.routers.pages.zorg import open_kind
from app.routers.params import request_time
from app.schemas.feiten.bezoek import BezoekIn
from app.security.conceptsleutel import Plek
from app.services.bezoeken import record_bezoek
from app.services.feiten.recording import RequestTime
from app.terms import NormCode
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Lezer = Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)]
_Recorder = Annotated[Actor, page_permits(Permission.FEIT_RECORD)]
#: how often a talk must come when no norm says so for this plaatsing (a child in deeltijd)
_MAANDEN: Final = 4
_GISTEREN: Final = timedelta(days=1)
_NORMEN_VAN_EEN_GESPREK: Final = frozenset({NormCode.KAG_R, NormCode.KAG_D})
#: the parts of a visit, the one that says most first
_VOOROP: Final = (*DELEN_VAN_EEN_BEZOEK[1:], *DELEN_VAN_EEN_BEZOEK[:1])


@dataclass(frozen=True, slots=True)
class Telling:
    """Whether a talk counts: ``mee`` or ``niet``, and the sentence after it."""

    uit: str
    zin: str
    uiterlijk: date | None


@router.get("/bezoek")
def choose_kind(request: Request, session: ReadSession, actor: _Lezer, spoor: HetSpoor) -> Response:
    """Show the children by name, to choose who was visited."""
    vandaag = clock.today()
    window = list_pleegkinderen(
        session, actor, KinderenFilter(), Page(MEESTE), peildatum=vandaag, vandaag=vandaag, with_oordelen=True
    )
    regels = [regel for regel in kindregels(session, actor, window.rows, vandaag) if regel.mag_bezoek]
    regels.sort(key=lambda regel: regel.op_naam)
    spoor.add(regel.uid for regel in regels)
    return blad(request, actor, "bezoek/kiezen.html", "/bezoek", regels=regels)


@router.get("/kinderen/{id}/bezoek")
def bezoek_form(key: Id, request: Request, session: ReadSession, actor: _Recorder, spoor: HetSpoor) -> Response:
    """Show the form, filled in with what is most likely."""
    vandaag = clock.today()
    kind, zorg = open_kind(session, actor, key, vandaag, spoor, Purpose.RECORD)
    start = {"plaatsing": str(zorg.plaatsing_uid or ""), "wanneer": vandaag.isoformat(), "hoe": "thuis", "check": "nee"}
    form, getypt = opened(request, session, actor, plek_of("bezoek", zorg.uid), start)
    _plaatsing(zorg, form)
    return _show(request, actor, zorg, judge_kind(session, actor, kind, vandaag), (form, getypt))


@router.post("/kinderen/{id}/bezoek")
def record(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Record what the form says, once however often it is sent; or show it again with every field as it was."""
    moment = request_time()
    kind, zorg = open_kind(session, actor, key, moment.vandaag, spoor, Purpose.RECORD)
    plaatsing = _plaatsing(zorg, form)
    try:
        invoer = read_bezoek(form, plaatsing, moment.vandaag)
        work = partial(_record, session, actor, kind, invoer, moment)
        feit = send(request, session, actor, form, work, plek_of("bezoek", zorg.uid))
    except Ongeldig as wrong:
        return _again(request, session, actor, (kind, zorg), form, list(wrong.fouten), 400)
    except AppError as refused:
        return _again(request, session, actor, (kind, zorg), form, _fouten(refused), refused.status)
    return redirect(f"/kinderen/{zorg.uid}/bezoek/{feit}")


def _record(session: Session, actor: Actor, kind: int, invoer: BezoekIn, moment: RequestTime) -> Mapping[str, Any]:
    """Record the visit; returns the uid of what is looked at first: the talk, else the check, else the visit."""
    feiten = record_bezoek(session, actor, kind, invoer, moment).feiten
    return {"uid": next(feiten[deel]["uid"] for deel in _VOOROP if deel in feiten)}


@router.get("/kinderen/{id}/bezoek/{feit}")
def show_recorded(
    key: Id, feit: UUID, request: Request, session: ReadSession, actor: _Lezer, spoor: HetSpoor
) -> Response:
    """Show whether the talk counts and until when, and who to call when something must be done."""
    return recorded(request, session, actor, (key, feit), spoor)


def recorded(
    request: Request,
    session: Session,
    actor: Actor,
    wat: tuple[UUID, UUID],
    spoor: HetSpoor,
    form: Form | None = None,
    refused: AppError | None = None,
) -> Response:
    """Return the page of a visit that was recorded; with a step after it that was refused, as it was typed.

    Args:
        request: of the page.
        session: reads.
        actor: who looks.
        wat: the child, and the talk, check or visit.
        spoor: hears of the child.
        form: of the step.
        refused: what refused it.
    """
    key, feit = wat
    vandaag = clock.today()
    kind, zorg = open_kind(session, actor, key, vandaag, spoor)
    oordeel = judge_kind(session, actor, kind, vandaag)
    forms = step_plekken("bezoek", feit).values()
    typed_in = concept_parameters(actor, conceptsleutel_of(request, actor), forms, clock.now())
    gezien = read_bezoekblad(session, actor, (kind, feit), vandaag, zorg.team_uid, lambda: oordeel.catalogus, typed_in)
    kept = with_changes(session, actor, concepten_of(conceptsleutel_of(request, actor), gezien.concepten))
    talk, check = gezien.gesprek, gezien.check
    return blad(
        request,
        actor,
        "bezoek/bewaard.html",
        "/bezoek",
        status_of(refused),
        kind=zorg,
        gesprek=talk,
        telling=telling_of(oordeel, talk, vandaag) if talk else None,
        gevolgen=gevolgregels(oordeel, talk or check or gezien.huisbezoek, vandaag),
        zegt_onveilig=bool(talk and talk["opvolging"]),
        bezoek=feit,
        **_what_follows(actor, gezien, oordeel, feit, kept, (form or {}, refused)),
    )


def _what_follows(
    actor: Actor,
    gezien: Bezoekblad,
    oordeel: Kindoordeel,
    feit: UUID,
    kept: Mapping[Plek, Bewaard],
    sent: tuple[Form, AppError | None],
) -> Mapping[str, Any]:
    """Return until when somebody must act on a visit, whom to call, and the forms of the steps."""
    vandaag = clock.today()
    open_om = [one for one in (gezien.gesprek, gezien.check) if one and one["opvolging"]]
    over = {one["soort"]: one["uid"] for one in open_om}
    plekken = step_plekken("bezoek", feit)
    return {
        "opvolging": open_om[0]["opvolging"] if open_om else None,
        "belnummers": gezien.belnummers if open_om else (),
        **step_form(actor, over, open_aanleidingen(oordeel, vandaag), vandaag, plekken, kept, sent),
    }


def telling_of(oordeel: Kindoordeel, talk: Mapping[str, Any], vandaag: date) -> Telling | None:
    """Return whether a talk counts, and the next last day or the reasons why it does not."""
    gevolgen = normgevolgen(oordeel, "kindgesprek", talk["feit_id"], vandaag)
    one = next((gevolg for gevolg in gevolgen if gevolg["norm"] in _NORMEN_VAN_EEN_GESPREK), None)
    if one is None:
        return None
    return Telling("mee" if one["telt"] else "niet", f"want {' en '.join(one['waarom_niet'])}.", one["uiterlijk"])


def _plaatsing(zorg: Zorg, form: Form) -> UUID:
    """Return the plaatsing that a form is about: of when it was opened, which may have ended since.

    Raises:
        NotFound: the child lives nowhere: there is nobody to visit.
    """
    try:
        return UUID(form["plaatsing"])
    except (KeyError, ValueError):
        if zorg.plaatsing_uid is None:
            raise NotFound from None
        return zorg.plaatsing_uid


def _fouten(refused: AppError) -> list[Formfout]:
    if isinstance(refused, BadInput):
        return in_order(map(formfout, refused.faults))
    return [Formfout("", refused.detail)]


def _again(
    request: Request,
    session: Session,
    actor: Actor,
    wie: tuple[int, Zorg],
    form: Form,
    fouten: list[Formfout],
    status: int,
) -> Response:
    kind, zorg = wie
    oordeel = judge_kind(session, actor, kind, clock.today())
    return _show(request, actor, zorg, oordeel, (form, typed(plek_of("bezoek", zorg.uid))), fouten, status)


def _show(
    request: Request,
    actor: Actor,
    zorg: Zorg,
    oordeel: Kindoordeel,
    ingevuld: tuple[Form, Getypt],
    fouten: Sequence[Formfout] = (),
    status: int = 200,
) -> Response:
    form, getypt = ingevuld
    vandaag = clock.today()
    zicht: Zicht = oordeel.zicht
    return blad(
        request,
        actor,
        "bezoek/formulier.html",
        "/bezoek",
        status,
        kind=zorg,
        leeftijd=age_on(zorg.geboortedatum, vandaag),
        zicht=zicht,
        gisteren=vandaag - _GISTEREN,
        f=_on_a_day(form, vandaag),
        getypt=getypt,
        fouten=fouten,
        redenen=REDENEN,
        uitkomsten=UITKOMSTEN,
        gevoel=GEVOEL,
        aanwezigen={f"{ERBIJ}{code}": woord for code, woord in AANWEZIGEN.items()},
        maanden=_months(oordeel),
    )


def _on_a_day(form: Form, vandaag: date) -> Form:
    """Return a form with its day where the page can show it: what was yesterday when it was typed may be so no more."""
    dag = form.get("wanneer", "")
    if dag in ("", "anders", vandaag.isoformat(), (vandaag - _GISTEREN).isoformat()):
        return form
    return {**form, "wanneer": "anders", "datum": dag}


def _months(oordeel: Kindoordeel) -> int:
    """Return how many months a talk holds, by the norm that applies to this child today."""
    norms = (item.oordeel.norm for item in oordeel.termijnen)
    return next((norm.number("maanden") for norm in norms if norm.code in _NORMEN_VAN_EEN_GESPREK), _MAANDEN)
