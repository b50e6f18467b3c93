"""Agreed actions: those that are mine, the earliest day first; a new one for a child; and one that was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import purpose_of_recording
from app.db.keyset import Page
from app.errors import AppError
from app.models.soorten import SOORTEN
from app.queries.feiten.keuze import Keuze, is_mine, is_to_do
from app.queries.feiten.regels import get_feit, list_visible_feiten
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.zorg import read_zorg_of
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import opened, plek_of, send, send_about, typed
from app.routers.pages.formulieren.invoer import as_seen, fouten_of, parse
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.zorg import open_kind, open_zorg
from app.routers.params import request_time
from app.schemas.feiten.actie import ActieIn
from app.schemas.feiten.feit import content_of
from app.services.feiten import recording
from app.web.forms import SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_SOORT: Final = SOORTEN["actie"]
_MINE: Final = Keuze((is_mine, is_to_do), dag="uiterlijk")
_VELDEN: Final = {"omschrijving": "omschrijving", "uiterlijk": "uiterlijk", "datum": "uiterlijk"}


@dataclass(frozen=True, slots=True)
class Actieregel:
    """An action that is not done yet."""

    uid: UUID
    kind: UUID
    naam: str
    omschrijving: str
    uiterlijk: date
    versie: int
    te_laat: bool


@router.get("/acties")
def list_acties(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
    spoor: HetSpoor,
) -> Response:
    """Show what somebody agreed to do and has not done, the earliest day first."""
    vandaag = clock.today()
    mine = list_visible_feiten(session, actor, _SOORT, Page(MEESTE), vandaag, keuze=_MINE).rows
    namen = {one.uid: one.naam for one in read_zorg_of(session, actor, [row["pleegkind_id"] for row in mine], vandaag)}
    spoor.add(namen)
    regels = [_regel(row, namen[row["pleegkind_id"]], vandaag) for row in mine if row["pleegkind_id"] in namen]
    mag_inzet = actor.may(Permission.EXTRA_INZET_READ)
    return blad(request, actor, "acties/lijst.html", "/acties", regels=regels, mag_inzet=mag_inzet)


def _regel(row: Mapping[str, Any], naam: str, vandaag: date) -> Actieregel:
    day = row["uiterlijk"]
    return Actieregel(
        row["uid"], row["pleegkind_id"], naam, row["omschrijving"], day, row["versie"], te_laat=day < vandaag
    )


@router.get("/kinderen/{id}/actie")
def actie_form(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD)],
    spoor: HetSpoor,
) -> Response:
    """Show the form of a new action for a child."""
    vandaag = clock.today()
    _, zorg = open_kind(session, actor, key, vandaag, spoor, purpose_of_recording(_SOORT))
    form, getypt = opened(request, session, actor, plek_of("actie", zorg.uid), {})
    return blad(request, actor, "acties/nieuw.html", "/acties", kind=zorg, f=form, getypt=getypt, fouten=())


@router.post("/kinderen/{id}/actie")
def record_actie(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Record an action that whoever records it will do."""
    moment = request_time()
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, purpose_of_recording(_SOORT))
    given = {"datum": moment.vandaag, "omschrijving": form.get("omschrijving", ""), "uiterlijk": form.get("uiterlijk")}

    def work() -> Mapping[str, Any]:
        values = {**content_of(parse(ActieIn, given)), "pleegkind_id": kind}
        return recording.record(session, actor, _SOORT, values, moment)

    try:
        send(request, session, actor, form, work, plek_of("actie", key))
    except AppError as refused:
        fouten = fouten_of(refused, _VELDEN)
        zorg = open_zorg(session, actor, kind, moment.vandaag, spoor)
        return blad(
            request, actor, "acties/nieuw.html", "/acties", refused.status, kind=zorg, f=form,
            getypt=typed(plek_of("actie", key)), fouten=fouten,
        )  # fmt: skip
    return redirect(f"/kinderen/{key}")


@router.post("/acties/{id}/gedaan")
def finish(
    key: Id,
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)],
    form: SessionForm,
) -> Response:
    """Record that an action was done today."""
    moment = request_time()
    get_feit(session, actor, _SOORT, key, moment.vandaag)
    done = {"gedaan_op": moment.vandaag}

    def work() -> object:
        return recording.correct(session, actor, _SOORT, key, done, moment, reden="gedaan", check_version=as_seen(form))

    send_about(request, session, actor, form, work, key)
    return redirect("/acties")
