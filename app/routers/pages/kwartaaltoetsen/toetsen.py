"""The quarterly audit: build it, look, compare with what is known now, freeze it after a last question, export it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Scope, scope_of
from app.db.keyset import Page
from app.errors import AppError, BadInput
from app.exports.kwartaaltoets.formats import WRITERS, filename_of, open_toetsbestand
from app.exports.kwartaaltoets.woorden import GETELD
from app.models import Kwartaaltoets
from app.norms.kwartaaltoets.inhoud import RegelInhoud
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.normwoorden import NORMEN
from app.queries.kwartaaltoetsen.opdrachten import list_toetsopdrachten
from app.queries.kwartaaltoetsen.opgeslagen import (
    find_kwartaaltoets,
    get_kwartaaltoets,
    list_kinderen_of_toets,
    list_kwartaaltoetsen,
    list_regels,
)
from app.queries.kwartaaltoetsen.rijen import list_population
from app.queries.kwartaaltoetsen.vergelijking import compare_with_now, compare_with_previous
from app.queries.namen import read_namen
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import send, send_about
from app.routers.pages.formulieren.invoer import Formfout
from app.routers.pages.kwartaaltoetsen.cijfers import CRITERIA, figures
from app.routers.pages.kwartaaltoetsen.opdrachten import said
from app.routers.pages.kwartaaltoetsen.trend import trend_of
from app.routers.pages.kwartaaltoetsen.verloop import by_verloop, said_of, why_of
from app.schemas.velden import ListFilter
from app.services.extra_inzetten import INZET_DAGEN, foresee_extra_inzetten
from app.services.kwartaaltoetsen.opdrachten import VEEL, ask_opbouw
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, freeze_toets, request_toets
from app.services.zegels.maken import seal_when_committed
from app.terms import Regelkeuze, Toetsformaat, ToetsStatus
from app.web.apart import apart, reads_apart
from app.web.files import file_response
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.pagination import Lijst
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor, herkomst_of
from app.web.state import AppZegelplaats
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Lezer = Annotated[Actor, page_permits(Permission.TOETS_READ)]
_HIER: Final = "/kwartaaltoetsen"
_OPDRACHT: Final = "/toetsopdrachten"
#: as many quarters back can be chosen
_TERUG: Final = 12
#: what the list under a figure is called; None: the rows that ask for attention
RIJEN: Final = {
    None: "Niet navolgbaar",
    Regelkeuze.MET_UITZONDERING: "Met een uitzondering",
    Regelkeuze.NOOIT_GEZIEN: "Nog nooit alleen gesproken",
    Regelkeuze.LAAT_VASTGELEGD: "Met iets dat laat is vastgelegd",
}


class Toetsblad(ListFilter):
    """Which page of an audit, whether it was just frozen, and whose rows: of which figure; else not navolgbaar."""

    klaar: bool = False
    alleen: Regelkeuze | None = None


@router.get("/kwartaaltoetsen")
def list_toetsen(request: Request, session: ReadSession, actor: _Lezer) -> Response:
    """Show the audits, and the form of a new one."""
    return _list(request, session, actor, {}, (), 200)


@router.post("/kwartaaltoetsen")
def build(
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.TOETS_BUILD, writes=True)],
    form: SessionForm,
) -> Response:
    """Build the concept of a quarter with what is known now."""
    try:
        kwartaal = _quarter(form)
        later = len(list_population(session, actor.organisatie_id, kwartaal)) > VEEL
        made = send(
            request, session, actor, form,
            lambda: _build(request, session, actor, kwartaal, form.get("vervangt") or None, later=later),
        )  # fmt: skip
    except AppError as refused:
        return _list(request, session, actor, form, [Formfout("kwartaal", _told(refused))], refused.status)
    return redirect(f"{_OPDRACHT if later else _HIER}/{made}")


def _build(
    request: Request, session: Session, actor: Actor, kwartaal: Kwartaal, vervangt: str | None, *, later: bool
) -> Mapping[str, Any]:
    """Build it now, or, when there are too many children to wait for, order it; return what was made."""
    verzoek, before = _verzoek(actor), UUID(vervangt) if vervangt else None
    if later:
        return ask_opbouw(session, actor, kwartaal, before, verzoek, herkomst_of(request, verzoek.nu))
    return {"uid": request_toets(session, verzoek, kwartaal, before).uid}


def _quarter(form: Form) -> Kwartaal:
    try:
        return Kwartaal.parse(form.get("kwartaal", ""))
    except ValueError:
        raise BadInput(detail="Kies een kwartaal.") from None


def _told(refused: AppError) -> str:
    return refused.faults[0].detail if isinstance(refused, BadInput) and refused.faults else refused.detail


def _verzoek(actor: Actor) -> Toetsverzoek:
    nu = clock.now()
    return Toetsverzoek(actor.organisatie_id, nu, clock.civil_date(nu), actor.medewerker_id)


def _list(
    request: Request, session: Session, actor: Actor, form: Form, fouten: Sequence[Formfout], status: int
) -> Response:
    window = list_kwartaaltoetsen(session, actor.organisatie_id, Page(50))
    return blad(
        request, actor, "kwartaaltoetsen/lijst.html", _HIER, status, toetsen=window.rows,
        kwartalen=_to_build(window.rows), loopt=Kwartaal.of(clock.today()), mag=actor.may(Permission.TOETS_BUILD),
        mag_importeren=actor.may(Permission.IMPORT_RUN), mag_inzet=actor.may(Permission.EXTRA_INZET_READ),
        mag_logboek=actor.may(Permission.INZAGE_READ), mag_bewaren=actor.may(Permission.VERNIETIGING_READ),
        opdrachten=_orders(session, actor), geteld=GETELD, f=form, fouten=fouten,
    )  # fmt: skip


def _orders(session: Session, actor: Actor) -> list[tuple[Any, str]]:
    """Return what is made beside a request, or was in the last day, each with how far it is."""
    if not actor.may(Permission.TOETS_EXPORT):
        return []
    nu = clock.now()
    return [(one, said(one, nu)) for one in list_toetsopdrachten(session, actor.organisatie_id, nu)]


def _to_build(toetsen: Sequence[Any]) -> list[str]:
    """Return the last quarters that are over and not frozen: what is frozen stays as it is."""
    frozen = {toets.kwartaal for toets in toetsen if toets.status is ToetsStatus.VASTGESTELD}
    return [kwartaal for kwartaal in _last_quarters() if kwartaal not in frozen]


def _last_quarters() -> list[str]:
    found = [Kwartaal.of(clock.today()).vorige]
    while len(found) < _TERUG:
        found.append(found[-1].vorige)
    return list(map(str, found))


@router.get("/kwartaaltoetsen/{id}")
def show_toets(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: _Lezer,
    spoor: HetSpoor,
    lijst: Lijst,
    vraag: Annotated[Toetsblad, Query()],
) -> Response:
    """Show an audit: its figures, eight quarters, and the rows that are not navolgbaar."""
    return _show(request, session, actor, key, (spoor, lijst.page(vraag), lijst), (), 200, vraag)


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    key: UUID,
    bladeren: tuple[HetSpoor, Page, Lijst],
    fouten: Sequence[Formfout],
    status: int,
    vraag: Toetsblad | None = None,
) -> Response:
    spoor, page, lijst = bladeren
    toets = find_kwartaaltoets(session, actor.organisatie_id, key)
    keuze = vraag.alleen if vraag else None
    only = False if keuze is None else None
    window = list_regels(session, actor, toets.id, page, clock.today(), navolgbaar=only, keuze=keuze)
    regels: list[RegelInhoud] = [row.inhoud for row in window.rows]
    spoor.add(UUID(regel["pleegkind"]["id"]) for regel in regels)
    geheel = toets.kengetallen[0]
    shown = get_kwartaaltoets(session, actor.organisatie_id, key)
    door = read_namen(session, filter(None, [shown["vastgesteld_door"]]))
    trend = trend_of({**toets.kop["trend"], toets.kwartaal: geheel})
    return blad(
        request,
        actor,
        "kwartaaltoetsen/een.html",
        _HIER,
        status,
        peildatum=Kwartaal.parse(toets.kwartaal).laatste_dag,
        toets=shown,
        door=[one.naam for one in door.values()],
        klaar=vraag is not None and vraag.klaar,
        rijen=RIJEN[keuze],
        keuze=keuze,
        **_foreseen(session, actor, toets),
        alles=scope_of(actor) is Scope.ORGANISATIE,
        **figures(geheel, trend),
        regels=regels,
        criteria=[(code, NORMEN[code]) for code in CRITERIA],
        bladen=lijst.targets(window),
        formaten=[one.value for one in Toetsformaat],
        **_rights(actor),
        veel=toets.rijen > VEEL,
        fouten=fouten,
    )


def _foreseen(session: Session, actor: Actor, toets: Kwartaaltoets) -> Mapping[str, Any]:
    """Return whether an audit is a concept and, for who may freeze it, which extra inzet opens when they do today."""
    concept = toets.status == ToetsStatus.CONCEPT
    asks = concept and actor.may(Permission.TOETS_FREEZE)
    opent = foresee_extra_inzetten(session, toets, clock.today()) if asks else None
    return {"concept": concept, "inzet_dagen": INZET_DAGEN, "opent": opent}


def _rights(actor: Actor) -> Mapping[str, bool]:
    """Return what the reader may do with an audit."""
    return {
        "mag_inzet": actor.may(Permission.EXTRA_INZET_READ),
        "mag_vaststellen": actor.may(Permission.TOETS_FREEZE),
        "mag_export": actor.may(Permission.TOETS_EXPORT),
        "mag_publiceren": actor.may(Permission.TOETS_PUBLISH),
    }


@router.post("/kwartaaltoetsen/{id}/vaststelling")
def freeze(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.TOETS_FREEZE, writes=True)],
    form: SessionForm,
    zegelplaats: AppZegelplaats,
    spoor: HetSpoor,
    lijst: Lijst,
) -> Response:
    """Freeze exactly the audit that was looked at, once somebody said that they looked."""

    def work() -> None:
        _freeze(session, actor, key, form)
        seal_when_committed(session, actor.organisatie_id, zegelplaats, clock.now())

    try:
        send_about(request, session, actor, form, work, key)
    except AppError as refused:
        if refused.status in (403, 404):
            raise
        fouten = [Formfout("zeker", _told(refused))]
        return _show(request, session, actor, key, (spoor, Page(), lijst), fouten, refused.status)
    return redirect(f"{_HIER}/{key}?klaar=true")


def _freeze(session: Session, actor: Actor, key: UUID, form: Form) -> None:
    toets = find_kwartaaltoets(session, actor.organisatie_id, key)
    if form.get("zeker") != "ja":
        raise BadInput(detail="Vink aan dat u de vergelijking hebt bekeken. Er is nog niets vastgesteld.")
    if form.get("digest") != toets.digest:
        raise BadInput(detail="De toets is veranderd terwijl u keek. Bekijk haar opnieuw; er is nog niets vastgesteld.")
    freeze_toets(session, _verzoek(actor), toets, as_seen=True)


@router.get("/kwartaaltoetsen/{id}/vergelijking")
@reads_apart
def compare(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.TOETS_EXPORT)],
    spoor: HetSpoor,
) -> Response:
    """Show what the same audit would say now and why, and how it went since the quarter before."""
    with apart(session) as copy:
        toets = find_kwartaaltoets(copy, actor.organisatie_id, key)
        verschillen = compare_with_now(copy, toets)
        vorige, verloop = compare_with_previous(copy, toets)
    groepen = by_verloop(verloop)
    spoor.add(UUID(one.verschil.pleegkind_id) for one in verschillen)
    spoor.add(UUID(kind.pleegkind_id) for groep in groepen for kind in groep.kinderen)
    return blad(
        request, actor, "kwartaaltoetsen/vergelijking.html", _HIER,
        peildatum=Kwartaal.parse(toets.kwartaal).laatste_dag, toets=toets, verschillen=verschillen,
        vorige=vorige, groepen=groepen, said_of=said_of, why_of=why_of,
    )  # fmt: skip


@router.get("/kwartaaltoetsen/{id}/export")
@reads_apart
def export(
    key: Id,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.TOETS_EXPORT)],
    spoor: HetSpoor,
    formaat: Annotated[Toetsformaat, Query()] = Toetsformaat.XLSX,
) -> Response:
    """Give an audit as a file, without names."""
    writer = WRITERS[formaat]
    with apart(session) as copy:
        toets = find_kwartaaltoets(copy, actor.organisatie_id, key)
        bestand = open_toetsbestand(copy, toets, with_names=False)
        spoor.add(list_kinderen_of_toets(copy, toets.id))
        naam = filename_of(bestand, formaat)
        return file_response(writer.write(bestand), writer.media_type, naam, toets.digest, bestand.vastgesteld_door)
