"""The quarterly audit."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Window
from app.exports.kwartaaltoets.formats import WRITERS, filename_of, open_toetsbestand
from app.norms.kwartaaltoets.inhoud import RegelInhoud
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.opgeslagen import (
    find_kwartaaltoets,
    get_kwartaaltoets,
    list_kinderen_of_toets,
    list_kwartaaltoetsen,
    list_regels,
)
from app.queries.kwartaaltoetsen.vergelijking import compare_with_now, compare_with_previous
from app.routers.params import BekendOp, Id, request_time
from app.schemas.kwartaaltoets import (
    MET_NAMEN,
    KengetallenOut,
    KwartaaltoetsIn,
    KwartaaltoetsOut,
    ToetsexportIn,
    ToetsopdrachtOut,
    VergelijkingOut,
    show_verklaring,
)
from app.schemas.velden import ListFilter, SchemaIn
from app.services.kwartaaltoetsen.opdrachten import ask_export, ask_opbouw
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, freeze_toets, request_toets
from app.services.zegels.maken import seal_when_committed
from app.terms import Regelkeuze, Toetsformaat
from app.web.actor import permits
from app.web.answers import etag_of, json_response, one
from app.web.apart import apart, reads_apart
from app.web.etag import IfMatch, IfNoneMatch, require_match
from app.web.files import file_response
from app.web.idempotency import Once, OnceOnly, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.prefer import NietWachten, applied
from app.web.route import ApiRoute, produces
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor, herkomst_of
from app.web.state import AppZegelplaats

router = Router(route_class=ApiRoute, tags=["kwartaaltoetsen"])
_Reader = Annotated[Actor, permits(Permission.TOETS_READ)]
_PATH = "/kwartaaltoetsen/{id}"


class ToetsregelFilter(ListFilter):
    """The query of an audit's rows."""

    navolgbaar: bool | None = Field(default=None, description="Alleen rijen die dit wel of niet zijn.")
    alleen: Regelkeuze | None = Field(default=None, description="Alleen rijen die in dit kengetal zijn geteld.")


class ExportFilter(SchemaIn):
    """The query of an export."""

    formaat: Toetsformaat = Field(default=Toetsformaat.JSON, description="csv, json, xlsx of pdf.")
    namen: bool = Field(default=False, description=MET_NAMEN)


def _verzoek(actor: Actor) -> Toetsverzoek:
    now = request_time()
    return Toetsverzoek(actor.organisatie_id, now.nu, now.vandaag, actor.medewerker_id)


@router.get("/kwartaaltoetsen", response_model=Resultaten[KwartaaltoetsOut], name="list_kwartaaltoetsen")
def list_toetsen(session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[ListFilter, Query()]) -> Response:
    """De kwartaaltoetsen van uw organisatie, het laatste kwartaal eerst."""
    return lijst.answer(list_kwartaaltoetsen(session, actor.organisatie_id, lijst.page(vraag)), KwartaaltoetsOut)


@router.post(
    "/kwartaaltoetsen",
    response_model=KwartaaltoetsOut,
    status_code=201,
    name="record_kwartaaltoets",
    responses={202: {"model": ToetsopdrachtOut, "description": "Zij wordt gemaakt naast deze aanvraag."}},
)
def build(
    body: KwartaaltoetsIn,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.TOETS_BUILD, writes=True)],
    once: Once,
    *,
    niet_wachten: NietWachten,
) -> Response:
    """Bouw het concept van een kwartaal op met wat nu bekend is; een concept dat er al is, wordt vernieuwd.

    Met de kop Prefer: respond-async is het antwoord een opdracht, die zegt hoe ver het is.
    """
    kwartaal = Kwartaal.parse(body.kwartaal)

    def work() -> object:
        toets = request_toets(session, _verzoek(actor), kwartaal, body.vervangt)
        return get_kwartaaltoets(session, actor.organisatie_id, toets.uid)

    def order() -> object:
        van = herkomst_of(request, clock.now())
        return ToetsopdrachtOut.of(ask_opbouw(session, actor, kwartaal, body.vervangt, _verzoek(actor), van))

    if niet_wachten:
        return applied(_accepted(once, order))
    return once.answer(work, KwartaaltoetsOut, check=right_is_enough, location="/v1/kwartaaltoetsen/{uid}")


def _accepted(once: OnceOnly, order: Callable[[], object]) -> Response:
    where = "/v1/toetsopdrachten/{uid}"
    return once.answer(order, ToetsopdrachtOut, check=right_is_enough, status=202, location=where)


@router.get(_PATH, response_model=KwartaaltoetsOut, name="get_kwartaaltoets")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een kwartaaltoets zonder haar regels."""
    return one(get_kwartaaltoets(session, actor.organisatie_id, key), KwartaaltoetsOut, if_none_match)


@router.post(f"{_PATH}/vaststelling", response_model=KwartaaltoetsOut, status_code=201, name="freeze_kwartaaltoets")
def freeze(
    key: Id,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.TOETS_FREEZE, writes=True)],
    once: Once,
    zegelplaats: AppZegelplaats,
    if_match: IfMatch = None,
) -> Response:
    """Stel een kwartaaltoets vast; daarna wijzigt zij nooit meer.

    Voor elke rij die niet navolgbaar is opent een extra inzet. Met If-Match wordt precies vastgesteld wat u zag;
    zonder wordt zij eerst bijgewerkt met wat intussen is vastgelegd.
    """

    def work() -> object:
        seal_when_committed(session, actor.organisatie_id, zegelplaats, request_time().nu)
        return _freeze(session, actor, key, if_match)

    return once.answer(
        work,
        KwartaaltoetsOut,
        check=right_is_enough,
        location="/v1/kwartaaltoetsen/{uid}",
    )


def _freeze(session: Session, actor: Actor, key: UUID, if_match: str | None) -> object:
    toets = find_kwartaaltoets(session, actor.organisatie_id, key)
    if if_match is not None:
        require_match(if_match, etag_of(toets) or "")
    freeze_toets(session, _verzoek(actor), toets, as_seen=if_match is not None)
    return get_kwartaaltoets(session, actor.organisatie_id, key)


@router.get(f"{_PATH}/regels", response_model=Resultaten[RegelInhoud], name="list_toetsregels")
def list_rows(
    key: Id,
    session: ReadSession,
    actor: _Reader,
    lijst: Lijst,
    vraag: Annotated[ToetsregelFilter, Query()],
    spoor: HetSpoor,
) -> Response:
    """De regels over kinderen die u ziet, op nummer."""
    toets = find_kwartaaltoets(session, actor.organisatie_id, key)
    window = list_regels(
        session, actor, toets.id, lijst.page(vraag), clock.today(), navolgbaar=vraag.navolgbaar, keuze=vraag.alleen
    )
    rows = [row.inhoud for row in window.rows]
    spoor.add(UUID(row["pleegkind"]["id"]) for row in rows)
    return lijst.answer(Window(rows, window.next, window.prev), RegelInhoud)


@router.get(f"{_PATH}/kengetallen", response_model=KengetallenOut, name="get_kengetallen")
def get_figures(key: Id, session: ReadSession, actor: _Reader) -> Response:
    """De kengetallen van de organisatie en van elk team, elke GI en elke zorgvorm, met de kwartalen ervoor."""
    toets = find_kwartaaltoets(session, actor.organisatie_id, key)
    trend = {**toets.kop["trend"], toets.kwartaal: toets.kengetallen[0]}
    shown = {"kwartaal": toets.kwartaal, "groepen": toets.kengetallen, "trend": trend}
    return json_response(shown, KengetallenOut)


@router.get(f"{_PATH}/vergelijking", response_model=VergelijkingOut, name="get_vergelijking")
@reads_apart
def compare(
    key: Id,
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.TOETS_EXPORT)],
    bekend_op: BekendOp = None,
) -> Response:
    """Wat dezelfde toets zou zeggen met wat nu bekend is en waarom, en hoe het ging sinds het kwartaal ervoor."""
    with apart(session) as copy:
        toets = find_kwartaaltoets(copy, actor.organisatie_id, key)
        verschillen = compare_with_now(copy, toets, bekend_op)
        vorige, verloop = compare_with_previous(copy, toets)
    shown = {
        "bekend_op": bekend_op,
        "verschillen": [show_verklaring(one) for one in verschillen],
        "vorig_kwartaal": None if vorige is None else vorige.uid,
        "verloop": verloop,
    }
    return json_response(shown, VergelijkingOut)


@router.get(f"{_PATH}/export", name="export_kwartaaltoets", response_class=Response)
@produces(*(writer.media_type for writer in WRITERS.values()))
@reads_apart
def export(
    key: Id,
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.TOETS_EXPORT)],
    vraag: Annotated[ExportFilter, Query()],
    spoor: HetSpoor,
) -> Response:
    """De toets als bestand, met haar digest en wie haar vaststelde.

    Bij CSV staan die in de koppen X-Toets-Digest en X-Toets-Vastgesteld-Door.
    """
    writer = WRITERS[vraag.formaat]
    with apart(session) as copy:
        toets = find_kwartaaltoets(copy, actor.organisatie_id, key)
        bestand = open_toetsbestand(copy, toets, with_names=vraag.namen)
        naam = filename_of(bestand, vraag.formaat)
        spoor.add(list_kinderen_of_toets(copy, toets.id))
        written, door = writer.write(bestand), bestand.vastgesteld_door
        return file_response(written, writer.media_type, naam, toets.digest, door)


@router.post(f"{_PATH}/export", response_model=ToetsopdrachtOut, status_code=202, name="order_kwartaaltoets_export")
def order_export(
    key: Id,
    body: ToetsexportIn,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.TOETS_EXPORT, writes=True)],
    once: Once,
    *,
    niet_wachten: NietWachten,
) -> Response:
    """Vraag een bestand dat wordt gemaakt naast deze aanvraag; de opdracht zegt hoe ver het is."""

    def order() -> object:
        toets = find_kwartaaltoets(session, actor.organisatie_id, key)
        van = herkomst_of(request, clock.now())
        return ToetsopdrachtOut.of(ask_export(session, actor, toets, body.formaat, van, namen=body.namen))

    given = _accepted(once, order)
    return applied(given) if niet_wachten else given
