"""The page of a family: who lives there, the VGB of each, and which children live or lived there."""

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
from app.db.keyset import Page
from app.models.soorten import SOORTEN
from app.norms.calendar import age_on, is_active
from app.queries.feiten.keuze import Keuze, of_pleeggezin
from app.queries.feiten.regels import FeitRegel, get_feit, list_feiten, list_visible_feiten
from app.queries.pleeggezinnen import get_pleeggezin_key
from app.queries.zorg import read_zorg_of
from app.routers.pages.blad import blad
from app.routers.pages.woorden.tijdlijn import GEZINSLIDROLLEN, GEZINSOORTEN, PLAATSINGSVORMEN, VGB_STATUSSEN
from app.terms import VgbStatus
from app.web.routing import Router
from app.web.sessions import ReadSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
#: of each of these a family never has more
_MEESTE: Final = Page(200)
_IN_HET_GEZIN: Final = Keuze((of_pleeggezin,))


@dataclass(frozen=True, slots=True)
class Vgbregel:
    """A step of a VGB: what, when, and by when a new screening is due."""

    woord: str
    datum: date
    herscreening: date | None


@dataclass(frozen=True, slots=True)
class Gezinslidregel:
    """A member of the household, with every step of the VGB, the newest first."""

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
        gezin=found,
        soort=GEZINSOORTEN[found["soort"]],
        leden=[one for one in leden if _is_here(one.sinds, one.tot, vandaag)],
        anderen=[one for one in leden if not _is_here(one.sinds, one.tot, vandaag)],
        nu=[one for one in verblijven if _is_here(one.van, one.tot, vandaag)],
        straks=[one for one in verblijven if one.van > vandaag],
        eerder=[one for one in verblijven if one.tot is not None and one.tot <= vandaag],
        evaluatie=evaluaties[0]["datum"] if evaluaties else None,
    )


def _is_here(van: date, tot: date | None, vandaag: date) -> bool:
    return is_active(van, tot, vandaag)


def _members(session: Session, actor: Actor, gezin: int, vandaag: date) -> Iterator[Gezinslidregel]:
    vgbs = list_feiten(session, actor, SOORTEN["vgb"], gezin, _MEESTE, vandaag, of_child=True).rows
    for lid in list_feiten(session, actor, SOORTEN["gezinslid"], gezin, _MEESTE, vandaag).rows:
        yield Gezinslidregel(
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
