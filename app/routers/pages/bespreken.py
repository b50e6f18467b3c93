"""The case discussion: which children to discuss and why, and what was said of one, with actions for people and dates.

What somebody will do is an actie of theirs, so that it stands on their list; it says in which bespreking that was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import Path, Query, Request
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Scope, purpose_of_recording, scope_of
from app.db.keyset import Page
from app.errors import AppError, BadInput, fault
from app.models.soorten import SOORTEN
from app.norms.calendar import age_on
from app.norms.ruis.catalogue import in_force
from app.queries.organisatie.organisaties import list_medewerkers, list_teams
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.ruisfactoren.bespreeklijst import Bespreekkeuze, list_bespreeklijst
from app.queries.zorg import read_zorg
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, opened, plek_of, send, typed
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.zorg import open_zorg
from app.routers.params import request_time
from app.schemas.feiten.actie import ActieIn
from app.schemas.feiten.casuistiekbespreking import CasuistiekbesprekingIn
from app.schemas.feiten.feit import content_of
from app.schemas.velden import ListFilter
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime
from app.terms import Rol, Ruiscode
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.pagination import Lijst
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_BESPREKING, _ACTIE = SOORTEN["casuistiekbespreking"], SOORTEN["actie"]
#: as many actions as the form has lines
REGELS: Final = range(1, 5)
#: what is chosen instead of a team: whom nobody of a team guides
_GEEN: Final = "geen"
_ERBIJ: Final = "erbij-"
_VELDEN: Final = {"datum": "datum", "conclusie": "conclusie", "multidisciplinair": "multi", "ruisfactor": "ruisfactor"}


class Bespreekblad(ListFilter):
    """Which page of the list, of whom (a team, or whom nobody of a team guides), and because of which ruisfactor."""

    wie: UUID | Literal["geen"] | None = None
    ruisfactor: Ruiscode | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Bespreekregel:
    """A child to discuss, with the reasons."""

    uid: UUID
    naam: str
    leeftijd: int
    begeleider: str | None
    vertrokken: str | None
    redenen: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Afspraak:
    """One line of the form: what, who and by when."""

    wat: str
    wie: str
    wanneer: str


@router.get("/bespreken")
def list_to_discuss(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.TERMIJN_READ)],
    lijst: Lijst,
    vraag: Annotated[Bespreekblad, Query()],
    spoor: HetSpoor,
) -> Response:
    """Show the children to discuss, most reasons first; never a verdict."""
    vandaag = clock.today()
    teams = _teams_to_choose(session, actor, vandaag)
    wie = vraag.wie or (teams[0].uid if teams else None)
    window = list_bespreeklijst(
        session,
        actor,
        lijst.page(vraag),
        keuze=Bespreekkeuze(
            team=wie if isinstance(wie, UUID) else None,
            outside=[one.uid for one in teams] if wie == _GEEN else None,
            ruisfactor=vraag.ruisfactor or None,
        ),
        peildatum=vandaag,
        vandaag=vandaag,
    )
    regels = _regels(session, actor, window.rows, vandaag)
    spoor.add(regel.uid for regel in regels)
    return blad(
        request,
        actor,
        "bespreken/lijst.html",
        "/team",
        regels=regels,
        teams=teams,
        wie=wie,
        factoren=_factoren(vandaag),
        ruisfactor=vraag.ruisfactor,
        bladen=lijst.targets(window),
        mag=actor.may(Permission.FEIT_RECORD),
    )


def _regels(session: Session, actor: Actor, rows: Sequence[Mapping[str, Any]], vandaag: date) -> list[Bespreekregel]:
    zorg = read_zorg(session, actor, [row["feit_id"] for row in rows], vandaag, vandaag, listed=True)
    return [
        Bespreekregel(
            row["uid"],
            zorg[row["feit_id"]].naam,
            age_on(row["geboortedatum"], vandaag),
            zorg[row["feit_id"]].begeleider_naam,
            zorg[row["feit_id"]].vertrokken_begeleider_naam,
            [(one["naam"], " ".join(one["redenen"])) for one in row["ruisfactoren"]],
        )
        for row in rows
    ]


def _factoren(vandaag: date) -> Mapping[str, str]:
    """Return the ruisfactoren of a day, each with its name."""
    return {code.value: versie.naam for code, versie in in_force(vandaag).items()}


def _teams_to_choose(session: Session, actor: Actor, vandaag: date) -> Sequence[Any]:
    """Return the teams of which one is shown, for who sees every team: each child is judged, so never all at once."""
    if scope_of(actor) is not Scope.ORGANISATIE:
        return ()
    found = list_teams(session, actor, Page(MEESTE), vandaag).rows
    return [one for one in found if one.gesloten_per is None or one.gesloten_per > vandaag]


@router.get("/kinderen/{id}/bespreking")
def bespreking_form(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD)],
    spoor: HetSpoor,
) -> Response:
    """Show the form of a case discussion."""
    vandaag = clock.today()
    kind = get_pleegkind_key(session, actor, key, vandaag, purpose_of_recording(_BESPREKING))
    start = {"datum": vandaag.isoformat(), f"{_ERBIJ}{actor.medewerker_uid}": "ja"}
    return _show(
        request, session, actor, kind, spoor, opened(request, session, actor, plek_of("bespreking", key), start)
    )


@router.post("/kinderen/{id}/bespreking")
def record_bespreking(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Record a case discussion and the actions that were agreed in it: all of it, or nothing."""
    moment, plek = request_time(), plek_of("bespreking", key)
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, purpose_of_recording(_BESPREKING))
    try:
        send(request, session, actor, form, lambda: _record(session, actor, kind, form, moment), plek)
    except AppError as refused:
        return _show(request, session, actor, kind, spoor, (form, typed(plek)), refused)
    return redirect(f"/kinderen/{key}")


def _record(session: Session, actor: Actor, kind: int, form: Form, moment: RequestTime) -> Mapping[str, Any]:
    afspraken = list(_afspraken(form))
    collegas = {str(one["uid"]): one for one in list_medewerkers(session, actor, Page(MEESTE)).rows}
    bespreking, acties = _bespreking(form, collegas), [_actie(one, form) for one in afspraken]
    made = recording.record(session, actor, _BESPREKING, {**content_of(bespreking), "pleegkind_id": kind}, moment)
    for actie in acties:
        of_it = {"pleegkind_id": kind, "casuistiekbespreking_id": made["uid"]}
        recording.record(session, actor, _ACTIE, {**content_of(actie), **of_it}, moment)
    return made


def _afspraken(form: Form) -> Iterator[_Afspraak]:
    """Yield the lines in which something was written.

    Raises:
        BadInput: of one not all three were said.
    """
    for nr in REGELS:
        wat, wie, wanneer = (form.get(f"{naam}-{nr}", "").strip() for naam in ("wat", "wie", "wanneer"))
        if wat and wie and wanneer:
            yield _Afspraak(wat, wie, wanneer)
        elif wat or wie or wanneer:
            raise BadInput(fault("acties", "verplicht", f"Actie {nr}: zeg wat er gebeurt, wie dat doet en wanneer."))


def _bespreking(form: Form, collegas: Mapping[str, RowMapping]) -> CasuistiekbesprekingIn:
    present = [uid for uid in collegas if f"{_ERBIJ}{uid}" in form]
    given = {
        "datum": form.get("datum", ""),
        "multidisciplinair": {"ja": True, "nee": False}.get(form.get("multi", "")),
        "deelnemers": present or None,
        "gedragswetenschapperAanwezig": any(collegas[uid]["rol"] == Rol.GEDRAGSWETENSCHAPPER for uid in present),
        "conclusie": form.get("conclusie", "").strip() or None,
        "ruisfactor": form.get("ruisfactor") or None,
    }
    return parse(CasuistiekbesprekingIn, given)


def _actie(afspraak: _Afspraak, form: Form) -> ActieIn:
    given = {"datum": form.get("datum", ""), "omschrijving": afspraak.wat}
    return parse(ActieIn, {**given, "eigenaarId": afspraak.wie, "uiterlijk": afspraak.wanneer})


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    kind: int,
    spoor: HetSpoor,
    ingevuld: tuple[Form, Getypt],
    refused: AppError | None = None,
) -> Response:
    form, getypt = ingevuld
    fouten = fouten_of(refused, _VELDEN)
    vandaag: date = clock.today()
    zorg = open_zorg(session, actor, kind, vandaag, spoor)
    collegas = list_medewerkers(session, actor, Page(MEESTE)).rows
    own = next((one["team_id"] for one in collegas if one["uid"] == actor.medewerker_uid), None)
    return blad(
        request,
        actor,
        "bespreken/bespreking.html",
        "/kinderen",
        status_of(refused),
        kind=zorg,
        collegas=[one for one in collegas if one["team_id"] == own or one["uid"] == zorg.begeleider_uid],
        factoren=_factoren(vandaag),
        regels=REGELS,
        f=form,
        getypt=getypt,
        fouten=fouten,
    )
