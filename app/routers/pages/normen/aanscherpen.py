"""A norm made stricter for the organisatie: what it is, what it becomes and from when, a last question, and its end."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import Query, Request
from pydantic.alias_generators import to_camel
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError
from app.norms.normwoorden import NORMEN
from app.norms.versies.catalogue import NormVersie
from app.queries.normen import get_catalogus
from app.queries.oordelen.aanscherping import count_newly_late
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, as_opened, opened, plek_of, send, typed
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.woorden.getallen import GETALLEN
from app.routers.params import request_time
from app.schemas.norm import NormIn
from app.security.conceptsleutel import Plek
from app.services.normen import preview_norm, tighten_norm
from app.terms import NormCode, Zwaarte
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
_HIER: Final = "/normen/aanscherping"
_Manager = Annotated[Actor, page_permits(Permission.NORM_TIGHTEN, writes=True)]
#: in front of the name of a number, in a field of the form
_GETAL: Final = "getal-"
#: name in the API → id of the field
_VELDEN: Final = {
    "code": "norm", "geldigVan": "van", "geldigTot": "tot", "zwaarte": "zwaarte", "waarschuwingDagen": "waarschuwing",
    "parameters": "getallen", "toelichting": "toelichting",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Normgevolg:
    """What stands above the last question: each number as it was and as it becomes, and who is late by it.

    ``kinderen`` is None where it is not counted; ``gezien`` is what the question was about.
    """

    regels: tuple[tuple[str, str, str], ...]
    vanaf: date
    kinderen: int | None
    gezien: str


@router.get(_HIER)
def aanscherping_form(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.NORM_TIGHTEN)],
    norm: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show which norm to choose, or the form of the one that was chosen."""
    form, getypt = opened(request, session, actor, _plek(actor), {})
    if norm and form.get("norm") != norm:
        form, getypt = as_opened(_plek(actor), None, {"norm": norm})
    return _show(request, session, actor, (form, getypt))


@router.post(_HIER)
def tighten(request: Request, session: WriteSession, actor: _Manager, form: SessionForm) -> Response:
    """Ask whether it is what was meant, and record what was answered to."""
    moment, plek = request_time(), _plek(actor)
    try:
        body = parse(NormIn, _given(form))
        if form.get("zeker") != "ja" or form.get("gezien") != _digest(body):
            version = preview_norm(session, actor, body, moment)
            gevolg = _gevolg(session, actor, version, _digest(body))
            return _show(request, session, actor, (form, typed(plek)), gevolg=gevolg)
        send(request, session, actor, form, lambda: {"uid": tighten_norm(session, actor, body, moment).uid}, plek)
    except AppError as refused:
        return _show(request, session, actor, (form, typed(plek)), refused)
    return redirect("/normen")


def _plek(actor: Actor) -> Plek:
    """Return the place of the form: one for each who tightens; of which norm the form itself says."""
    return plek_of("aanscherping", actor.medewerker_uid)


def _given(form: Form) -> dict[str, Any]:
    """Return what a form says, as the schema takes it."""
    numbers = {name: _number(value) for name, value in form.items() if name.startswith(_GETAL)}
    return {
        "code": form.get("norm", ""),
        "geldigVan": form.get("van", ""),
        "geldigTot": form.get("tot") or None,
        "zwaarte": form.get("zwaarte", Zwaarte.NORM),
        "waarschuwingDagen": _number(form.get("waarschuwing", "")),
        "parameters": {to_camel(name.removeprefix(_GETAL)): one for name, one in numbers.items() if one != ""},
        "toelichting": form.get("toelichting", ""),
    }


def _number(text: str) -> int | str:
    """Return a whole number as one; what is none as it was typed, for the schema to refuse."""
    said = text.strip()
    return int(said) if said.isascii() and said.isdigit() else said


def _digest(body: NormIn) -> str:
    return hashlib.sha256(body.model_dump_json().encode()).hexdigest()


def _in_force(session: Session, actor: Actor, code: NormCode) -> NormVersie | None:
    """Return the version of a norm that holds today, that of the organisatie before the national one."""
    return get_catalogus(session, actor.organisatie_id).in_force(clock.today()).get(code)


def _gevolg(session: Session, actor: Actor, version: NormVersie, gezien: str) -> Normgevolg:
    was = _in_force(session, actor, version.code)
    before, after = (_numbers(one) for one in (was, version))
    regels = tuple((woord, before.get(woord, "geen"), value) for woord, value in after.items())
    kinderen = count_newly_late(session, actor.organisatie_id, version)
    return Normgevolg(regels, version.geldig_van, kinderen, gezien)


def _numbers(version: NormVersie | None) -> Mapping[str, str]:
    """Return word → number of a version, the warning last."""
    if version is None:
        return {}
    numbers = {GETALLEN[name]: str(value) for name, value in version.parameters.items() if value is not None}
    return {**numbers, "dagen waarschuwing": str(version.waarschuwing_dagen)}


def _fields(norm: NormVersie | None) -> list[tuple[str, str, int | None]]:
    """Return the field of each number of a norm, of what it is the number, and what it is now."""
    return [(f"{_GETAL}{name}", GETALLEN[name], now) for name, now in norm.parameters.items()] if norm else []


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    ingevuld: tuple[Form, Getypt],
    refused: AppError | None = None,
    gevolg: Normgevolg | None = None,
) -> Response:
    form, getypt = ingevuld
    code = next((one for one in NormCode if one == form.get("norm")), None)
    norm = _in_force(session, actor, code) if code else None
    fouten = fouten_of(refused, _VELDEN)
    return blad(
        request, actor, "normen/aanscherping.html", "/beheer", status_of(refused),
        norm=norm, wat=NORMEN[norm.code] if norm else None, normen=NORMEN, gevolg=gevolg, getypt=getypt,
        getallen=_fields(norm),
        f=form, fouten=fouten,
    )  # fmt: skip
