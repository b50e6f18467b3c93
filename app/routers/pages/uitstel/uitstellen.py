"""Put off a reminder about a child, with a reason and an end; and be reminded again before that."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose, purpose_of_recording
from app.db.keyset import Page
from app.errors import AppError
from app.models.soorten import SOORTEN
from app.norms.aandacht import urgentie
from app.norms.judge import Oordeel
from app.norms.uitstel import MAX_UITSTEL, NOOIT_UITGESTELD
from app.queries.feiten.regels import get_feit, list_feiten
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.termijnen.lijst import judge_kind
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, opened, plek_of, send, send_about, typed
from app.routers.pages.formulieren.invoer import as_seen, fouten_of, parse, status_of
from app.routers.pages.uitstel.regels import EINDE
from app.routers.pages.woorden.normen import wanneer, wat
from app.routers.pages.zorg import open_zorg
from app.routers.params import request_time
from app.schemas.feiten.feit import content_of
from app.schemas.feiten.uitstel import UitstelIn
from app.services.feiten import recording
from app.terms import Stand
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.pagewords import dag
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_SOORT: Final = SOORTEN["uitstel"]
_FEITEN: Final = Page(200)
_NORM: Final = "norm "
#: field of the schema → field of the form
_VELDEN: Final = {"norm": "wat", "uitzonderingId": "wat", "tot": "tot", "datum": "tot", "reden": "reden"}
_Schrijver = Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)]


def may_put_off(oordeel: Oordeel) -> bool:
    """Tell whether somebody is reminded of a judgement, and may put that off."""
    return oordeel.stand in (Stand.NADERT, Stand.TE_LAAT) and oordeel.norm.code not in NOOIT_UITGESTELD


@router.get("/kinderen/{id}/uitstel")
def uitstel_form(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.FEIT_RECORD)],
    spoor: HetSpoor,
    norm: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show the form, for what was chosen on the page of the child."""
    kind = get_pleegkind_key(session, actor, key, clock.today(), purpose_of_recording(_SOORT))
    start = {"wat": f"{_NORM}{norm}"} if norm else {}
    ingevuld = opened(request, session, actor, plek_of("herinnering", key), start)
    return _show(request, session, actor, kind, ingevuld, spoor)


@router.post("/kinderen/{id}/uitstel")
def put_off(
    key: Id, request: Request, session: WriteSession, actor: _Schrijver, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Record what is put off."""
    moment = request_time()
    kind = get_pleegkind_key(session, actor, key, moment.vandaag, purpose_of_recording(_SOORT))

    def work() -> Mapping[str, Any]:
        values = {**content_of(parse(UitstelIn, _given(form, moment.vandaag))), "pleegkind_id": kind}
        return recording.record(session, actor, _SOORT, values, moment)

    try:
        send(request, session, actor, form, work, plek_of("herinnering", key))
    except AppError as refused:
        return _show(request, session, actor, kind, (form, typed(plek_of("herinnering", key))), spoor, refused)
    return redirect(f"/kinderen/{key}#uitgesteld")


def _given(form: Form, vandaag: date) -> dict[str, Any]:
    """Return what a form says, as the schema takes it."""
    chosen = form.get("wat", "")
    over = {"norm": chosen.removeprefix(_NORM)} if chosen.startswith(_NORM) else {"uitzonderingId": chosen}
    return {**over, "datum": vandaag, "tot": form.get("tot", ""), "reden": form.get("reden", "")}


@router.post("/uitstellen/{id}/einde")
def end_uitstel(key: Id, request: Request, session: WriteSession, actor: _Schrijver, form: SessionForm) -> Response:
    """Let who put it off be reminded again from now on; what was put off stays in the file."""
    moment = request_time()
    found = get_feit(session, actor, _SOORT, key, moment.vandaag, purpose=Purpose.WRITE)

    def work() -> object:
        return recording.withdraw(
            session, actor, _SOORT, key, moment, reden="weer herinneren", check_version=as_seen(form)
        )

    send_about(request, session, actor, form, work, key)
    return redirect(f"/kinderen/{found['pleegkind_id']}#uitgesteld")


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    kind: int,
    ingevuld: tuple[Form, Getypt],
    spoor: HetSpoor,
    refused: AppError | None = None,
) -> Response:
    form, getypt = ingevuld
    vandaag = clock.today()
    zorg = open_zorg(session, actor, kind, vandaag, spoor)
    fouten = fouten_of(refused, _VELDEN)
    return blad(
        request,
        actor,
        "uitstel/nieuw.html",
        "/kinderen",
        status_of(refused),
        kind=zorg,
        keuzes=[*_normen(session, actor, kind, vandaag), *_uitzonderingen(session, actor, kind, vandaag)],
        laatste=vandaag + MAX_UITSTEL,
        dagen=MAX_UITSTEL.days,
        f=form,
        getypt=getypt,
        fouten=fouten,
    )


def _normen(session: Session, actor: Actor, kind: int, vandaag: date) -> Iterator[tuple[str, str]]:
    """Yield the norms of which somebody is reminded now, the most urgent first, each once."""
    oordelen = [item.oordeel for item in judge_kind(session, actor, kind, vandaag).termijnen]
    found: dict[str, str] = {}
    for one in sorted(filter(may_put_off, oordelen), key=urgentie):
        found.setdefault(f"{_NORM}{one.norm.code}", f"{wat(one)}, {wanneer(one)}")
    yield from found.items()


def _uitzonderingen(session: Session, actor: Actor, kind: int, vandaag: date) -> Iterator[tuple[str, str]]:
    """Yield the uitzonderingen of which the end is still to come."""
    rows: Sequence[Mapping[str, Any]] = list_feiten(
        session, actor, SOORTEN["uitzondering"], kind, _FEITEN, vandaag, of_child=True
    ).rows
    for one in rows:
        if one["goedgekeurd_door"] is not None and one["herzien_uiterlijk"] >= vandaag:
            yield str(one["uid"]), f"{EINDE}, {dag(one['herzien_uiterlijk'])}"
