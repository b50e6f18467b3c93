"""Propose that two files are of one child: choose the other, see both beside each other, say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose
from app.errors import AppError, Forbidden, NotFound
from app.norms.samenvoeging import TERMIJN
from app.queries.feiten.telling import Feitentelling, count_feiten
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.pleegkinderen.zoeken import search_pleegkinderen
from app.queries.samenvoegingen import is_proposed, list_kandidaten
from app.queries.zorg import Zorg, read_zorg
from app.routers.pages.blad import blad, thuis_of
from app.routers.pages.formulieren.formulier import Getypt, opened, plek_of, send, typed
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.woorden.tijdlijn import KOPPEN
from app.routers.params import request_time
from app.schemas.samenvoeging import DossierSamenvoegingIn
from app.services.samenvoegingen import propose_samenvoeging
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor, Spoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_HIER: Final = "/kinderen/{id}/samenvoeging"
_FORM: Final = "samenvoeging"
_VELDEN: Final = {"reden": "reden", "anderKindId": "zoek"}
_Reader = Annotated[Actor, page_permits(Permission.PLEEGKIND_MANAGE)]
_Manager = Annotated[Actor, page_permits(Permission.PLEEGKIND_MANAGE, writes=True)]


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """Of one kind of fact how much there is in the file that stays, and in the other."""

    wat: str
    hier: Feitentelling | None
    daar: Feitentelling | None


@router.get(_HIER)
def samenvoeging_form(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: _Reader,
    spoor: HetSpoor,
    ander: Annotated[UUID | None, Query()] = None,
) -> Response:
    """Show who it could be; and once one is chosen both files, and the form."""
    kind = _key(session, actor, key)
    chosen = _key(session, actor, ander) if ander else None
    given = {"ander": str(ander)} if ander else {}
    form, getypt = opened(request, session, actor, plek_of(_FORM, key), given)
    if chosen is None:
        chosen = _if_there(session, actor, form)
    return _show(request, session, actor, spoor, (kind, chosen), ({**form, **given}, getypt))


@router.post(f"{_HIER}/_zoek")
def search(
    key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Show the children with a part of a name, or with a nummer, whose file the actor may change."""
    kind, q = _key(session, actor, key), form.get("q", "").strip()[:100]
    getypt = typed(plek_of(_FORM, key))
    return _show(request, session, actor, spoor, (kind, None), ({}, getypt), q=q)


@router.post(_HIER)
def propose(
    key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Record the proposal; another approves it."""
    kind, plek = _key(session, actor, key), plek_of(_FORM, key)

    def work() -> Mapping[str, Any]:
        body = parse(DossierSamenvoegingIn, {"anderKindId": form.get("ander", ""), "reden": form.get("reden", "")})
        return propose_samenvoeging(session, actor, key, body, request_time())

    try:
        made = send(request, session, actor, form, work, plek)
    except AppError as refused:
        chosen = _if_there(session, actor, form)
        return _show(request, session, actor, spoor, (kind, chosen), (form, typed(plek)), refused)
    return redirect(f"/samenvoegingen/{made}")


def _key(session: Session, actor: Actor, uid: UUID) -> int:
    return get_pleegkind_key(session, actor, uid, clock.today(), Purpose.WRITE)


def _if_there(session: Session, actor: Actor, form: Form) -> int | None:
    """Return the other child that a form names, or None when it is nobody, or nobody's whom the actor may change."""
    try:
        return _key(session, actor, UUID(form.get("ander", "")))
    except (ValueError, NotFound, Forbidden):
        return None


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    spoor: Spoor,
    keys: tuple[int, int | None],
    ingevuld: tuple[Form, Getypt],
    refused: AppError | None = None,
    q: str | None = None,
) -> Response:
    """Show the page; ``q``: what was searched for."""
    (kind, ander), (form, getypt) = keys, ingevuld
    fouten = fouten_of(refused, _VELDEN)
    shown = _read(session, actor, [key for key in keys if key])
    found = () if ander else _candidates(session, actor, kind, shown[kind], q)
    spoor.add(one.uid for one in (*shown.values(), *found))
    return blad(
        request,
        actor,
        "samenvoegingen/voorstel.html",
        thuis_of(actor),
        status_of(refused),
        kind=shown[kind],
        ander=shown[ander] if ander else None,
        rijen=_compare(session, kind, ander) if ander else (),
        voorgesteld=ander is not None and is_proposed(session, kind, ander, clock.now()),
        gevonden=found,
        q=q,
        dagen=TERMIJN.days,
        f=form,
        getypt=getypt,
        fouten=fouten,
    )


def _read(session: Session, actor: Actor, keys: Sequence[int]) -> dict[int, Zorg]:
    vandaag = clock.today()
    return read_zorg(session, actor, keys, vandaag, vandaag)


def _candidates(session: Session, actor: Actor, kind: int, zorg: Zorg, q: str | None) -> Sequence[Zorg]:
    vandaag = clock.today()
    named = None
    if q is not None:
        rows = search_pleegkinderen(session, actor, naam=q, bsn_indexes=None, vandaag=vandaag)
        named = [row["feit_id"] for row in rows]
    keys = list_kandidaten(session, actor, kind, vandaag, geboortedatum=zorg.geboortedatum, gevonden=named)
    read = _read(session, actor, keys) if keys else {}
    return [read[key] for key in keys]


def _compare(session: Session, kind: int, ander: int) -> list[Vergelijking]:
    here, there = count_feiten(session, kind), count_feiten(session, ander)
    return [
        Vergelijking(kop, here.get(soort), there.get(soort))
        for soort, kop in KOPPEN.items()
        if soort in here or soort in there
    ]
