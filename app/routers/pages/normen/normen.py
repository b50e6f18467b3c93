"""The norms on a page: what each asks and why, its versions, and what the organisatie tightened."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated, Final
from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError
from app.norms.normwoorden import NORMEN
from app.norms.versies.catalogue import NormVersie
from app.norms.versies.versie import EERSTE_CATALOGUS
from app.queries.normen import get_catalogus
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.invoer import fouten_of, status_of
from app.routers.pages.formulieren.rijen import Verstuurd, read_rijformulieren
from app.routers.pages.woorden.getallen import GETALLEN
from app.terms import NormCode, Zwaarte
from app.web.routing import Router
from app.web.sessions import ReadSession
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
#: the form that ends an own version, or takes it back
EINDE: Final = "norm-einde"
#: name in the API → begin of the id of the field, of an own version that ends
_VELDEN: Final = {"vanaf": "vanaf", "reden": "reden", "wijzigingsreden": "reden"}
#: norm → its place on the page
_ORDE: Final = {code: nr for nr, code in enumerate(NORMEN)}


@dataclass(frozen=True, slots=True)
class Versieuitleg:
    """One version of a norm.

    Attributes:
        wat: what the norm is about.
        van: first day on which it holds; None: from the beginning.
        tot: first day on which it no longer holds.
        nu: it holds today.
        streef: it is shown, and nobody is late by it.
        eigen: the id of the version, when the organisatie tightened it.
        begint: it has yet to hold.
        getallen: the numbers in the rule, each with of what it is.
        waarschuwing: days before the last day from which it says so.
        regel: the rule in a sentence.
        bron: where it comes from.
    """

    wat: str
    van: date | None
    tot: date | None
    nu: bool
    streef: bool
    eigen: UUID | None
    begint: bool
    getallen: tuple[tuple[int, str], ...]
    waarschuwing: int
    regel: str
    bron: str


@dataclass(frozen=True, slots=True)
class Normuitleg:
    """A norm with all its versions, the one that holds today first and then the latest."""

    code: NormCode
    wat: str
    nu: Versieuitleg | None
    andere: tuple[Versieuitleg, ...]


@router.get("/normen")
def show_normen(
    request: Request, session: ReadSession, actor: Annotated[Actor, page_permits(Permission.NORM_READ)]
) -> Response:
    """Show every norm with its versions, those of the organisatie itself first."""
    return show(request, session, actor, None, None)


def show(
    request: Request, session: Session, actor: Actor, sent: Verstuurd | None, refused: AppError | None
) -> Response:
    """Show the norms, with what was typed to end an own version when that was refused."""
    vandaag = clock.today()
    velden = {name: f"{field}-{sent[0].over}" for name, field in _VELDEN.items()} if sent else {}
    catalogus = get_catalogus(session, actor.organisatie_id)
    versies = sorted(catalogus.versies, key=lambda one: (one.code, one.geldig_van, one.versie), reverse=True)
    eigen, mag = [one.id for one in versies if one.id is not None], actor.may(Permission.NORM_TIGHTEN)
    return blad(
        request,
        actor,
        "normen/normen.html",
        status=status_of(refused),
        mag_aanscherpen=mag,
        forms=read_rijformulieren(request, session, actor, [(EINDE, one) for one in eigen if mag], sent),
        fouten=fouten_of(refused, velden),
        eigen=[_versie(one, vandaag) for one in versies if one.id is not None],
        normen=sorted(_normen(versies, catalogus.in_force(vandaag), vandaag), key=lambda one: _ORDE[one.code]),
    )


def _normen(
    versies: Iterable[NormVersie], in_force: Mapping[NormCode, NormVersie], vandaag: date
) -> Iterator[Normuitleg]:
    for code, group in groupby(versies, key=lambda one: one.code):
        now, all_of = in_force.get(code), list(group)
        same = (now.versie, now.id) if now else None
        rest = tuple(_versie(one, vandaag) for one in all_of if (one.versie, one.id) != same)
        yield Normuitleg(code, NORMEN[code], _versie(now, vandaag) if now else None, rest)


def _versie(norm: NormVersie, vandaag: date) -> Versieuitleg:
    return Versieuitleg(
        wat=NORMEN[norm.code],
        van=None if norm.geldig_van == EERSTE_CATALOGUS else norm.geldig_van,
        tot=norm.geldig_tot,
        nu=norm.holds_on(vandaag),
        streef=norm.zwaarte is Zwaarte.STREEF,
        eigen=norm.id,
        begint=norm.geldig_van > vandaag,
        getallen=tuple((value, GETALLEN[name]) for name, value in norm.parameters.items() if value is not None),
        waarschuwing=norm.waarschuwing_dagen,
        regel=norm.regel,
        bron=norm.bron,
    )
