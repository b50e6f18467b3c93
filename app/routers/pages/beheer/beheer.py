"""What a beheerder keeps: who works here and in which team, which inspectie may look, and who looked in which file."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError
from app.models import Taakstand
from app.queries.berichten import list_unreached
from app.queries.bladen.lijstbladen import read_beheerblad
from app.queries.inzagen import list_inzagen
from app.queries.taakstanden import has_failed, is_late, list_taakstanden
from app.queries.webhooks import list_deaf_webhooks
from app.routers.pages.beheer.betrokkenen import read_betrokkenen
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import plek_of, send_about
from app.routers.pages.formulieren.invoer import as_seen, fouten_of, parse, status_of
from app.routers.pages.formulieren.rijen import Verstuurd, read_rijformulieren
from app.routers.pages.team.beslissen import list_beslisregels
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.woorden.rollen import ROLLEN, TAKEN
from app.routers.params import request_time
from app.schemas.belnummer import BelnummerIn
from app.schemas.feiten.feit import IntrekkingIn
from app.schemas.inzage import InzageFilter
from app.schemas.organisatie import MedewerkerIn, TeamIn
from app.schemas.toezichtsmandaat import MandaatIntrekkingIn, ToezichtsmandaatIn
from app.security.conceptsleutel import Plek
from app.services.beheer.belnummers import set_belnummer
from app.services.beheer.medewerkers import create_medewerker, revoke_medewerker
from app.services.beheer.teams import create_team
from app.services.beheer.toezichtsmandaten import give_toezichtsmandaat, withdraw_toezichtsmandaat
from app.services.feiten.recording import RequestTime, any_version
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.pagination import Lijst
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor, spoor_in
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Beheerder = Annotated[Actor, page_permits(Permission.MEDEWERKER_MANAGE, writes=True)]
_Gever = Annotated[Actor, page_permits(Permission.TOEZICHTSMANDAAT_MANAGE, writes=True)]
_HIER: Final = "/beheer"
#: name in the API → id of the field
_VELDEN: Final = {
    "naam": "naam", "email": "email", "rol": "rol", "teamId": "team", "account": "subject", "inspectie": "inspectie",
    "doel": "doel", "wettelijkeGrond": "grond", "van": "van", "tot": "tot", "aangekondigdOp": "aangekondigd",
}  # fmt: skip
Work = Callable[[RequestTime], object]
_MANDAAT, _MANDAAT_EINDE, _UIT_DIENST = "mandaat", "mandaat-einde", "uit-dienst"


@router.get("/beheer")
def show_beheer(
    request: Request, session: ReadSession, actor: Annotated[Actor, page_permits(Permission.MEDEWERKER_MANAGE)]
) -> Response:
    """Show who works here, the teams, the mandates, and about which children must be decided."""
    return _show(request, session, actor, {}, None)


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    form: Form,
    refused: AppError | None,
    sent: Verstuurd | None = None,
    velden: Mapping[str, str] | None = None,
) -> Response:
    vandaag = clock.today()
    kept = read_beheerblad(session, actor, vandaag, MEESTE)
    teams, medewerkers, spoor = kept["teams"], kept["medewerkers"], spoor_in(request.scope)
    rijen = [(_UIT_DIENST, one["uid"]) for one in medewerkers]
    rijen += [(_MANDAAT_EINDE, one["uid"]) for one in kept["mandaten"]]
    reden = f"r-{sent[0].over}" if sent else "reden"
    fields = {**_VELDEN, "reden": reden, "wijzigingsreden": reden, **(velden or {})}
    return blad(
        request,
        actor,
        "beheer/beheer.html",
        _HIER,
        status_of(refused),
        medewerkers=medewerkers,
        teams=[team for team in teams if team["gesloten_per"] is None],
        teamnamen={team["uid"]: team["naam"] for team in teams},
        belnummers=kept["belnummers"],
        beslissen=list_beslisregels(session, actor, vandaag, spoor, kept["beslissen"], medewerkers),
        wachtend=len(kept["samenvoegingen"]),
        taken=_taken(session, actor),
        onbereikt=list_unreached(session, actor, clock.now()),
        doof=list_deaf_webhooks(session, actor, clock.now()),
        mandaten=kept["mandaten"],
        rollen=ROLLEN,
        f=form,
        forms=read_rijformulieren(request, session, actor, [(_MANDAAT, actor.medewerker_uid), *rijen], sent),
        fouten=fouten_of(refused, fields),
    )


def _taken(session: Session, actor: Actor) -> Sequence[tuple[str, Taakstand | None, str]]:
    """Return every job in words, how it stands, and what is wrong with it; none at all while none ever ran."""
    standen = {one.taak: one for one in list_taakstanden(session, actor)}
    return [(woord, standen.get(taak), _wrong_with(standen.get(taak))) for taak, woord in TAKEN.items() if standen]


def _wrong_with(stand: Taakstand | None) -> str:
    """Return what a beheerder must know of a job, in a sentence; empty when it goes well."""
    if stand is None:
        return "Dit gebeurt niet. Vraag het aan wie de dienst draait."
    if has_failed(stand):
        return "De laatste keer lukte het niet."
    if is_late(stand, clock.now()):
        return "Dat is te lang geleden. Vraag het aan wie de dienst draait."
    return "Er klopt iets niet. Vraag het aan wie de dienst draait." if stand.bevindingen else ""


def _attempt(
    request: Request,
    session: Session,
    actor: Actor,
    form: Form,
    work: Work,
    plek: Plek | None = None,
    velden: Mapping[str, str] | None = None,
) -> Response:
    """Do once what a form asks, or show the page again as it was typed, in the row of its form, and what is wrong."""
    try:
        send_about(request, session, actor, form, lambda: work(request_time()), actor.medewerker_uid, plek)
    except AppError as refused:
        sent = (plek, form) if plek else None
        return _show(request, session, actor, {} if plek else form, refused, sent, velden)
    return redirect(_HIER)


@router.post("/medewerkers")
def add_medewerker(request: Request, session: WriteSession, actor: _Beheerder, form: SessionForm) -> Response:
    """Add somebody who works here, with the account to sign in with."""
    account = {"issuer": form.get("issuer", ""), "subject": form.get("subject", "")}
    given = {
        "naam": form.get("naam", ""),
        "email": form.get("email") or None,
        "rol": form.get("rol", ""),
        "teamId": form.get("team") or None,
        "account": account if any(account.values()) else None,
    }
    return _attempt(
        request, session, actor, form,
        lambda moment: create_medewerker(session, actor, parse(MedewerkerIn, given), moment),
    )  # fmt: skip


@router.post("/medewerkers/{id}/intrekking")
def withdraw_medewerker(
    key: Id, request: Request, session: WriteSession, actor: _Beheerder, form: SessionForm
) -> Response:
    """Let somebody who left sign in no more; whose children are still with them is asked next."""

    def work(moment: RequestTime) -> object:
        reden = parse(IntrekkingIn, {"wijzigingsreden": form.get("reden", "")}).wijzigingsreden
        return revoke_medewerker(session, actor, key, moment, reden=reden, check_version=as_seen(form))

    answer = _attempt(request, session, actor, form, work, plek_of(_UIT_DIENST, key))
    return redirect(f"/medewerkers/{key}/overdracht") if answer.status_code == HTTPStatus.SEE_OTHER else answer


@router.post("/teams")
def add_team(request: Request, session: WriteSession, actor: _Beheerder, form: SessionForm) -> Response:
    """Add a team."""
    return _attempt(
        request, session, actor, form,
        lambda moment: create_team(session, actor, parse(TeamIn, {"naam": form.get("teamnaam", "")}).naam, moment),
        velden={"naam": "teamnaam"},
    )  # fmt: skip


@router.post("/teams/{id}/belnummers")
def say_belnummer(key: Id, request: Request, session: WriteSession, actor: _Beheerder, form: SessionForm) -> Response:
    """Say whom a team calls in need."""
    given = {"functie": form.get("functie", ""), "telefoonnummer": form.get("telefoonnummer") or None}
    given["uren"] = form.get("uren") or None
    return _attempt(
        request, session, actor, form,
        lambda moment: set_belnummer(session, actor, key, parse(BelnummerIn, given), moment),
        velden={"functie": f"functie-{key}", "telefoonnummer": f"nummer-{key}", "uren": f"uren-{key}"},
    )  # fmt: skip


@router.post("/toezichtsmandaten")
def give_mandaat(request: Request, session: WriteSession, actor: _Gever, form: SessionForm) -> Response:
    """Let an inspectie look: for a purpose, on a ground, for a period."""
    given = {
        "inspectie": form.get("inspectie", ""),
        "doel": form.get("doel", ""),
        "wettelijkeGrond": form.get("grond", ""),
        "van": form.get("van", ""),
        "tot": form.get("tot", ""),
        "dossiertekst": form.get("dossiertekst") == "ja",
        "aangekondigdOp": form.get("aangekondigd") or None,
    }
    return _attempt(
        request, session, actor, form,
        lambda moment: give_toezichtsmandaat(session, actor, parse(ToezichtsmandaatIn, given), moment),
        plek_of(_MANDAAT, actor.medewerker_uid),
    )  # fmt: skip


@router.post("/toezichtsmandaten/{id}/intrekking")
def withdraw_mandaat(key: Id, request: Request, session: WriteSession, actor: _Gever, form: SessionForm) -> Response:
    """End a mandate before its time."""

    def work(moment: RequestTime) -> object:
        reden = parse(MandaatIntrekkingIn, {"reden": form.get("reden", "")}).reden
        return withdraw_toezichtsmandaat(session, actor, key, reden, moment, check_version=any_version)

    return _attempt(request, session, actor, form, work, plek_of(_MANDAAT_EINDE, key))


@router.get("/inzagen")
def list_looks(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.INZAGE_READ)],
    lijst: Lijst,
    vraag: Annotated[InzageFilter, Query()],
    spoor: HetSpoor,
) -> Response:
    """Show who looked in which file, the last first."""
    window = list_inzagen(session, actor, vraag, lijst.page(vraag))
    shown = {uid for row in window.rows for uid in row.pleegkinderen or () if len(row.pleegkinderen) == 1}
    namen = read_betrokkenen(session, actor, shown, vraag.pleegkind)
    spoor.add(namen)
    return blad(
        request, actor, "beheer/inzagen.html", _HIER, looks=window.rows, namen=namen, rollen=ROLLEN,
        kind=namen.get(vraag.pleegkind) if vraag.pleegkind else None, bladen=lijst.targets(window),
    )  # fmt: skip
