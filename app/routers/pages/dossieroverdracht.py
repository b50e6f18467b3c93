"""A child on one A4 for who takes it over: last seen, its own words, what runs, who was before; read, and a first day.

That somebody read it is a fact in the file, with a name and a day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import purpose_of_recording
from app.db.keyset import Page
from app.errors import AppError
from app.models.soorten import SOORTEN
from app.norms.aandacht import urgentie
from app.norms.calendar import age_on
from app.norms.normwoorden import NORMEN
from app.queries.feiten.keuze import Keuze, is_by_reader
from app.queries.feiten.regels import FeitRegel, list_visible_feiten
from app.queries.namen import Naam, read_namen
from app.queries.overdracht.dossieroverdracht import read_dossieroverdracht
from app.queries.pleegkinderen.filter import KinderenFilter
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.pleegkinderen.lijst import list_pleegkinderen
from app.queries.termijnen.getoond import GetoondeTermijn
from app.queries.termijnen.lijst import judge_kind
from app.queries.zorg import Zorg, read_zorg
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import send
from app.routers.pages.formulieren.invoer import Formfout, fouten_of, parse
from app.routers.pages.kinderen.kind import named_in, zichtregels
from app.routers.pages.kinderen.nieuw import is_new_to
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.woorden.normen import wanneer, wat
from app.routers.pages.zorg import open_zorg
from app.routers.params import request_time
from app.schemas.feiten.actie import ActieIn
from app.schemas.feiten.feit import content_of
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime
from app.terms import Stand
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_ACTIE: Final = SOORTEN["actie"]
_LEZING: Final = SOORTEN["dossierlezing"]
_Schrijver = Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)]
_READ_BY_ME: Final = Keuze((is_by_reader,), dag="datum")
#: what is recorded of the first meeting
KENNISMAKEN: Final = "Kennismaken met het kind"


@dataclass(frozen=True, slots=True)
class Kindoverdracht:
    """A child that is new to its begeleider, and when they read what was handed over."""

    kind: Zorg
    gelezen_op: date | None


@dataclass(frozen=True, slots=True)
class Begeleidingsregel:
    """Who guided the child, and when."""

    naam: str
    van: date
    tot: date | None


@dataclass(frozen=True, slots=True)
class Overdrachtactie:
    """What was agreed and is not done: by when, whose it is, and whether that is somebody who no longer works here."""

    omschrijving: str
    uiterlijk: date
    van: str
    van_niemand: bool


@router.get("/overdracht")
def list_new(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
    spoor: HetSpoor,
) -> Response:
    """Show the children that are new to who looks, and which files they read."""
    vandaag = clock.today()
    wanted = KinderenFilter(begeleider=actor.medewerker_uid)
    rows = list_pleegkinderen(session, actor, wanted, Page(MEESTE), peildatum=vandaag, vandaag=vandaag).rows
    zorg = read_zorg(session, actor, [row["feit_id"] for row in rows], vandaag, vandaag).values()
    gelezen = _read_days(session, actor, vandaag)
    nieuw = [
        Kindoverdracht(kind, gelezen.get(kind.uid)) for kind in zorg if is_new_to(kind, actor.medewerker_uid, vandaag)
    ]
    spoor.add(one.kind.uid for one in nieuw)
    ordered = sorted(nieuw, key=lambda one: (one.gelezen_op is not None, one.kind.op_naam))
    return blad(request, actor, "overdracht/lijst.html", "/kinderen", kinderen=ordered)


def _read_days(session: Session, actor: Actor, vandaag: date) -> dict[UUID, date]:
    """Return when the actor read which handover."""
    found = list_visible_feiten(session, actor, _LEZING, Page(MEESTE), vandaag, keuze=_READ_BY_ME).rows
    return {one["pleegkind_id"]: one["datum"] for one in found}


@router.get("/kinderen/{id}/overdracht")
def show_overdracht(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
    spoor: HetSpoor,
) -> Response:
    """Show a child on one A4."""
    kind = get_pleegkind_key(session, actor, key, clock.today())
    return _show(request, session, actor, kind, spoor, {}, ())


@router.post("/kinderen/{id}/overdracht")
def take_over(
    key: Id, request: Request, session: WriteSession, actor: _Schrijver, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Record once that the handover was read, and when a day is given the first meeting as an action of who read it."""
    moment = request_time()
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, purpose_of_recording(_ACTIE))

    def work() -> Mapping[str, Any]:
        _record(session, actor, kind, form, moment)
        return {"uid": key}

    try:
        send(request, session, actor, form, work)
    except AppError as refused:
        return _show(request, session, actor, kind, spoor, form, fouten_of(refused, {"uiterlijk": "kennismaken"}))
    return redirect(f"/kinderen/{key}/overdracht")


def _record(session: Session, actor: Actor, kind: int, form: Form, moment: RequestTime) -> None:
    """Record what a form says.

    Raises:
        BadInput: the day of the first meeting is none.
    """
    vandaag = moment.vandaag
    if form.get("gelezen"):
        recording.record(session, actor, _LEZING, {"datum": vandaag, "pleegkind_id": kind}, moment)
    if form.get("kennismaken") or not form.get("gelezen"):
        meeting = {"datum": vandaag, "omschrijving": KENNISMAKEN, "uiterlijk": form.get("kennismaken", "")}
        values = {**content_of(parse(ActieIn, meeting)), "pleegkind_id": kind}
        recording.record(session, actor, _ACTIE, values, moment)


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    kind: int,
    spoor: HetSpoor,
    form: Form,
    fouten: Sequence[Formfout],
) -> Response:
    vandaag = clock.today()
    zorg = open_zorg(session, actor, kind, vandaag, spoor)
    gegeven = read_dossieroverdracht(session, actor, kind, vandaag)
    oordeel = judge_kind(session, actor, kind, vandaag)
    people = {*(row["uid"] for row in gegeven.begeleidingen), *(row["eigenaar_id"] for row in gegeven.acties)}
    people |= {row["medewerker_id"] for row in gegeven.lezingen}
    namen = read_namen(session, named_in(oordeel, []) | people)
    te_laat = [item for item in oordeel.termijnen if item.oordeel.stand is Stand.TE_LAAT]
    return blad(
        request,
        actor,
        "overdracht/kind.html",
        "/kinderen",
        400 if fouten else 200,
        kind=zorg,
        leeftijd=age_on(zorg.geboortedatum, vandaag),
        zicht=zichtregels(oordeel, namen),
        te_laat=[_laatregel(one, namen) for one in sorted(te_laat, key=lambda item: urgentie(item.oordeel))],
        gegeven=gegeven,
        acties=[_overdrachtactie(one, namen) for one in gegeven.acties],
        uitzonderingen=[(one, [NORMEN[code] for code in one["normen"]]) for one in gegeven.uitzonderingen],
        begeleiders=[_begeleidingsregel(one, namen) for one in gegeven.begeleidingen],
        gelezen=[(_naam(namen, one["medewerker_id"]), one["datum"]) for one in gegeven.lezingen],
        ik_las=any(one["medewerker_id"] == actor.medewerker_uid for one in gegeven.lezingen),
        mag=actor.may(Permission.FEIT_RECORD),
        f=form,
        fouten=fouten,
    )


def _overdrachtactie(actie: FeitRegel, namen: Mapping[UUID, Naam]) -> Overdrachtactie:
    van = actie["eigenaar_id"]
    gone = van not in namen or namen[van].weg
    return Overdrachtactie(actie["omschrijving"], actie["uiterlijk"], _naam(namen, van), van_niemand=gone)


def _begeleidingsregel(begeleiding: FeitRegel, namen: Mapping[UUID, Naam]) -> Begeleidingsregel:
    return Begeleidingsregel(_naam(namen, begeleiding["uid"]), begeleiding["van"], begeleiding["tot"])


def _laatregel(item: GetoondeTermijn, namen: Mapping[UUID, Naam]) -> tuple[str, str | None, str]:
    """Return what is late, of whom when it is about somebody else than the child, and since when."""
    over = namen.get(item.ids[item.oordeel.onderwerp_soort, item.oordeel.onderwerp_id])
    return wat(item.oordeel), over.naam if over else None, wanneer(item.oordeel)


def _naam(namen: Mapping[UUID, Naam], uid: UUID) -> str:
    found = namen.get(uid)
    return found.naam if found else "iemand die hier niet meer staat"
