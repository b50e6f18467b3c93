"""Extra inzet on pages: what audits asked for which child, by when and of whom, and how it closes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError
from app.norms.normwoorden import NORMEN
from app.queries.bladen.inzetblad import read_inzetblad
from app.queries.extra_inzetten import get_extra_inzet, list_extra_inzetten
from app.queries.herstel import list_herstel
from app.queries.namen import Naam, read_namen
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.zorg import Zorg, read_zorg_of
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import plek_of, send_about
from app.routers.pages.formulieren.invoer import Formfout, fouten_of, parse
from app.routers.pages.formulieren.rijen import Verstuurd, as_rijformulieren, typed_in
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.woorden.rollen import ROLLEN
from app.routers.pages.woorden.tijdlijn import KOPPEN
from app.routers.params import request_time
from app.schemas.extra_inzet import AfsluitingIn, ExtraInzetFilter, OverdrachtIn
from app.security.conceptsleutel import Plek
from app.services.extra_inzetten import close_by_decision, close_by_fact, hand_over
from app.services.feiten.recording import RequestTime
from app.terms import ExtraInzetStapSoort, Rol
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.pagewords import dagen
from app.web.pagination import Lijst
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute, prefix="/extra-inzetten")
Id = Annotated[UUID, Path(alias="id")]
_Lezer = Annotated[Actor, page_permits(Permission.EXTRA_INZET_READ)]
_Doener = Annotated[Actor, page_permits(Permission.EXTRA_INZET_ACT, writes=True)]
_HIER: Final = "/kwartaaltoetsen"
#: the forms of the page: a decision, and to whom it goes; of that one name in the API → id of the field
_BESLUIT, _OVERDRACHT = "inzetbesluit", "inzetoverdracht"
_GEEFT: Final = {"eigenaarId": "wie", "reden": "waarom"}
#: what happened to it
STAPPEN: Final = {
    ExtraInzetStapSoort.OPENING: "Geopend",
    ExtraInzetStapSoort.OVERDRACHT: "Overgedragen",
    ExtraInzetStapSoort.AFSLUITING: "Afgesloten",
}


class Inzetvraag(ExtraInzetFilter):
    """Which of them a page shows: as many as fit."""

    limit: int = 200


@dataclass(frozen=True, slots=True)
class Inzetregel:
    """One extra inzet in words; ``van`` is whose it is, ``waarmee`` what closed it, ``wanneer`` how long it has."""

    uid: UUID
    kind: UUID
    naam: str
    toets: UUID
    kwartaal: str
    waarover: str
    uiterlijk: date
    te_laat: bool
    afgesloten: bool
    van: str
    waarmee: str | None
    wanneer: str


@dataclass(frozen=True, slots=True)
class Stapregel:
    """One thing that happened to it: what, when, by whom, whose it was from then, and why."""

    wat: str
    op: datetime
    door: str
    van: str
    reden: str | None


@router.get("")
def list_inzetten(
    request: Request,
    session: ReadSession,
    actor: _Lezer,
    lijst: Lijst,
    vraag: Annotated[Inzetvraag, Query()],
    spoor: HetSpoor,
) -> Response:
    """Show the extra inzet for the children that one sees, the longest late first."""
    vandaag = clock.today()
    window = list_extra_inzetten(
        session, actor, lijst.page(vraag), vandaag,
        open_only=not vraag.afgesloten, mine=vraag.mijn, orphaned=vraag.zonder_eigenaar, late=vraag.te_laat,
    )  # fmt: skip
    rows = window.rows
    kinderen = _kinderen(session, actor, rows, vandaag)
    namen = read_namen(session, {row["eigenaar_id"] for row in rows if row["eigenaar_id"]})
    spoor.add(row["pleegkind_id"] for row in rows)
    return blad(
        request, actor, "extra_inzetten/lijst.html", _HIER,
        regels=[_regel(row, kinderen, namen, vandaag) for row in rows], vraag=vraag, bladen=lijst.targets(window),
        ziet_toetsen=actor.may(Permission.TOETS_READ),
    )  # fmt: skip


@router.get("/{id}")
def show_inzet(key: Id, request: Request, session: ReadSession, actor: _Lezer, spoor: HetSpoor) -> Response:
    """Show an extra inzet, what happened to it, and with what it may be closed."""
    return _show(request, session, actor, key, spoor)


@router.post("/{id}/afsluiting")
def close(
    key: Id, request: Request, session: WriteSession, actor: _Doener, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Close it with the event that repaired what the audit found, or by a decision of who may decide."""

    def work(moment: RequestTime) -> None:
        if "reden" in form:
            close_by_decision(session, actor, key, parse(AfsluitingIn, {"reden": form["reden"]}).reden or "", moment)
            return
        soort, _, uid = form.get("feit", "").partition(" ")
        feit = parse(AfsluitingIn, {"feitSoort": soort, "feitId": uid})
        close_by_fact(session, actor, key, soort, UUID(str(feit.feit_id)), moment)

    plek = plek_of(_BESLUIT, key) if "reden" in form else None
    return _attempt(request, session, actor, key, spoor, (plek, form), work)


@router.post("/{id}/overdracht")
def give(
    key: Id, request: Request, session: WriteSession, actor: _Doener, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Give it to somebody else of the organisatie, and say why."""

    def work(moment: RequestTime) -> None:
        body = parse(OverdrachtIn, {"eigenaarId": form.get("wie", ""), "reden": form.get("waarom", "")})
        hand_over(session, actor, key, body.eigenaar_id, body.reden, moment)

    return _attempt(request, session, actor, key, spoor, (plek_of(_OVERDRACHT, key), form), work, _GEEFT)


def _attempt(
    request: Request,
    session: Session,
    actor: Actor,
    key: UUID,
    spoor: HetSpoor,
    sent: tuple[Plek | None, Form],
    work: Callable[[RequestTime], None],
    velden: Mapping[str, str] | None = None,
) -> Response:
    plek, form = sent
    try:
        send_about(request, session, actor, form, lambda: work(request_time()), key, plek)
    except AppError as refused:
        fouten = fouten_of(refused, velden or {"reden": "reden"})
        return _show(request, session, actor, key, spoor, (plek, form) if plek else None, fouten, refused.status)
    return redirect(f"/extra-inzetten/{key}")


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    key: UUID,
    spoor: HetSpoor,
    sent: Verstuurd | None = None,
    fouten: Sequence[Formfout] = (),
    status: int = 200,
) -> Response:
    vandaag = clock.today()
    found = get_extra_inzet(session, actor, key, vandaag)
    kinderen = _kinderen(session, actor, [found], vandaag)
    people = {one for stap in found["stappen"] for one in (stap["eigenaar_id"], stap["door"]) if one}
    typed = typed_in(request, actor, [(_BESLUIT, key), (_OVERDRACHT, key)])
    beside = read_inzetblad(session, actor, people, typed, MEESTE)
    namen = beside.namen
    spoor.add([found["pleegkind_id"]])
    return blad(
        request, actor, "extra_inzetten/een.html", _HIER, status,
        x=_regel(found, kinderen, namen, vandaag), stappen=[_stap(one, namen) for one in found["stappen"]],
        herstel=_herstel(session, actor, found, vandaag), mag_besluiten=actor.may(Permission.EXTRA_INZET_DECIDE),
        mag_afsluiten=actor.may(Permission.EXTRA_INZET_ACT), ziet_toetsen=actor.may(Permission.TOETS_READ),
        collegas=_colleagues(actor, found, beside.medewerkers),
        forms=as_rijformulieren(request, session, actor, beside.concepten, sent),
        fouten=fouten,
    )  # fmt: skip


def _colleagues(
    actor: Actor, found: Mapping[str, Any], medewerkers: Iterable[Mapping[str, Any]]
) -> list[tuple[UUID, str, str]]:
    """Return to whom it may be given, who works here and does not have it: id, name and rol."""
    if found["afgesloten"] or not actor.may(Permission.EXTRA_INZET_ACT):
        return []
    others = (one for one in medewerkers if one["uid"] != found["eigenaar_id"])
    return [(one["uid"], one["naam"], ROLLEN[Rol(one["rol"])]) for one in others]


def _herstel(session: Session, actor: Actor, found: Mapping[str, Any], vandaag: date) -> list[tuple[str, str, date]]:
    """Return what it may be closed with: as the form says it, as people say it, and its day."""
    if found["afgesloten"] or not actor.may(Permission.EXTRA_INZET_ACT):
        return []
    kind = get_pleegkind_key(session, actor, found["pleegkind_id"], vandaag)
    events = list_herstel(session, actor.organisatie_id, kind, found["criteria"], vandaag)
    return [(f"{one.soort} {one.uid}", KOPPEN.get(one.soort, one.soort), one.datum) for one in events]


def _kinderen(session: Session, actor: Actor, rows: Sequence[Mapping[str, Any]], vandaag: date) -> dict[UUID, Zorg]:
    wanted = {row["pleegkind_id"] for row in rows}
    return {one.uid: one for one in read_zorg_of(session, actor, sorted(wanted), vandaag)}


def _regel(
    row: Mapping[str, Any], kinderen: Mapping[UUID, Zorg], namen: Mapping[UUID, Naam], vandaag: date
) -> Inzetregel:
    kind = kinderen.get(row["pleegkind_id"])
    waarmee = KOPPEN.get(row["feit_soort"] or "", row["reden"]) if row["afgesloten"] else None
    return Inzetregel(
        uid=row["uid"],
        kind=row["pleegkind_id"],
        naam=kind.naam if kind else "een kind",
        toets=row["kwartaaltoets_id"],
        kwartaal=row["kwartaal"],
        waarover=_normen(row["criteria"]),
        uiterlijk=row["uiterlijk"],
        te_laat=row["te_laat"],
        afgesloten=row["afgesloten"],
        van=_owner(row, namen),
        waarmee=waarmee,
        wanneer="" if row["afgesloten"] else _how_long(row["uiterlijk"], vandaag),
    )


def _how_long(uiterlijk: date, vandaag: date) -> str:
    """Return how many days are left, or how many it is late."""
    left = (uiterlijk - vandaag).days
    if left < 0:
        return f"{dagen(-left)} te laat"
    return f"nog {dagen(left)}" if left else "vandaag"


def _normen(criteria: Iterable[str]) -> str:
    return ", ".join(NORMEN[code] for code in criteria)


def _owner(row: Mapping[str, Any], namen: Mapping[UUID, Naam]) -> str:
    """Return whose it is: a colleague, or any of a rol."""
    naam = namen.get(row["eigenaar_id"])
    return naam.naam if naam else f"een {ROLLEN[Rol(row['eigenaar_rol'])].lower()}"


def _stap(row: Mapping[str, Any], namen: Mapping[UUID, Naam]) -> Stapregel:
    door = namen.get(row["door"])
    waarom = row["reden"] or KOPPEN.get(row["feit_soort"] or "")
    return Stapregel(
        STAPPEN[row["soort"]], row["op"], door.naam if door else "de dienst zelf", _owner(row, namen), waarom
    )
