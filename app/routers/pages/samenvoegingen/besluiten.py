"""Two files of one child: what waits for approval and what can still be undone, found and decided on a page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Page
from app.errors import AppError
from app.queries.namen import read_namen
from app.queries.samenvoegingen import Samenvoegingskeuze, get_samenvoeging, list_samenvoegingen
from app.queries.zorg import Zorg, read_zorg_of
from app.routers.pages.blad import blad, thuis_of
from app.routers.pages.formulieren.formulier import plek_of, send_about
from app.routers.pages.formulieren.invoer import as_seen, fouten_of, parse, status_of
from app.routers.pages.formulieren.rijen import Verstuurd, read_rijformulieren
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.params import request_time
from app.schemas.samenvoeging import DossierHerstelIn
from app.security.conceptsleutel import Plek
from app.services.feiten.recording import RequestTime
from app.services.samenvoegingen import approve_samenvoeging, undo_samenvoeging
from app.terms import Samenvoegingsstand
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_HIER: Final = "/samenvoegingen"
_Reader = Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)]
_Manager = Annotated[Actor, page_permits(Permission.PLEEGKIND_MANAGE, writes=True)]
Samenvoegingsregel = Mapping[str, Any]
Check = Callable[[Samenvoegingsregel], None]


@router.get(_HIER)
def show_samenvoegingen(request: Request, session: ReadSession, actor: _Reader, spoor: HetSpoor) -> Response:
    """Show what can still be approved or undone."""
    vandaag = clock.today()
    rows = list_samenvoegingen(session, actor, Page(MEESTE), vandaag, Samenvoegingskeuze(kan_nog=True)).rows
    spoor.add(uid for row in rows for uid in _children(row))
    return blad(
        request, actor, "samenvoegingen/lijst.html", thuis_of(actor), samenvoegingen=rows,
        kinderen=_shown(session, actor, rows), namen=_names(session, rows),
        mag_voorstellen=actor.may(Permission.PLEEGKIND_MANAGE),
    )  # fmt: skip


@router.get(f"{_HIER}/{{id}}")
def show_samenvoeging(key: Id, request: Request, session: ReadSession, actor: _Reader) -> Response:
    """Show one, with the button for who may decide."""
    return _one(request, session, actor, key, None, None)


@router.post(f"{_HIER}/{{id}}/goedkeuring")
def approve(key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm) -> Response:
    """Make one file of two that another proposed to make one."""
    return _decide(
        request, session, actor, key, form,
        lambda moment: approve_samenvoeging(session, actor, key, moment, check_version=as_seen(form)),
    )  # fmt: skip


@router.post(f"{_HIER}/{{id}}/herstel")
def undo(key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm) -> Response:
    """Make two files of one again."""

    def work(moment: RequestTime) -> object:
        reden = parse(DossierHerstelIn, {"reden": form.get("reden", "")}).reden
        return undo_samenvoeging(session, actor, key, reden, moment, check_version=as_seen(form))

    return _decide(request, session, actor, key, form, work, plek_of("herstel", key))


def _decide(
    request: Request,
    session: Session,
    actor: Actor,
    key: UUID,
    form: Form,
    work: Callable[[RequestTime], object],
    plek: Plek | None = None,
) -> Response:
    try:
        send_about(request, session, actor, form, lambda: work(request_time()), key, plek)
    except AppError as refused:
        return _one(request, session, actor, key, (plek, form) if plek else None, refused)
    return redirect(f"{_HIER}/{key}")


def _one(
    request: Request, session: Session, actor: Actor, key: UUID, sent: Verstuurd | None, refused: AppError | None
) -> Response:
    fouten = fouten_of(refused, {"reden": "reden"})
    found = get_samenvoeging(session, actor, key, clock.today())
    mag, nu = actor.may(Permission.PLEEGKIND_MANAGE), clock.now()
    waits = found["stand"] == Samenvoegingsstand.VOORGESTELD and nu <= found["goed_te_keuren_tot"]
    merged = found["stand"] == Samenvoegingsstand.GOEDGEKEURD
    eigen = found["voorgesteld_door"] == actor.medewerker_uid
    return blad(
        request,
        actor,
        "samenvoegingen/een.html",
        thuis_of(actor),
        status_of(refused),
        s=found,
        kinderen=_shown(session, actor, [found]),
        namen=_names(session, [found]),
        eigen=eigen,
        wacht=waits,
        kan_goedkeuren=mag and waits and not eigen,
        kan_herstellen=mag and merged and nu <= found["herstelbaar_tot"],
        herstel=read_rijformulieren(request, session, actor, [("herstel", key)], sent).van("herstel", key),
        fouten=fouten,
    )


def _children(row: Samenvoegingsregel) -> tuple[UUID, UUID]:
    return row["pleegkind_id"], row["ander_kind_id"]


def _shown(session: Session, actor: Actor, rows: Sequence[Samenvoegingsregel]) -> dict[UUID, Zorg]:
    """Return the children of both files as far as they are there and the actor's to see."""
    uids = sorted({uid for row in rows for uid in _children(row)})
    return {kind.uid: kind for kind in read_zorg_of(session, actor, uids, clock.today())}


def _names(session: Session, rows: Sequence[Samenvoegingsregel]) -> dict[UUID, str]:
    who = {row[name] for row in rows for name in ("voorgesteld_door", "goedgekeurd_door", "hersteld_door")} - {None}
    return {uid: one.naam for uid, one in read_namen(session, who).items()}
