"""Where a child lives, who guides it and on what legal basis: a begeleider for who has none, an end, a maatregel."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy import RowMapping
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose
from app.db.keyset import Page
from app.errors import AppError, BadInput, NotFound, fault
from app.models.soorten import SOORTEN
from app.queries.feiten.regels import get_feit_key
from app.queries.organisatie.organisaties import list_medewerkers
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.zorg import Zorg
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import plek_of, send
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.formulieren.rijen import read_rijformulieren
from app.routers.pages.kinderen.verblijf import list_verblijf
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.woorden.tijdlijn import MAATREGELEN
from app.routers.pages.zorg import open_kind, open_zorg
from app.routers.params import request_time
from app.schemas.feiten.feit import content_of
from app.schemas.feiten.maatregel import MaatregelIn
from app.schemas.feiten.plaatsing import BeeindigingIn, BegeleidingIn
from app.security.conceptsleutel import Plek
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime, any_version
from app.services.plaatsingen import end_plaatsing
from app.terms import Rol
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Beheerder = Annotated[Actor, page_permits(Permission.PLAATSING_MANAGE, writes=True)]
Work = Callable[[int, Zorg, RequestTime], Mapping[str, Any]]
#: name in the API → id of the field, for each of the forms
_BEGELEIDING: Final = {"medewerkerId": "wie", "van": "wie-van"}
_EINDE: Final = {"tot": "einde", "eindreden": "eindreden"}
_MAATREGEL: Final = {
    "soort": "soort", "van": "maatregel-van", "tot": "maatregel-tot", "gi": "gi", "jeugdbeschermer": "jeugdbeschermer",
}  # fmt: skip


@router.get("/kinderen/{id}/zorg")
def show_zorg(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
    spoor: HetSpoor,
) -> Response:
    """Show where a child lives and with whom, and the forms of what the reader may record of it."""
    kind, zorg = open_kind(session, actor, key, clock.today(), spoor)
    return _show(request, session, actor, (kind, zorg), {}, None, {})


@router.post("/kinderen/{id}/begeleiding")
def give_begeleider(
    key: Id, request: Request, session: WriteSession, actor: _Beheerder, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Let somebody guide a child that nobody guides."""

    def work(_: int, zorg: Zorg, moment: RequestTime) -> Mapping[str, Any]:
        if not zorg.zonder_begeleider:
            wie = zorg.begeleider_naam
            raise BadInput(
                fault("medewerkerId", "al_begeleid", f"{wie} begeleidt dit kind al. Draag het over bij Team.")
            )
        body = parse(BegeleidingIn, {"medewerkerId": form.get("wie", ""), "van": form.get("van", "")})
        stay = _stay(session, actor, zorg, moment.vandaag)
        values = {**content_of(body), "plaatsing_id": stay}
        return recording.record(session, actor, SOORTEN["begeleiding"], values, moment)

    return _attempt(request, session, actor, key, form, spoor, work, (_BEGELEIDING, None))


@router.post("/kinderen/{id}/beeindiging")
def end(
    key: Id, request: Request, session: WriteSession, actor: _Beheerder, form: SessionForm, spoor: HetSpoor
) -> Response:
    """End the plaatsing in which a child is today."""

    def work(_: int, zorg: Zorg, moment: RequestTime) -> Mapping[str, Any]:
        body = parse(BeeindigingIn, {"tot": form.get("tot", ""), "eindreden": form.get("eindreden", "")})
        if zorg.plaatsing_uid is None:
            raise NotFound
        return end_plaatsing(
            session, actor, zorg.plaatsing_uid, body.tot, body.eindreden, moment, check_version=any_version
        )

    return _attempt(request, session, actor, key, form, spoor, work, (_EINDE, plek_of("vertrek", key)))


@router.post("/kinderen/{id}/maatregel")
def record_maatregel(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Record on what legal basis a child lives there."""
    given = {name: form.get(name) or None for name in ("tot", "gi", "jeugdbeschermer")}
    given |= {"soort": form.get("soort", ""), "van": form.get("van", "")}

    def work(kind: int, _: Zorg, moment: RequestTime) -> Mapping[str, Any]:
        values = {**content_of(parse(MaatregelIn, given)), "pleegkind_id": kind}
        return recording.record(session, actor, SOORTEN["maatregel"], values, moment)

    return _attempt(request, session, actor, key, form, spoor, work, (_MAATREGEL, None))


def _stay(session: Session, actor: Actor, zorg: Zorg, vandaag: date) -> int:
    """Return the key of the plaatsing in which a child is today."""
    if zorg.plaatsing_uid is None:
        raise NotFound
    return get_feit_key(session, actor, SOORTEN["plaatsing"], zorg.plaatsing_uid, vandaag, Purpose.WRITE)


def _attempt(
    request: Request,
    session: Session,
    actor: Actor,
    key: UUID,
    form: Form,
    spoor: HetSpoor,
    work: Work,
    wat: tuple[Mapping[str, str], Plek | None],
) -> Response:
    """Record once what a form says, or show the page again with what was typed in it; ``wat``: its fields and place."""
    velden, plek = wat
    moment = request_time()
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, Purpose.WRITE)
    zorg = open_zorg(session, actor, kind, moment.vandaag, spoor)
    try:
        send(request, session, actor, form, lambda: work(kind, zorg, moment), plek)
    except AppError as refused:
        again = open_zorg(session, actor, kind, moment.vandaag, spoor)
        return _show(request, session, actor, (kind, again), form, refused, velden, plek)
    return redirect(f"/kinderen/{key}")


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    wie: tuple[int, Zorg],
    form: Form,
    refused: AppError | None,
    velden: Mapping[str, str],
    plek: Plek | None = None,
) -> Response:
    kind, zorg = wie
    sent = (plek, form) if plek else None
    forms = read_rijformulieren(request, session, actor, [("vertrek", zorg.uid)], sent)
    fouten = fouten_of(refused, velden)
    mag_plaatsen = actor.may(Permission.PLAATSING_MANAGE)
    return blad(
        request, actor, "kinderen/zorg.html", "/kinderen", status_of(refused), kind=zorg,
        collegas=_colleagues(session, actor, zorg) if mag_plaatsen and zorg.zonder_begeleider else (),
        mag_plaatsen=mag_plaatsen, mag_maatregel=actor.may(Permission.FEIT_RECORD), maatregelen=MAATREGELEN,
        vertrek=forms.van("vertrek", zorg.uid), f={} if plek else form, fouten=fouten,
       verblijf=list_verblijf(session, actor, kind, clock.today()),
    )  # fmt: skip


def _colleagues(session: Session, actor: Actor, zorg: Zorg) -> Sequence[RowMapping]:
    """Return who may guide it: begeleiders of its team, or of the actor's when it has none."""
    found = list_medewerkers(session, actor, Page(MEESTE)).rows
    own = next((one["team_id"] for one in found if one["uid"] == actor.medewerker_uid), None)
    team = zorg.team_uid or own
    return [one for one in found if one["rol"] == Rol.PLEEGZORGBEGELEIDER and (team is None or one["team_id"] == team)]
