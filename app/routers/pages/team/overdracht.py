"""Hand the children of somebody who is ill or leaves to others, all in one go: nobody is left without a begeleider."""

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
from app.errors import AppError, BadInput, Fault
from app.norms.calendar import age_on
from app.queries.bladen.lijstbladen import read_overdrachtblad
from app.queries.overdracht.openstaand import read_begeleidingen
from app.queries.zorg import Zorg, read_zorg_of
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, opened, plek_of, send_about, typed
from app.routers.pages.formulieren.invoer import Formfout, fouten_of, parse
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.params import request_time
from app.schemas.overdracht import MedewerkerOverdrachtIn
from app.services.beheer.overdrachten import get_giver, hand_over_children
from app.terms import Rol
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_FORM: Final = "kinderoverdracht"
_KIND, _WIE = "kind-", "wie-"
_NIEMAND = Formfout("wie", "Vink eerst aan wie de kinderen overnemen. Er is nog niets verdeeld.")
_GEEN_KIND = "Kies bij ten minste één kind wie het overneemt. Er is nog niets overgedragen."


@dataclass(frozen=True, slots=True)
class Overdracht:
    """Whose children go, which those are, who can take them, and how many children each of those has.

    ``opvolging`` are the children with whom something must still be done after a worry: it goes with them.
    """

    gever: Mapping[str, Any]
    kinderen: Sequence[Zorg]
    anderen: Sequence[Mapping[str, Any]]
    heeft: Mapping[UUID, int]
    opvolging: frozenset[UUID]


@router.get("/medewerkers/{id}/overdracht")
def overdracht_form(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLAATSING_MANAGE)],
    spoor: HetSpoor,
) -> Response:
    """Show the children of a medewerker, and who can take them over."""
    vandaag = clock.today()
    found = _read(session, actor, key, vandaag)
    spoor.add(kind.uid for kind in found.kinderen)
    return _show(request, actor, found, opened(request, session, actor, plek_of(_FORM, key), {}), (), 200)


@router.post("/medewerkers/{id}/overdracht")
def hand_over(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.PLAATSING_MANAGE, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Hand the children over as the form says."""
    moment, plek = request_time(), plek_of(_FORM, key)
    found = _read(session, actor, key, moment.vandaag)
    spoor.add(kind.uid for kind in found.kinderen)

    def work() -> None:
        hand_over_children(session, actor, key, _body(found, form, moment.vandaag), moment)

    try:
        send_about(request, session, actor, form, work, key, plek)
    except AppError as refused:
        fouten = fouten_of(refused, {"reden": "reden", "kinderen": "kinderen"})
        return _show(request, actor, found, (form, typed(plek)), fouten, refused.status)
    return redirect("/team?klaar=overdracht")


@router.post("/medewerkers/{id}/overdracht/verdeling")
def divide(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.PLAATSING_MANAGE, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Show the form with the children divided over who was chosen, so that they have as many."""
    found = _read(session, actor, key, clock.today())
    spoor.add(kind.uid for kind in found.kinderen)
    divided, getypt = _divided(found, form), typed(plek_of(_FORM, key))
    fouten, status = ((), 200) if divided else ([_NIEMAND], 400)
    return _show(request, actor, found, ({**form, **divided}, getypt), fouten, status)


def _read(session: Session, actor: Actor, key: UUID, vandaag: date) -> Overdracht:
    gever = get_giver(session, actor, key, vandaag)
    begeleidingen = read_begeleidingen(session, actor.organisatie_id, gever["feit_id"], vandaag)
    uids = [one["pleegkind_id"] for one in begeleidingen]
    zorg = read_zorg_of(session, actor, uids, vandaag)
    beside = read_overdrachtblad(session, actor, uids, vandaag, MEESTE)
    anderen = [one for one in beside["medewerkers"] if _can_take(one, gever)]
    heeft = {one["begeleider_id"]: one["kinderen"] for one in beside["caseloads"]}
    open_ = frozenset(one["uid"] for one in beside["opvolging"])
    return Overdracht(gever, sorted(zorg, key=lambda kind: kind.op_naam), anderen, heeft, open_)


def _can_take(medewerker: Mapping[str, Any], van: Mapping[str, Any]) -> bool:
    guides = medewerker["rol"] == Rol.PLEEGZORGBEGELEIDER and medewerker["uid"] != van["uid"]
    return guides and bool(medewerker["team_id"] == van["team_id"])


def _divided(found: Overdracht, form: Form) -> dict[str, str]:
    """Return the children over who was chosen: a family to one of them, the largest first, to who then has fewest."""
    load = {one["uid"]: found.heeft.get(one["uid"], 0) for one in found.anderen if f"{_WIE}{one['uid']}" in form}
    families: dict[UUID, list[Zorg]] = {}
    for kind in found.kinderen:
        families.setdefault(kind.gezin_uid or kind.uid, []).append(kind)
    divided: dict[str, str] = {}
    for family in sorted(families.values(), key=len, reverse=True) if load else ():
        wie = min(load, key=load.__getitem__)
        load[wie] += len(family)
        divided |= {f"{_KIND}{kind.uid}": str(wie) for kind in family}
    return divided


def _body(found: Overdracht, form: Form, vandaag: date) -> MedewerkerOverdrachtIn:
    """Return what the form says.

    Raises:
        BadInput: nobody was chosen for any child, or there is no reason.
    """
    kinderen = [
        {"pleegkindId": kind.uid, "medewerkerId": form.get(f"{_KIND}{kind.uid}", ""), "van": vandaag}
        for kind in found.kinderen
        if form.get(f"{_KIND}{kind.uid}")
    ]
    given = {"kinderen": kinderen, "reden": form.get("reden", "")}
    try:
        return parse(MedewerkerOverdrachtIn, given)
    except BadInput as wrong:
        raise BadInput(*(_said(one) for one in wrong.faults)) from None


def _said(one: Fault) -> Fault:
    """Return a fault as this form says it: a list without children is one from which nobody was chosen."""
    return Fault("body", "kinderen", "verplicht", _GEEN_KIND) if one.name == "kinderen" else one


def _show(
    request: Request,
    actor: Actor,
    found: Overdracht,
    ingevuld: tuple[Form, Getypt],
    fouten: Sequence[Formfout],
    status: int,
) -> Response:
    vandaag, (form, getypt) = clock.today(), ingevuld
    return blad(
        request,
        actor,
        "team/overdracht.html",
        "/team",
        status,
        gever=found.gever,
        opvolging=found.opvolging,
        kinderen=[(kind, age_on(kind.geboortedatum, vandaag)) for kind in found.kinderen],
        anderen=[(one, found.heeft.get(one["uid"], 0)) for one in found.anderen],
        f=form,
        getypt=getypt,
        fouten=fouten,
    )
