"""The children of who looks, in the order in which they ask for attention; the search; and the page of one child."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from textwrap import shorten
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Scope, scope_of
from app.db.keyset import Page
from app.norms.aandacht import NIETS, Aandacht, Groep, aandacht_of, urgentie
from app.norms.calendar import age_on
from app.norms.judge import Oordeel
from app.norms.standen import LANG_DAGEN
from app.queries.bladen.lijstbladen import read_lijstblad
from app.queries.pleegkinderen.filter import KinderenFilter
from app.queries.pleegkinderen.lijst import list_pleegkinderen
from app.queries.pleegkinderen.telling import count_pleegkinderen
from app.queries.pleegkinderen.zoeken import search_pleegkinderen
from app.queries.zorg import Zorg, read_zorg
from app.routers.pages.blad import blad
from app.routers.pages.kinderen.nieuw import is_new_to
from app.routers.pages.uitstel.regels import Uitstelregel, as_uitstelregels, uitstelregels
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.woorden.normen import merk, zin
from app.terms import NormCode, Stand
from app.web.forms import SessionForm
from app.web.pagewords import dag
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
#: the group of children about whom nothing is more urgent than what the reader agreed to do
WACHT: Final = "wacht"
#: group → (heading, what stands beside it), in their order: that of ``Groep``, with what waits for the reader between
_KOPPEN: Final[Mapping[str, tuple[str, str]]] = {
    Groep.OPVOLGING: ("Opvolging open", "te laat eerst"),
    Groep.TE_LAAT: ("Nog nooit alleen gesproken, of te laat", "langst te laat eerst"),
    WACHT: ("Wacht op u", "wat u afsprak, eerste dag eerst"),
    Groep.NADERT: ("De dag komt dichterbij", "eerste dag eerst"),
    Groep.STREEF: ("Streefdag voorbij", "een streefnorm is geen overtreding"),
    Groep.UITZONDERING: ("Onder een uitzondering", "goedgekeurd, met een einddag"),
    Groep.GEEN: ("Geen norm van toepassing", "bijvoorbeeld nog niet geplaatst"),
    Groep.OP_TIJD: ("Op tijd vastgelegd", ""),
}


#: groups that say more than what the reader agreed to do
_EERST: Final = (Groep.OPVOLGING, Groep.TE_LAAT)
#: characters of what was agreed, in a line
_KORT: Final = 100


class Alleen(StrEnum):
    """Which children of the list, when not all."""

    OPVOLGING = "opvolging"
    ZONDER_BEGELEIDER = "zonder_begeleider"
    LANG_TE_LAAT = "lang_te_laat"


_ALLEEN: Final = {
    Alleen.OPVOLGING: "met opvolging open",
    Alleen.ZONDER_BEGELEIDER: "zonder begeleider",
    Alleen.LANG_TE_LAAT: f"langer dan {LANG_DAGEN} dagen te laat",
}


@dataclass(frozen=True, slots=True)
class Kindregel:
    """A child in a list."""

    uid: UUID
    naam: str
    nummer: str
    leeftijd: int
    gezin: str | None
    gezin_uid: UUID | None
    begeleider: str | None
    vertrokken: str | None
    invaller_voor: str | None
    vervanger: str | None
    streep: str
    stand: str
    woord: str
    zin: str
    andere: int
    groep: str
    rang: tuple[Any, ...]
    op_naam: tuple[str, str, str]
    mag_bezoek: bool
    nieuw: bool
    uitgesteld: Sequence[Uitstelregel]


@dataclass(frozen=True, slots=True)
class Kindergroep:
    """Children that ask for the same."""

    naam: str
    kop: str
    bij: str
    regels: Sequence[Kindregel]


@router.get("/kinderen")
def list_kinderen(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
    spoor: HetSpoor,
    begeleider: Annotated[UUID | None, Query()] = None,
    team: Annotated[UUID | None, Query()] = None,
    alleen: Annotated[Alleen | None, Query()] = None,
) -> Response:
    """Show the children in the order in which they ask for attention; all of them, whatever was recorded.

    Or only those that a number on another page counts.
    """
    vandaag = clock.today()
    wanted = KinderenFilter(
        team,
        begeleider,
        opvolging=alleen is Alleen.OPVOLGING,
        zonder_begeleider=alleen is Alleen.ZONDER_BEGELEIDER,
        lang_te_laat=alleen is Alleen.LANG_TE_LAAT,
    )
    window = list_pleegkinderen(
        session, actor, wanted, Page(MEESTE), peildatum=vandaag, vandaag=vandaag, with_oordelen=True
    )
    regels_of = _with_what_waits if actor.may(Permission.FEIT_RECORD) else kindregels
    regels = regels_of(session, actor, window.rows, vandaag)
    spoor.add(regel.uid for regel in regels)
    return blad(
        request,
        actor,
        "kinderen/lijst.html",
        "/kinderen",
        groepen=group(regels),
        totaal=len(regels),
        alle=count_pleegkinderen(session, actor, wanted, vandaag) if window.next else len(regels),
        ingevallen=sum(regel.invaller_voor is not None for regel in regels),
        nieuw=sum(regel.nieuw for regel in regels),
        alleen=alleen and _ALLEEN[alleen],
        allen=f"/kinderen?begeleider={begeleider}" if begeleider else "/kinderen",
        meer=window.next is not None,
        mag_vastleggen=actor.may(Permission.FEIT_RECORD),
        eigen=scope_of(actor) is Scope.CASELOAD and begeleider in (None, actor.medewerker_uid) and team is None,
    )


@router.get("/zoeken")
async def zoekvraag(request: Request, actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_SEARCH)]) -> Response:
    """Show the search without an answer; what is asked never stands in an address."""
    return blad(request, actor, "kinderen/zoeken.html", "/zoeken", q="", regels=None, mag_openen=False)


@router.post("/zoeken/_zoek")
def zoek(
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_SEARCH, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Show the children with a part of a name, or with a nummer."""
    q, vandaag = form.get("q", "").strip()[:100], clock.today()
    rows = search_pleegkinderen(session, actor, naam=q, bsn_indexes=None, vandaag=vandaag, with_oordelen=True)
    regels = sorted(kindregels(session, actor, rows, vandaag, listed=False), key=lambda regel: regel.op_naam)
    spoor.add(regel.uid for regel in regels)
    mag_openen = actor.may(Permission.NOODTOEGANG_OPEN)
    return blad(request, actor, "kinderen/zoeken.html", "/zoeken", q=q, regels=regels, mag_openen=mag_openen)


def kindregels(
    session: Session, actor: Actor, rows: Sequence[Mapping[str, Any]], vandaag: date, *, listed: bool = True
) -> list[Kindregel]:
    """Return children as a list shows them, in its order; not ``listed``: also those out of the actor's own lists."""
    zorg = read_zorg(session, actor, [row["feit_id"] for row in rows], vandaag, vandaag, listed=listed)
    uitgesteld = uitstelregels(session, [key for key, kind in zorg.items() if kind.uitstel], vandaag)
    return _shown(zorg, actor, rows, vandaag, uitgesteld)


def _shown(
    zorg: Mapping[int, Zorg],
    actor: Actor,
    rows: Sequence[Mapping[str, Any]],
    vandaag: date,
    uitgesteld: Mapping[int, Sequence[Uitstelregel]],
) -> list[Kindregel]:
    return [
        as_regel(zorg[key], aandacht_of(row["oordelen"]), vandaag, actor, uitgesteld.get(key, ()))
        for row in rows
        for key in (row["feit_id"],)
    ]


def _with_what_waits(
    session: Session, actor: Actor, rows: Sequence[Mapping[str, Any]], vandaag: date
) -> list[Kindregel]:
    """Return the same, of each child with what the reader agreed to do when nothing about it is more urgent."""
    asks = {row["uid"]: _asking_days(row["oordelen"]) for row in rows}
    if not any(asks.values()):
        return kindregels(session, actor, rows, vandaag)
    keys = [row["feit_id"] for row in rows]
    uitgesteld, acties = read_lijstblad(session, actor, keys, vandaag, MEESTE)
    mine: dict[UUID, Mapping[str, Any]] = {}
    for actie in acties:
        if actie["uiterlijk"] in asks.get(actie["pleegkind_id"], ()):
            mine.setdefault(actie["pleegkind_id"], actie)
    zorg = read_zorg(session, actor, keys, vandaag, vandaag, listed=True)
    regels = _shown(zorg, actor, rows, vandaag, as_uitstelregels(uitgesteld))
    return [_waiting(one, mine[one.uid]) if one.uid in mine and one.groep not in _EERST else one for one in regels]


def _asking_days(oordelen: Sequence[Oordeel]) -> frozenset[date | None]:
    """Return by when something that was agreed must be done, of what its rule says that the day has come or is near."""
    acties = (one for one in oordelen if one.norm.code is NormCode.ACT)
    return frozenset(one.uiterlijk for one in acties if one.stand is not Stand.OP_TIJD)


def _waiting(regel: Kindregel, actie: Mapping[str, Any]) -> Kindregel:
    """Return a child with what the reader agreed to do for it as its reason."""
    what = shorten(actie["omschrijving"], _KORT, placeholder="…").rstrip(".")
    return replace(
        regel,
        streep=WACHT,
        stand=WACHT,
        woord="Wacht op u",
        zin=f"Actie: {what}, uiterlijk {dag(actie['uiterlijk'])}",
        groep=WACHT,
        rang=(0, False, actie["uiterlijk"], *regel.op_naam),
    )


def group(regels: Sequence[Kindregel]) -> list[Kindergroep]:
    """Return the groups that have anybody in them, the most urgent first."""
    return list(_groups(sorted(regels, key=lambda regel: regel.rang)))


def _groups(regels: Sequence[Kindregel]) -> Iterator[Kindergroep]:
    for groep, (kop, bij) in _KOPPEN.items():
        own = [regel for regel in regels if regel.groep == groep]
        if own:
            yield Kindergroep(groep, kop, bij, own)


def as_regel(
    kind: Zorg, aandacht: Aandacht, vandaag: date, lezer: Actor, uitgesteld: Sequence[Uitstelregel]
) -> Kindregel:
    """Return a child as a list shows it to a reader."""
    valt_in = kind.vervanger_uid == lezer.medewerker_uid
    css, woord = merk(aandacht.ergste)
    return Kindregel(
        uid=kind.uid,
        naam=kind.naam,
        nummer=kind.nummer,
        leeftijd=age_on(kind.geboortedatum, vandaag),
        gezin=kind.gezin_naam,
        gezin_uid=kind.gezin_uid,
        begeleider=kind.begeleider_naam,
        vertrokken=kind.vertrokken_begeleider_naam,
        invaller_voor=kind.begeleider_naam if valt_in else None,
        vervanger=kind.vervanger_naam,
        streep={"nooit": "laat"}.get(css, css),
        stand=css,
        woord=woord,
        zin=zin(aandacht.ergste),
        andere=aandacht.andere,
        groep=aandacht.groep,
        rang=(*(urgentie(aandacht.ergste) if aandacht.ergste else NIETS), *kind.op_naam),
        op_naam=kind.op_naam,
        mag_bezoek=lezer.may(Permission.FEIT_RECORD) and kind.plaatsing_uid is not None,
        nieuw=is_new_to(kind, lezer.medewerker_uid, vandaag),
        uitgesteld=uitgesteld,
    )
