"""Record a visit in one form, exactly once, and read at once whether the talk counts and what must follow."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.scope import Purpose
from app.db.keyset import Page
from app.errors import AppError, BadInput, NotFound, Unprocessable
from app.lib.ids import new_uid
from app.models.soorten import SOORTEN
from app.norms.calendar import add_working_days, age_on
from app.norms.gesprek import uncounted_reasons
from app.norms.zicht import Zicht
from app.queries.feiten.regels import list_feiten
from app.queries.pleegkinderen import KinderenFilter, get_pleegkind_key, list_pleegkinderen
from app.queries.termijnen.lijst import Kindoordeel, judge_kind
from app.queries.zorg import Zorg, read_zorg
from app.routers.pages.bezoekformulier import (
    ERBIJ,
    Bezoekinvoer,
    Formfout,
    Ongeldig,
    formfout,
    read_bezoek,
)
from app.routers.pages.blad import blad
from app.routers.pages.invoer import whole
from app.routers.pages.kinderen import MEESTE, kindregels
from app.routers.pages.tijdlijnwoorden import AANWEZIGEN, BESLUITEN, GEVOEL, MET, REDENEN, UITKOMSTEN
from app.schemas.feit import content_of
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime
from app.terms import NormCode, Uitkomst, Veiligheidsgevoel
from app.web.forms import FIELD, Form, SessionForm
from app.web.idempotency import OnceOnly
from app.web.pages import redirect
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = APIRouter(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Lezer = Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)]
_Recorder = Annotated[Actor, page_permits(Permission.FEIT_RECORD)]
#: how often a talk must come when no norm says so for this plaatsing (a child in deeltijd)
_MAANDEN: Final = 4
_GISTEREN: Final = timedelta(days=1)
#: as many of a kind are looked through for the one that was just recorded
_FEITEN: Final = 200


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
    spoor.add(regel.uid for regel in regels)
    return blad(request, actor, "bezoek/kiezen.html", "/bezoek", regels=regels)


@router.get("/kinderen/{id}/bezoek")
def bezoek_form(key: Id, request: Request, session: ReadSession, actor: _Recorder, spoor: HetSpoor) -> Response:
    """Show the form, filled in with what is most likely."""
    vandaag = clock.today()
    kind = get_pleegkind_key(session, actor, key, vandaag, Purpose.RECORD)
    zorg = _placed(session, actor, kind, vandaag)
    spoor.add([zorg.uid])
    start = {"wanneer": vandaag.isoformat(), "hoe": "thuis", "check": "nee", "sleutel": str(new_uid())}
    return _show(request, actor, zorg, judge_kind(session, actor, kind, vandaag), start, (), 200)


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
    nu = clock.now()
    moment = RequestTime(nu, clock.civil_date(nu))
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, Purpose.RECORD)
    zorg = _placed(session, actor, kind, moment.vandaag)
    spoor.add([zorg.uid])
    assert zorg.plaatsing_uid is not None  # noqa: S101 - _placed refuses a child without
    try:
        invoer = read_bezoek(form, zorg.plaatsing_uid, moment.vandaag)
        with whole(session):
            feit = _once(request, session, actor, form, lambda: record_bezoek(session, actor, kind, invoer, moment))
    except Ongeldig as wrong:
        return _again(request, session, actor, (kind, zorg), form, list(wrong.fouten), 400)
    except AppError as refused:
        return _again(request, session, actor, (kind, zorg), form, _fouten(refused), refused.status)
    return redirect(f"/kinderen/{zorg.uid}/bezoek/{feit}")


def record_bezoek(
    session: Session, actor: Actor, kind: int, invoer: Bezoekinvoer, moment: RequestTime
) -> Mapping[str, Any]:
    """Record the facts of one visit in one transaction; returns the uid of the talk, or else of the first fact."""
    made = [
        recording.record(session, actor, SOORTEN[soort], content_of(feit), moment, of_child=kind)
        for soort, feit in invoer.feiten
    ]
    return {"uid": made[0]["uid"]}


def _once(request: Request, session: Session, actor: Actor, form: Form, work: Any) -> UUID:
    """Do the work once for a key of the form; the same form sent again gives what came of it the first time.

    Raises:
        Unprocessable: another form was sent under this key.
    """
    said = json.dumps(sorted((name, value) for name, value in form.items() if name != FIELD)).encode()
    digest = hmac.digest(request.app.state.request_key, request.scope["path"].encode() + said, hashlib.sha256)
    once = OnceOnly(session, actor, form.get("sleutel") or None, digest)
    answer = once.answer(work, dict[str, UUID], check=lambda _: None)
    return UUID(json.loads(bytes(answer.body))["uid"])


@router.get("/kinderen/{id}/bezoek/{feit}")
def show_recorded(
    key: Id, feit: UUID, request: Request, session: ReadSession, actor: _Lezer, spoor: HetSpoor
) -> Response:
    """Show whether the talk counts and until when, and who to call when something must be done."""
    vandaag = clock.today()
    kind = get_pleegkind_key(session, actor, key, vandaag)
    zorg = read_zorg(session, actor, [kind], vandaag, vandaag)[kind]
    spoor.add([zorg.uid])
    oordeel = judge_kind(session, actor, kind, vandaag)
    found = _aanleiding(session, actor, kind, feit, vandaag)
    return blad(
        request,
        actor,
        "bezoek/bewaard.html",
        "/bezoek",
        kind=zorg,
        gesprek=found.gesprek,
        telling=telling_of(oordeel, feit, vandaag) if found.gesprek else None,
        zorg_om=found,
        met=MET,
        besluiten=BESLUITEN,
        overleg_uiterlijk=add_working_days(found.dag, 1) if found.dag else None,
        besluit_uiterlijk=add_working_days(found.dag, 5) if found.dag else None,
        mag_stap=actor.may(Permission.FEIT_RECORD),
    )


@dataclass(frozen=True, slots=True)
class Aanleiding:
    """What was recorded, and whether somebody must act on it: which facts say so, from which day."""

    gesprek: Mapping[str, Any] | None
    check: Mapping[str, Any] | None
    dag: date | None


def _aanleiding(session: Session, actor: Actor, kind: int, feit: UUID, vandaag: date) -> Aanleiding:
    """Return the talk with this uid, and the worry that it, or a check of the same day, gives."""

    def of(soort: str) -> list[Any]:
        rows = list_feiten(session, actor, SOORTEN[soort], kind, Page(_FEITEN), vandaag, of_child=True).rows
        return list(rows)

    talk = next((one for one in of("kindgesprek") if one["uid"] == feit), None)
    day = talk["datum"] if talk else None
    checks = [one for one in of("veiligheidscheck") if one["uid"] == feit or (day and one["datum"] == day)]
    check = next((one for one in checks if one["uitkomst"] != Uitkomst.VEILIG), None)
    unsafe = talk is not None and talk["veilig_in_gezin"] == Veiligheidsgevoel.NEE
    worry = day if unsafe else check["datum"] if check else None
    return Aanleiding(talk, check, worry)


def telling_of(oordeel: Kindoordeel, feit: UUID, vandaag: date) -> Telling | None:
    """Return whether a talk counts, and the next last day or the reasons why it does not."""
    for plaatsing in oordeel.dossier.plaatsingen if oordeel.dossier else ():
        for talk in plaatsing.kindgesprekken:
            if oordeel.ids["kindgesprek", talk.id] == feit:
                redenen = uncounted_reasons(talk, plaatsing, vandaag)
                uiterlijk = _next_talk(oordeel)
                return Telling("niet" if redenen else "mee", f"want {' en '.join(redenen)}.", uiterlijk)
    return None


def _next_talk(oordeel: Kindoordeel) -> date | None:
    talks = (NormCode.KAG_R, "KAG-D")
    return next((item.oordeel.uiterlijk for item in oordeel.termijnen if item.oordeel.norm.code in talks), None)


def _placed(session: Session, actor: Actor, kind: int, vandaag: date) -> Zorg:
    """Return the child where it lives today.

    Raises:
        NotFound: it lives nowhere: there is nobody to visit.
    """
    zorg = read_zorg(session, actor, [kind], vandaag, vandaag)[kind]
    if zorg.plaatsing_uid is None:
        raise NotFound
    return zorg


def _fouten(refused: AppError) -> list[Formfout]:
    if isinstance(refused, BadInput):
        return [formfout(one) for one in refused.faults]
    if isinstance(refused, Unprocessable):
        return [Formfout("", "Dit bezoek is al bewaard. Wat u daarna anders schreef, is niet bewaard.")]
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
    return _show(request, actor, zorg, oordeel, form, fouten, status)


def _show(
    request: Request,
    actor: Actor,
    zorg: Zorg,
    oordeel: Kindoordeel,
    form: Form,
    fouten: Any,
    status: int,
) -> Response:
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
        f=form,
        fouten=fouten,
        fout={fout.veld: fout.zin for fout in fouten},
        redenen=REDENEN,
        uitkomsten=UITKOMSTEN,
        gevoel=GEVOEL,
        aanwezigen={f"{ERBIJ}{code}": woord for code, woord in AANWEZIGEN.items()},
        maanden=_months(oordeel),
    )


def _months(oordeel: Kindoordeel) -> int:
    """Return how many months a talk holds, by the norm that applies to this child today."""
    found = (item.oordeel.norm for item in oordeel.termijnen if item.oordeel.norm.code in (NormCode.KAG_R, "KAG-D"))
    return next((norm.number("maanden") for norm in found), _MAANDEN)
