"""The team on Monday: what is open, who is without a begeleider, what waits for approval, and who guides whom."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Scope, scope_of
from app.db.keyset import Page
from app.db.together import Gelezen
from app.norms.aandacht import Groep, aandacht_of, is_overdue_by_weeks
from app.norms.judge import Oordeel
from app.norms.normwoorden import NORMEN
from app.norms.standen import LANG_DAGEN
from app.queries.bladen.lijstbladen import read_teamblad
from app.queries.feiten.regels import FeitRegel
from app.queries.pleegkinderen.filter import KinderenFilter
from app.queries.pleegkinderen.lijst import list_pleegkinderen
from app.queries.zorg import Zorg, read_zorg, read_zorg_of
from app.routers.pages.blad import blad
from app.routers.pages.kinderen.lijst import Kindregel, as_regel
from app.routers.pages.team.beslissen import list_beslisregels
from app.routers.pages.uitstel.regels import Uitstelregel, uitstelregels
from app.routers.pages.woorden.grenzen import MEESTE
from app.terms import Rol, UitzonderingSoort
from app.web.pagewords import dag as as_dag
from app.web.routing import Router
from app.web.sessions import ReadSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
#: of whom the numbers and the empty rows speak
_WIE: Final = {
    Scope.CASELOAD: "kinderen die u begeleidt",
    Scope.TEAM: "kinderen van uw team",
    Scope.ORGANISATIE: "kinderen van uw organisatie",
    Scope.NIETS: "kinderen die u ziet",
}
#: what waits for a decision about a child
_WACHT: Final = ("beslissen", "uitzonderingen", "samenvoegingen")


@dataclass(frozen=True, slots=True)
class Teamkind:
    """A child of the team, as it is shown, and once more with only what is late for long, where something is."""

    regel: Kindregel
    zorg: Zorg
    lang: Kindregel | None


@dataclass(frozen=True, slots=True)
class Lid:
    """Somebody of the team, how many children of each sort they guide, and whether they left while they still did."""

    uid: UUID
    naam: str
    kinderen: int
    opvolging: int
    lang: int
    uit_dienst: bool = False
    invaller: str | None = None
    valt_in_voor: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Wachtend:
    """What waits for approval: an uitzondering, a zichtplan, or that two files become one."""

    woord: str
    pad: str
    kind: UUID
    naam: str
    zin: str


@router.get("/team")
def show_team(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
    spoor: HetSpoor,
    klaar: Annotated[Literal["overdracht"] | None, Query()] = None,
) -> Response:
    """Show the team; after a handover with who guides whom since today."""
    vandaag = clock.today()
    kinderen = _children(session, actor, vandaag)
    beside = read_teamblad(session, actor, vandaag, MEESTE)
    medewerkers = beside["medewerkers"]
    zorgen = [*(kind.zorg for kind in kinderen), *_beyond(session, actor, vandaag, beside, kinderen)]
    spoor.add(zorg.uid for zorg in zorgen)
    return blad(
        request,
        actor,
        "team/team.html",
        "/team",
        wie=_WIE[scope_of(actor)],
        ziet_niets=scope_of(actor) is Scope.NIETS,
        getoond=len(kinderen),
        aantal={naam: beside[naam][0]["aantal"] for naam in ("alle", "opvolging", "zonder", "lang")},
        opvolging=_ordered(kind.regel for kind in kinderen if kind.regel.groep is Groep.OPVOLGING),
        zonder=_ordered(kind.regel for kind in kinderen if kind.zorg.zonder_begeleider),
        lang=_ordered(kind.lang for kind in kinderen if kind.lang),
        beslissen=list_beslisregels(session, actor, vandaag, spoor, beside["beslissen"], medewerkers, zorgen),
        wachtend=_waiting(beside, zorgen),
        mag_beslissen=actor.may(Permission.UITZONDERING_APPROVE) or actor.may(Permission.PLEEGKIND_MANAGE),
        leden=_members(actor, medewerkers, beside["caseloads"], beside["afwezig"]),
        lang_dagen=LANG_DAGEN,
        overgedragen=_begun(kinderen, vandaag) if klaar else (),
        belnummers=beside["belnummers"],
        afwezig=_absent(actor, medewerkers, beside["afwezig"]),
        mag_nood=actor.may(Permission.NOODTOEGANG_READ),
        mag_overdragen=actor.may(Permission.PLAATSING_MANAGE),
        mag_samenvoegen=actor.may(Permission.PLEEGKIND_MANAGE),
    )


def _begun(kinderen: Sequence[Teamkind], vandaag: date) -> list[tuple[str, int, int]]:
    """Return who began today to guide children, how many, and of how many of those opvolging is open."""
    new = [kind for kind in kinderen if kind.zorg.begeleider_sinds == vandaag]
    begun, open_ = (
        Counter(kind.zorg.begeleider_naam or "" for kind in some)
        for some in (new, [kind for kind in new if kind.regel.groep is Groep.OPVOLGING])
    )
    return [(naam, aantal, open_[naam]) for naam, aantal in sorted(begun.items())]


def _children(session: Session, actor: Actor, vandaag: date) -> list[Teamkind]:
    window = list_pleegkinderen(
        session, actor, KinderenFilter(), Page(MEESTE), peildatum=vandaag, vandaag=vandaag, with_oordelen=True
    )
    zorg = read_zorg(session, actor, [row["feit_id"] for row in window.rows], vandaag, vandaag, listed=True)
    uitgesteld = uitstelregels(session, list(zorg), vandaag)
    return [
        _teamkind(row, zorg[key], vandaag, actor, uitgesteld.get(key, ()))
        for row in window.rows
        for key in (row["feit_id"],)
    ]


def _beyond(
    session: Session, actor: Actor, vandaag: date, beside: Gelezen, kinderen: Sequence[Teamkind]
) -> Sequence[Zorg]:
    """Return the children about whom something waits that are not among those of the page."""
    waiting = (row["pleegkind_id"] for naam in _WACHT for row in beside[naam])
    shown = {kind.zorg.uid for kind in kinderen}
    return read_zorg_of(session, actor, [uid for uid in dict.fromkeys(waiting) if uid not in shown], vandaag)


def _teamkind(
    row: Mapping[str, Any], zorg: Zorg, vandaag: date, lezer: Actor, uitgesteld: Sequence[Uitstelregel]
) -> Teamkind:
    oordelen: Sequence[Oordeel] = row["oordelen"]
    lang = [oordeel for oordeel in oordelen if is_overdue_by_weeks(oordeel)]

    def regel_of(oordelen: Sequence[Oordeel]) -> Kindregel:
        return as_regel(zorg, aandacht_of(oordelen), vandaag, lezer, uitgesteld)

    return Teamkind(regel_of(oordelen), zorg, regel_of(lang) if lang else None)


def _ordered(regels: Iterator[Kindregel]) -> list[Kindregel]:
    return sorted(regels, key=lambda regel: regel.rang)


def _waiting(beside: Gelezen, zorgen: Sequence[Zorg]) -> list[Wachtend]:
    namen = {zorg.uid: zorg.naam for zorg in zorgen}
    return [*_uitzonderingen(beside["uitzonderingen"], namen), *_samenvoegingen(beside["samenvoegingen"], namen)]


def _uitzonderingen(found: Sequence[FeitRegel], namen: Mapping[UUID, str]) -> Iterator[Wachtend]:
    for one in found:
        if one["pleegkind_id"] in namen:
            kind = one["pleegkind_id"]
            woord = "Zichtplan" if one["soort"] == UitzonderingSoort.ZICHTPLAN else "Uitzondering"
            normen = ", ".join(NORMEN[code] for code in one["normen"])
            zin = f"{normen}, tot en met {as_dag(one['herzien_uiterlijk'])}"
            yield Wachtend(woord, f"/uitzonderingen/{one['uid']}", kind, namen[kind], zin)


def _samenvoegingen(found: Sequence[Mapping[str, Any]], namen: Mapping[UUID, str]) -> Iterator[Wachtend]:
    for one in found:
        if one["pleegkind_id"] in namen:
            kind = one["pleegkind_id"]
            zin = f"dossier {one['ander_nummer']} is van hetzelfde kind"
            yield Wachtend("Samenvoeging", f"/samenvoegingen/{one['uid']}", kind, namen[kind], zin)


def waits_for(uitzondering: FeitRegel, actor: Actor, vandaag: date) -> bool:
    """Tell whether an uitzondering can be approved by somebody: it runs, nobody did, and another made it."""
    runs = uitzondering["herzien_uiterlijk"] >= vandaag and uitzondering["goedgekeurd_door"] is None
    return runs and uitzondering["opgesteld_door"] != actor.medewerker_uid


def _members(
    actor: Actor,
    medewerkers: Sequence[Any],
    caseloads: Sequence[Mapping[str, Any]],
    afwezig: Sequence[Mapping[str, Any]],
) -> list[Lid]:
    """Return everybody who guides in the actor's team, and whoever guides a child of it; who left while so, first.

    Who sees only own children learns of no colleague how many they have.
    """
    own = next((one["team_id"] for one in medewerkers if one["uid"] == actor.medewerker_uid), None)
    whole = scope_of(actor) is not Scope.CASELOAD
    counts = {one["begeleider_id"]: one for one in caseloads if one["begeleider_id"]}
    left = [
        Lid(one["vertrokken_begeleider_id"], one["vertrokken_begeleider_naam"], *_numbers(one), uit_dienst=True)
        for one in caseloads
        if one["vertrokken_begeleider_id"]
    ]
    return left + [
        _member(one, counts.get(one["uid"]), afwezig)
        for one in medewerkers
        if one["uid"] in counts or (whole and one["team_id"] == own and one["rol"] == Rol.PLEEGZORGBEGELEIDER)
    ]


def _absent(actor: Actor, medewerkers: Sequence[Any], found: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return who of the actor's team is absent today, and who covers; all of them for who has no team."""
    teams = {one["uid"]: one["team_id"] for one in medewerkers}
    own = teams.get(actor.medewerker_uid)
    return [one for one in found if own in (None, teams.get(one["medewerker_id"]))]


def _member(one: Mapping[str, Any], counts: Mapping[str, Any] | None, afwezig: Sequence[Mapping[str, Any]]) -> Lid:
    invaller = next((weg["vervanger_naam"] for weg in afwezig if weg["medewerker_id"] == one["uid"]), None)
    valt_in = tuple(weg["medewerker_naam"] for weg in afwezig if weg["vervanger_id"] == one["uid"])
    return Lid(one["uid"], one["naam"], *_numbers(counts), invaller=invaller, valt_in_voor=valt_in)


def _numbers(counts: Mapping[str, Any] | None) -> tuple[int, int, int]:
    return (counts["kinderen"], counts["opvolging_open"], counts["lang_te_laat"]) if counts else (0, 0, 0)
