"""The page of a family: who lives there, the VGB of each and its next step, which children live or lived there."""

from collections.abc import Iterator, Mapping, Sequence
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
from app.norms.calendar import age_on, is_active
from app.queries.feiten.keuze import Keuze, of_pleeggezin
from app.queries.feiten.regels import FeitRegel, get_feit, get_feit_key, list_feiten, list_visible_feiten
from app.queries.pleeggezinnen import get_pleeggezin_key
from app.queries.zorg import read_zorg_of
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import send
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.woorden.tijdlijn import GEZINSLIDROLLEN, GEZINSOORTEN, PLAATSINGSVORMEN, VGB_STATUSSEN
from app.routers.params import request_time
from app.schemas.feiten.feit import content_of
from app.schemas.feiten.pleeggezin import VgbIn
from app.services.feiten import recording
from app.terms import VgbStatus
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
#: of each of these a family never has more
_MEESTE: Final = Page(200)
_VGB: Final = SOORTEN["vgb"]
_IN_HET_GEZIN: Final = Keuze((of_pleeggezin,))


@dataclass(frozen=True, slots=True)
class Vgbregel:
    """A step of a VGB: what, when, and by when a new screening is due."""

    woord: str
    datum: date
    herscreening: date | None


@dataclass(frozen=True, slots=True)
class Gezinslidregel:
    """A member of the household, with every step of the VGB, newest first."""

    uid: UUID
    naam: str
    leeftijd: int
    rol: str
    sinds: date
    tot: date | None
    vgbs: Sequence[Vgbregel]


@dataclass(frozen=True, slots=True)
class Gezinskind:
    """A child that lives or lived in the family."""

    kind: UUID
    naam: str
    nummer: str
    vorm: str
    van: date
    tot: date | None


@router.get("/gezinnen/{id}")
def show_gezin(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGGEZIN_READ)],
    spoor: HetSpoor,
) -> Response:
    """Show a family; of its children those that the reader sees."""
    return _show(request, session, actor, key, spoor, {}, None)


@router.post("/gezinsleden/{id}/vgbs")
def record_vgb(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.VGB_RECORD, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Record a step of somebody's VGB; one that is withdrawn asks of every child there whether it can stay."""
    moment = request_time()
    lid = get_feit_key(session, actor, SOORTEN["gezinslid"], key, moment.vandaag, purpose_of_recording(_VGB))
    gezin: UUID = get_feit(session, actor, SOORTEN["gezinslid"], key, moment.vandaag)["pleeggezin_id"]
    given = {
        "status": form.get("status", ""),
        "datum": form.get("datum", ""),
        "herscreeningUiterlijk": form.get("herscreening") or None,
    }

    def work() -> Mapping[str, Any]:
        values = {**content_of(parse(VgbIn, given)), "gezinslid_id": lid}
        return recording.record(session, actor, _VGB, values, moment)

    try:
        send(request, session, actor, form, work)
    except AppError as refused:
        return _show(request, session, actor, gezin, spoor, {**form, "lid": str(key)}, refused)
    return redirect(f"/gezinnen/{gezin}")


def _show(
    request: Request, session: Session, actor: Actor, key: UUID, spoor: HetSpoor, form: Form, refused: AppError | None
) -> Response:
    """Show the page, with what was typed in the form of one member when it was refused."""
    vandaag = clock.today()
    gezin = get_pleeggezin_key(session, actor, key, vandaag)
    found = get_feit(session, actor, SOORTEN["pleeggezin"], key, vandaag)
    leden = list(_members(session, actor, gezin, vandaag))
    verblijven = list(_stays(session, actor, key, vandaag))
    spoor.add(one.kind for one in verblijven)
    evaluaties = list_feiten(session, actor, SOORTEN["evaluatie"], gezin, _MEESTE, vandaag).rows
    return blad(
        request,
        actor,
        "gezinnen/gezin.html",
        "/kinderen",
        status_of(refused),
        gezin=found,
        soort=GEZINSOORTEN[found["soort"]],
        leden=[one for one in leden if _is_here(one.sinds, one.tot, vandaag)],
        anderen=[one for one in leden if not _is_here(one.sinds, one.tot, vandaag)],
        nu=[one for one in verblijven if _is_here(one.van, one.tot, vandaag)],
        straks=[one for one in verblijven if one.van > vandaag],
        eerder=[one for one in verblijven if one.tot is not None and one.tot <= vandaag],
        evaluatie=evaluaties[0]["datum"] if evaluaties else None,
        mag_vgb=actor.may(Permission.VGB_RECORD),
        statussen=VGB_STATUSSEN,
        f=form,
        fouten=fouten_of(refused, _velden(form)),
    )


def _velden(form: Form) -> Mapping[str, str]:
    """Return the name in the API → the id of the field, of the member whose form it is."""
    names = {"status": "status", "datum": "datum", "herscreeningUiterlijk": "herscreening"}
    return {name: f"{field}-{form.get('lid', '')}" for name, field in names.items()}


def _is_here(van: date, tot: date | None, vandaag: date) -> bool:
    return is_active(van, tot, vandaag)


def _members(session: Session, actor: Actor, gezin: int, vandaag: date) -> Iterator[Gezinslidregel]:
    vgbs = list_feiten(session, actor, _VGB, gezin, _MEESTE, vandaag, of_child=True).rows
    for lid in list_feiten(session, actor, SOORTEN["gezinslid"], gezin, _MEESTE, vandaag).rows:
        yield Gezinslidregel(
            lid["uid"],
            lid["naam"],
            age_on(lid["geboortedatum"], vandaag),
            GEZINSLIDROLLEN[lid["rol"]],
            lid["inwonend_sinds"],
            lid["inwonend_tot"],
            [_vgb(one) for one in vgbs if one["gezinslid_id"] == lid["uid"]],
        )


def _vgb(vgb: FeitRegel) -> Vgbregel:
    given = vgb["status"] == VgbStatus.AFGEGEVEN
    return Vgbregel(VGB_STATUSSEN[vgb["status"]], vgb["datum"], vgb["herscreening_uiterlijk"] if given else None)


def _stays(session: Session, actor: Actor, gezin: UUID, vandaag: date) -> Iterator[Gezinskind]:
    rows: Sequence[Mapping[str, Any]] = list_visible_feiten(
        session, actor, SOORTEN["plaatsing"], _MEESTE, vandaag, keuze=_IN_HET_GEZIN, van={"pleeggezin": gezin}
    ).rows
    kinderen = {one.uid: one for one in read_zorg_of(session, actor, [row["pleegkind_id"] for row in rows], vandaag)}
    for row in rows:
        kind = kinderen.get(row["pleegkind_id"])
        if kind is not None:
            yield Gezinskind(
                kind.uid, kind.naam, kind.nummer, PLAATSINGSVORMEN[row["vorm"]], row["van"], row["tot"]
            )  # fmt: skip
