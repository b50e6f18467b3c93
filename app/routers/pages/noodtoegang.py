"""Breaking the glass on a page: open one file with a reason, see what was opened, and say that it was talked about."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Page
from app.errors import AppError, BadInput, NotFound, fault
from app.queries.namen import read_namen
from app.queries.noodtoegangen import list_noodtoegangen
from app.queries.zorg import read_zorg_of
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, opened, plek_of, send, send_about, typed
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.formulieren.rijen import Verstuurd, read_rijformulieren
from app.routers.pages.woorden.rollen import ROLLEN
from app.routers.params import request_time
from app.schemas.noodtoegang import BesprekingIn, NoodtoegangIn
from app.security.conceptsleutel import Plek
from app.services.feiten.recording import any_version
from app.services.noodtoegangen import discuss_noodtoegang, open_dossier
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.state import AppSecrets
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
_HIER: Final = "/noodtoegang"
_VELDEN: Final = {"nummer": "nummer", "reden": "reden"}
_GETOOND: Final = Page(100)


@router.get(_HIER)
def show_noodtoegangen(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.NOODTOEGANG_READ)],
    spoor: HetSpoor,
) -> Response:
    """Show the files that were opened with a reason: one's own, or of the children that one sees."""
    if not actor.may(Permission.NOODTOEGANG_OPEN):
        return _show(request, session, actor, spoor, ({}, None))
    return _show(request, session, actor, spoor, opened(request, session, actor, _plek(actor), {}))


def _plek(actor: Actor) -> Plek:
    """Return the place of the form: one for each who opens, for of which child it is the form itself says."""
    return plek_of("noodtoegang", actor.medewerker_uid)


@router.post(_HIER)
def open_one(
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.NOODTOEGANG_OPEN, writes=True)],
    form: SessionForm,
    secrets: AppSecrets,
    spoor: HetSpoor,
) -> Response:
    """Open a file by its nummer, and go to it."""
    moment, plek = request_time(), _plek(actor)

    def work() -> Mapping[str, Any]:
        body = parse(NoodtoegangIn, {"nummer": form.get("nummer", ""), "reden": form.get("reden", "")})
        return {"uid": open_dossier(session, actor, body, moment, secrets)["pleegkind_id"]}

    try:
        kind = send(request, session, actor, form, work, plek)
    except NotFound:
        wrong = BadInput(fault("nummer", "onbekende_verwijzing", "Er is geen kind met dit nummer in uw organisatie."))
        return _show(request, session, actor, spoor, (form, typed(plek)), wrong)
    except AppError as refused:
        return _show(request, session, actor, spoor, (form, typed(plek)), refused)
    return redirect(f"/kinderen/{kind}")


@router.post("/noodtoegang/{id}/bespreking")
def discuss(
    key: Annotated[UUID, Path(alias="id")],
    request: Request,
    session: WriteSession,
    actor: Annotated[Actor, page_permits(Permission.NOODTOEGANG_REVIEW, writes=True)],
    form: SessionForm,
    spoor: HetSpoor,
) -> Response:
    """Record that it was talked about with who opened the file."""
    moment, plek = request_time(), plek_of("noodbespreking", key)

    def work() -> object:
        said = parse(BesprekingIn, {"toelichting": form.get("toelichting", "")}).toelichting
        return discuss_noodtoegang(session, actor, key, said, moment, check_version=any_version)

    try:
        send_about(request, session, actor, form, work, key, plek)
    except AppError as refused:
        getypt = typed(_plek(actor)) if actor.may(Permission.NOODTOEGANG_OPEN) else None
        return _show(request, session, actor, spoor, ({}, getypt), refused, (plek, form))
    return redirect(_HIER)


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    spoor: HetSpoor,
    ingevuld: tuple[Form, Getypt | None],
    refused: AppError | None = None,
    sent: Verstuurd | None = None,
) -> Response:
    """Show the page; without ``Getypt`` for who opens no files. ``sent``: of a discussion, when that was refused."""
    form, getypt = ingevuld
    velden = {**_VELDEN, "toelichting": f"t-{sent[0].over}"} if sent else _VELDEN
    fouten = fouten_of(refused, velden)
    vandaag = clock.today()
    rows: Sequence[Any] = list_noodtoegangen(session, actor, _GETOOND, vandaag).rows
    kinderen = {one.uid: one for one in read_zorg_of(session, actor, [row.pleegkind_id for row in rows], vandaag)}
    mag_bespreken = actor.may(Permission.NOODTOEGANG_REVIEW)
    open_ = [("noodbespreking", row.uid) for row in rows if mag_bespreken and not row.besproken_op]
    people = {uid for row in rows for uid in (row.medewerker_id, row.besproken_door) if uid}
    spoor.add({row.pleegkind_id for row in rows})
    return blad(
        request,
        actor,
        "noodtoegang/noodtoegang.html",
        _HIER,
        status_of(refused),
        geopend=rows,
        kinderen=kinderen,
        namen={uid: naam.naam for uid, naam in read_namen(session, people).items()},
        rollen=ROLLEN,
        nu=clock.now(),
        mag_openen=getypt is not None,
        getypt=getypt,
        mag_bespreken=mag_bespreken,
        forms=read_rijformulieren(request, session, actor, open_, sent),
        f=form,
        fouten=fouten,
    )
