"""An uitzondering: propose one for a child, look at one, and approve one that somebody else made."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.access.reach import Purpose
from app.db.keyset import Page
from app.errors import AppError, BadInput
from app.models.soorten import SOORTEN
from app.norms.normwoorden import NORMEN
from app.norms.uitzondering import NOOIT_GEDEKT
from app.queries.feiten.regels import get_feit
from app.queries.namen import read_namen
from app.queries.organisatie.organisaties import list_medewerkers
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.zorg import Zorg, read_zorg_of
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, opened, plek_of, send, send_about, typed
from app.routers.pages.formulieren.invoer import Formfout, as_seen, fouten_of, parse, status_of
from app.routers.pages.team.team import waits_for
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.woorden.rollen import ROLLEN
from app.routers.pages.zorg import open_zorg
from app.routers.params import request_time
from app.schemas.feiten.feit import content_of
from app.schemas.feiten.uitzondering import UitzonderingIn
from app.services.feiten import recording
from app.services.uitzonderingen import approve_uitzondering
from app.terms import NormCode, Rol, UitzonderingSoort
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_SOORT = SOORTEN["uitzondering"]
#: field of the schema → field of the form
_VELDEN = {
    "normen": "norm",
    "reden": "reden",
    "borging": "borging",
    "van": "van",
    "herzienUiterlijk": "tot",
    "waarnemingDagen": "dagen",
    "soort": "soort",
}


@router.get("/uitzonderingen/{id}")
def show_uitzondering(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
) -> Response:
    """Show an uitzondering, and the button for who may approve it."""
    return _one(request, session, actor, key, (), 200)


def _one(
    request: Request, session: Session, actor: Actor, key: UUID, fouten: Sequence[Formfout], status: int
) -> Response:
    vandaag = clock.today()
    found = get_feit(session, actor, _SOORT, key, vandaag)
    namen = read_namen(session, [found["uid"], *filter(None, [found["goedgekeurd_door"]])])
    kind = next(iter(read_zorg_of(session, actor, [found["pleegkind_id"]], vandaag)), None)
    goedkeurder = namen.get(found["goedgekeurd_door"])
    return blad(
        request,
        actor,
        "uitzonderingen/een.html",
        "/team",
        status,
        u=found,
        kind=kind,
        opsteller=namen[found["uid"]].naam,
        goedkeurder=goedkeurder and goedkeurder.naam,
        goedkeurders=_approvers(session, actor, found, kind),
        loopt=found["herzien_uiterlijk"] >= vandaag,
        normen=[NORMEN[code] for code in found["normen"]],
        wacht=_may_approve(found, actor) and waits_for(found, actor, vandaag),
        rollen=[ROLLEN[rol].lower() for rol in _rollen_for(found)],
        eigen=found["opgesteld_door"] == actor.medewerker_uid,
        fouten=fouten,
    )


def _rollen_for(uitzondering: Mapping[str, Any]) -> list[Rol]:
    """Return the rollen for which it is to approve: a zichtplan is for a gedragswetenschapper."""
    if uitzondering["soort"] == UitzonderingSoort.ZICHTPLAN:
        return [Rol.GEDRAGSWETENSCHAPPER]
    return [rol for rol, may in PERMISSIONS_OF_ROL.items() if Permission.UITZONDERING_APPROVE in may]


def _may_approve(uitzondering: Mapping[str, Any], actor: Actor) -> bool:
    return actor.may(Permission.UITZONDERING_APPROVE) and actor.rol in _rollen_for(uitzondering)


def _approvers(session: Session, actor: Actor, found: Mapping[str, Any], kind: Zorg | None) -> list[str]:
    """Return who of the child's team may approve what waits: others than who made it."""
    if kind is None or found["ingetrokken"] or found["goedgekeurd_door"]:
        return []
    return [
        one["naam"]
        for one in list_medewerkers(session, actor, Page(MEESTE)).rows
        if one["team_id"] == kind.team_uid
        and one["rol"] in _rollen_for(found)
        and one["uid"] != found["opgesteld_door"]
    ]


@router.post("/uitzonderingen/{id}/goedkeuring")
def approve(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.UITZONDERING_APPROVE, writes=True)],
    form: SessionForm,
) -> Response:
    """Approve the version that was looked at; what changed meanwhile is shown first."""
    moment = request_time()
    changed = BadInput(detail="Deze uitzondering is veranderd terwijl u keek. Lees haar opnieuw.")

    def work() -> object:
        return approve_uitzondering(session, actor, key, moment, check_version=as_seen(form, changed))

    try:
        send_about(request, session, actor, form, work, key)
    except AppError as refused:
        return _one(request, session, actor, key, fouten_of(refused, {}), refused.status)
    return redirect(f"/uitzonderingen/{key}")


@router.get("/kinderen/{id}/uitzondering")
def uitzondering_form(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.UITZONDERING_PROPOSE)],
    spoor: HetSpoor,
) -> Response:
    """Show the form of a new uitzondering."""
    kind = get_pleegkind_key(session, actor, key, clock.today(), Purpose.WRITE)
    start = {"van": clock.today().isoformat()}
    return _form(
        request, session, actor, kind, opened(request, session, actor, plek_of("uitzondering", key), start), spoor
    )


@router.post("/kinderen/{id}/uitzondering")
def propose(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.UITZONDERING_PROPOSE, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Record an uitzondering that another must approve."""
    moment = request_time()
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, Purpose.WRITE)
    plek = plek_of("uitzondering", key)

    def work() -> Mapping[str, Any]:
        values = {**content_of(_read(form)), "pleegkind_id": kind}
        return recording.record(session, actor, _SOORT, values, moment)

    try:
        made = send(request, session, actor, form, work, plek)
    except AppError as refused:
        return _form(request, session, actor, kind, (form, typed(plek)), spoor, refused)
    return redirect(f"/uitzonderingen/{made}")


def _read(form: Form) -> UitzonderingIn:
    """Return what the form says.

    Raises:
        BadInput: with every fault.
    """
    given = {
        "normen": [code for code in NormCode if f"norm-{code}" in form],
        "reden": form.get("reden", ""),
        "borging": form.get("borging", ""),
        "van": form.get("van", ""),
        "herzienUiterlijk": form.get("tot", ""),
        "soort": form.get("soort") or UitzonderingSoort.UITZONDERING,
        "waarnemingDagen": _number(form.get("dagen", "")),
    }
    return parse(UitzonderingIn, given)


def _number(text: str) -> int | str | None:
    """Return a number as the schema takes it; what is none is left for the schema to refuse."""
    said = text.strip()
    return (int(said) if said.isdecimal() else said) if said else None


def _form(
    request: Request,
    session: Session,
    actor: Actor,
    kind: int,
    ingevuld: tuple[Form, Getypt],
    spoor: HetSpoor,
    refused: AppError | None = None,
) -> Response:
    form, getypt = ingevuld
    fouten = fouten_of(refused, _VELDEN)
    vandaag = clock.today()
    zorg = open_zorg(session, actor, kind, vandaag, spoor)
    return blad(
        request,
        actor,
        "uitzonderingen/nieuw.html",
        "/kinderen",
        status_of(refused),
        kind=zorg,
        normen={code.value: NORMEN[code] for code in NormCode if code not in NOOIT_GEDEKT},
        f=form,
        getypt=getypt,
        fouten=fouten,
    )
