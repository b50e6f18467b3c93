"""The ruisfactoren of one child: what follows from the file, what people saw, and what somebody sees now.

Never a verdict: a reason to discuss the case.
"""

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
from app.access.reach import Purpose, purpose_of_recording
from app.db.keyset import Page
from app.errors import AppError
from app.models.soorten import SOORTEN
from app.norms.calendar import add_months
from app.norms.ruis.catalogue import SCORE_MAANDEN, in_force
from app.queries.feiten.regels import get_feit, list_feiten
from app.queries.namen import read_namen
from app.queries.ruisfactoren.factoren import load_ruis
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, opened, plek_of, send, typed
from app.routers.pages.formulieren.invoer import as_seen, fouten_of, parse, status_of
from app.routers.pages.formulieren.rijen import Verstuurd, read_rijformulieren
from app.routers.pages.zorg import open_kind
from app.routers.params import request_time
from app.schemas.feiten.feit import IntrekkingIn, content_of
from app.schemas.feiten.ruisscore import RuisscoreIn
from app.services.feiten import recording
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_HIER: Final = "/kinderen/{id}/ruisfactoren"
_FORM: Final = "ruisfactor"
_WEG: Final = "ruisintrekking"
_SOORT: Final = SOORTEN["ruisscore"]
#: a child never has more of them
_MEESTE: Final = Page(200)
#: name in the API → id of the field
_VELDEN: Final = {"code": "code", "datum": "datum", "geldtTot": "geldt-tot", "reden": "reden"}
_Writer = Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)]


@dataclass(frozen=True, slots=True)
class Gezienregel:
    """A ruisfactor that somebody saw: ``loopt`` until its last day."""

    uid: UUID
    versie: int
    naam: str
    datum: date
    geldt_tot: date
    loopt: bool
    door: str | None
    reden: str


@router.get(_HIER)
def show_ruisfactoren(
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
    spoor: HetSpoor,
) -> Response:
    """Show the ruisfactoren of a child, and the form of what somebody sees."""
    start = {"datum": clock.today().isoformat()}
    return _show(request, session, actor, spoor, key, opened(request, session, actor, plek_of(_FORM, key), start))


@router.post(_HIER)
def record(
    key: Id, request: Request, session: WriteSession, actor: _Writer, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Record a ruisfactor that somebody sees, with the reason and until when."""
    moment, plek = request_time(), plek_of(_FORM, key)
    kind, _ = open_kind(session, actor, key, moment.vandaag, spoor, purpose_of_recording(_SOORT))
    given = {name: form.get(field, "") for name, field in _VELDEN.items()}

    def work() -> Mapping[str, Any]:
        values = {**content_of(parse(RuisscoreIn, given)), "pleegkind_id": kind}
        return recording.record(session, actor, _SOORT, values, moment)

    try:
        send(request, session, actor, form, work, plek)
    except AppError as refused:
        return _show(request, session, actor, spoor, key, (form, typed(plek)), refused)
    return redirect(f"/kinderen/{key}/ruisfactoren")


@router.post("/ruisscores/{id}/intrekking")
def withdraw(
    key: Id, request: Request, session: WriteSession, actor: _Writer, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Withdraw what somebody saw; it stays to be read in the change log."""
    moment = request_time()
    found = get_feit(session, actor, _SOORT, key, moment.vandaag, purpose=Purpose.WRITE)

    def work() -> Mapping[str, Any]:
        reden = parse(IntrekkingIn, {"wijzigingsreden": form.get("reden", "")}).wijzigingsreden
        recording.withdraw(session, actor, _SOORT, key, moment, reden=reden, check_version=as_seen(form))
        return {"uid": key}

    kind = found["pleegkind_id"]
    plek = plek_of(_WEG, key)
    try:
        send(request, session, actor, form, work, plek)
    except AppError as refused:
        again = opened(request, session, actor, plek_of(_FORM, kind), {"datum": moment.vandaag.isoformat()})
        return _show(request, session, actor, spoor, kind, again, refused, weg=(plek, form))
    return redirect(f"/kinderen/{kind}/ruisfactoren")


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    spoor: HetSpoor,
    key: UUID,
    ingevuld: tuple[Form, Getypt],
    refused: AppError | None = None,
    weg: Verstuurd | None = None,
) -> Response:
    """Show the page; ``weg``: what was typed to withdraw which of them."""
    vandaag, (form, getypt) = clock.today(), ingevuld
    kind, zorg = open_kind(session, actor, key, vandaag, spoor)
    row = f"weg-{weg[0].over}" if weg else ""
    velden = {"reden": row, "wijzigingsreden": row} if weg else _VELDEN
    gezien = _seen(session, actor, kind, vandaag)
    rows = [(_WEG, one.uid) for one in gezien]
    fouten = fouten_of(refused, velden)
    return blad(
        request, actor, "ruisfactoren/kind.html", "/kinderen", status_of(refused),
        kind=zorg, gevonden=_found(session, actor, kind, vandaag), gezien=gezien,
        keuzes={code.value: one.naam for code, one in in_force(vandaag).items() if one.mag_gescoord},
        mag=actor.may(Permission.FEIT_RECORD), maanden=SCORE_MAANDEN, laatste=add_months(vandaag, SCORE_MAANDEN),
        f=form, getypt=getypt, forms=read_rijformulieren(request, session, actor, rows, weg), fouten=fouten,
    )  # fmt: skip


def _found(session: Session, actor: Actor, kind: int, vandaag: date) -> list[tuple[str, str]]:
    """Return the name and the reasons of every ruisfactor that holds today."""
    names = in_force(vandaag)
    ruis = load_ruis(session, actor.organisatie_id, {kind: vandaag}).get(kind, [])
    return [(names[one.code].naam, " ".join(one.redenen)) for one in ruis]


def _seen(session: Session, actor: Actor, kind: int, vandaag: date) -> Sequence[Gezienregel]:
    rows = list_feiten(session, actor, _SOORT, kind, _MEESTE, vandaag).rows
    namen = read_namen(session, {row["medewerker_id"] for row in rows}) if rows else {}
    return [
        Gezienregel(
            row["uid"], row["versie"], in_force(row["datum"])[row["code"]].naam, row["datum"],
            row["geldt_tot"], row["datum"] <= vandaag < row["geldt_tot"],
            namen[row["medewerker_id"]].naam if row["medewerker_id"] in namen else None, row["reden"],
        )
        for row in rows
    ]  # fmt: skip
