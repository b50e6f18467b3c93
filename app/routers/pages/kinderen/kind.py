"""The page of one child: when it was last seen, what asks for attention and why, its time as picture and list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query, Request
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.norms.aandacht import urgentie
from app.norms.calendar import age_on, is_active
from app.norms.gesprek import uncounted_reasons
from app.norms.judge import Oordeel
from app.norms.opvolging import OPVOLGING
from app.norms.tijdbeeld import tijdbeeld_of
from app.norms.zicht import Waarneming
from app.queries.bladen.kindblad import Kindblad, read_kindblad
from app.queries.feiten.tijdlijn import list_tijdlijn
from app.queries.namen import Naam
from app.queries.termijnen.getoond import GetoondeTermijn
from app.queries.termijnen.lijst import Kindoordeel, judge_kind
from app.routers.pages.blad import blad
from app.routers.pages.kinderen.begeleiders import begeleiderregels
from app.routers.pages.kinderen.tijdlijnbeeld import liggend, staand
from app.routers.pages.uitstel.regels import as_uitstelregels
from app.routers.pages.uitstel.uitstellen import may_put_off
from app.routers.pages.woorden.normen import merk, wanneer, wat
from app.routers.pages.woorden.tijdlijn import MAATREGELEN, UITKOMSTEN, Tijdregel, tijdregel
from app.routers.pages.woorden.velden import SCHEMAS
from app.routers.pages.zorg import open_kind
from app.schemas.velden import ListFilter
from app.terms import OnderwerpSoort, Stand, Zwaarte
from app.web.pagewords import dag
from app.web.pagination import Lijst
from app.web.routing import Router
from app.web.sessions import ReadSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]


class Bladwijzer(ListFilter):
    """Which page of the timeline."""


@dataclass(frozen=True, slots=True)
class Zichtregel:
    """One answer to: when was the child last seen?"""

    vraag: str
    dag: date | None
    bij: str


@dataclass(frozen=True, slots=True)
class Oordeelregel:
    """One judgement, as it is shown."""

    stand: str
    woord: str
    wat: str
    over: str | None
    wanneer: str
    streef: bool
    regel: str
    bron: str
    laatste: date | None
    telden_niet: tuple[tuple[date, str], ...]
    uitzondering: str | None
    open: bool
    verder: str | None
    norm: str
    uit_te_stellen: bool


@router.get("/kinderen/{id}")
def show_kind(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
    spoor: HetSpoor,
    lijst: Lijst,
    vraag: Annotated[Bladwijzer, Query()],
) -> Response:
    """Show a child."""
    vandaag = clock.today()
    kind, zorg = open_kind(session, actor, key, vandaag, spoor)
    oordeel = judge_kind(session, actor, kind, vandaag)
    window = list_tijdlijn(session, kind, lijst.page(vraag), None)
    erbij = read_kindblad(session, kind, named_in(oordeel, [row["uid"] for row in window.rows]), vandaag)
    namen = erbij.namen
    termijnen = sorted(oordeel.termijnen, key=lambda item: urgentie(item.oordeel))
    beeld = oordeel.dossier and tijdbeeld_of(oordeel.dossier, oordeel.gezinnen, oordeel.catalogus, vandaag)
    return blad(
        request,
        actor,
        "kinderen/kind.html",
        "/kinderen",
        kind=zorg,
        leeftijd=age_on(zorg.geboortedatum, vandaag),
        maatregelen=_maatregelen(oordeel, vandaag),
        begeleiders=begeleiderregels(erbij.begeleiders, zorg, vandaag),
        zicht=zichtregels(oordeel, namen),
        opvolging=[_oordeelregel(item, namen) for item in termijnen if _is_open(item.oordeel)],
        oordelen=[_oordeelregel(item, namen, open_=nr == 0 and _asks(item)) for nr, item in enumerate(termijnen)],
        liggend=beeld and liggend(beeld),
        staand=beeld and staand(beeld),
        tijdlijn=_tijdlijn(window.rows, erbij, oordeel, vandaag),
        uitgesteld=as_uitstelregels(erbij.uitgesteld).get(kind, ()),
        bladen=lijst.targets(window),
        met_blad=SCHEMAS,
        mag_samenvoegen=actor.may(Permission.PLEEGKIND_MANAGE),
        mag_zorg=actor.may(Permission.PLAATSING_MANAGE) or actor.may(Permission.FEIT_RECORD),
        mag_logboek=actor.may(Permission.INZAGE_READ),
        mag_opvolgen=actor.may(Permission.FEIT_RECORD),
        mag_vastleggen=actor.may(Permission.FEIT_RECORD) and zorg.plaatsing_uid is not None,
    )


def _is_open(oordeel: Oordeel) -> bool:
    return oordeel.norm.code in OPVOLGING and oordeel.uiterlijk is not None


def _asks(item: GetoondeTermijn) -> bool:
    return item.oordeel.stand is Stand.TE_LAAT


def named_in(oordeel: Kindoordeel, timeline: list[UUID]) -> set[UUID]:
    """Return the ids of what the page says a name with."""
    lid = OnderwerpSoort.GEZINSLID
    members = {
        oordeel.ids[lid, item.oordeel.onderwerp_id] for item in oordeel.termijnen if item.oordeel.onderwerp_soort is lid
    }
    return {*timeline, *members, *(oordeel.ids[event] for event in oordeel.zicht.events)}


def _maatregelen(oordeel: Kindoordeel, vandaag: date) -> list[str]:
    found = () if oordeel.dossier is None else oordeel.dossier.maatregelen
    return [MAATREGELEN[one.soort] for one in found if is_active(one.van, one.tot, vandaag)]


def zichtregels(oordeel: Kindoordeel, namen: Mapping[UUID, Naam]) -> list[Zichtregel]:
    """Return when the child was last seen, spoken to alone and checked, and by whom."""
    zicht = oordeel.zicht

    def regel(vraag: str, one: Waarneming | None, *, uitkomst: bool = False) -> Zichtregel:
        if one is None:
            return Zichtregel(vraag, None, "")
        naam = namen.get(oordeel.ids[one.soort, one.id])
        door = f"door {naam.naam}" if naam else "door wie staat er niet bij"
        result = UITKOMSTEN.get(naam.uitkomst or "", "") if naam and uitkomst else ""
        late = f"pas vastgelegd op {dag(naam.laat_op)}" if naam and naam.laat_op else ""
        return Zichtregel(vraag, one.datum, ", ".join(part for part in (result, door, late) if part))

    return [
        regel("Gezien", zicht.gezien),
        regel("Alleen gesproken", zicht.alleen),
        regel("Veiligheidscheck", zicht.check, uitkomst=True),
    ]


def _oordeelregel(item: GetoondeTermijn, namen: Mapping[UUID, Naam], *, open_: bool = False) -> Oordeelregel:
    oordeel, uitleg = item.oordeel, item.uitleg
    assert uitleg is not None  # noqa: S101 - judge_kind explains every judgement
    css, woord = merk(oordeel)
    naam = namen.get(item.ids[oordeel.onderwerp_soort, oordeel.onderwerp_id])
    return Oordeelregel(
        stand=css,
        woord=woord,
        wat=wat(oordeel),
        over=naam.naam if naam else None,
        wanneer=wanneer(oordeel),
        streef=oordeel.zwaarte is Zwaarte.STREEF,
        regel=uitleg.regel,
        bron=uitleg.bron,
        laatste=uitleg.laatste.datum if uitleg.laatste else None,
        telden_niet=tuple((event.datum, event.reden) for event in uitleg.telden_niet),
        uitzondering=uitleg.uitzondering,
        open=open_,
        verder=_steps_of(item),
        norm=oordeel.norm.code,
        uit_te_stellen=may_put_off(oordeel),
    )


def _steps_of(item: GetoondeTermijn) -> str | None:
    """Return where the steps about a talk, a check or a signaal are recorded, of what is due because of it."""
    oordeel = item.oordeel
    if oordeel.norm.code not in OPVOLGING:
        return None
    kind, about = (
        item.ids[key] for key in (("pleegkind", item.pleegkind_id), (oordeel.onderwerp_soort, oordeel.onderwerp_id))
    )
    where = "signaal" if oordeel.onderwerp_soort is OnderwerpSoort.SIGNAAL else "bezoek"
    return f"/kinderen/{kind}/{where}/{about}"


def _tijdlijn(
    rows: Sequence[Mapping[str, Any]], erbij: Kindblad, oordeel: Kindoordeel, vandaag: date
) -> list[Tijdregel]:
    redenen = {
        oordeel.ids["kindgesprek", talk.id]: uncounted_reasons(talk, plaatsing, vandaag)
        for plaatsing in (oordeel.dossier.plaatsingen if oordeel.dossier else ())
        for talk in plaatsing.kindgesprekken
    }

    def regel(row: Mapping[str, Any]) -> Tijdregel:
        naam = erbij.namen.get(row["uid"])
        return tijdregel(row, naam.naam if naam else None, redenen.get(row["uid"]), erbij.stemmen.get(row["uid"]))

    return [regel(row) for row in rows]
