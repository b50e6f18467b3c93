"""One home for forms of which nothing typed is lost: opened as they were left, and recorded once however often sent.

A page opens its form with ``opened``, shows it again with ``typed``, and records with ``send``; its template says
``conceptregel`` above the form and ``bewaarvelden`` in it. ``app/static/concept.js`` does the rest.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session

from app import clock
from app.access.actor import Actor
from app.errors import Conflict, NotFound, Unprocessable
from app.lib.ids import new_uid
from app.norms.meldcode import STAPPEN as MELDCODE
from app.queries.concepten import BEWAARD, Bewaard, read_concept
from app.routers.pages.formulieren.invoer import whole
from app.routers.pages.woorden.tijdlijn import KOPPEN
from app.routers.pages.woorden.velden import SCHEMAS
from app.security.conceptsleutel import Conceptsleutel, Plek
from app.services.concepten import drop_concept
from app.terms import OpvolgstapSoort
from app.web.forms import FIELD, Form
from app.web.idempotency import OnceOnly, right_is_enough
from app.web.pagewords import klok
from app.web.state import secrets_of

_VERBETERING: Final = "verbetering-"
_INTREKKING: Final = "intrekking-"
#: the field that says that what was recorded already is now to be recorded once more
NOG_EEN: Final = "nog_een"
#: in the scope of a request: of which form it is asked whether it is one more
DUBBEL: Final = "pleegzicht.dubbel"
#: fields that say nothing of what is recorded
_NOT_SAID: Final = frozenset({FIELD, "sleutel", NOG_EEN})
#: the field with the child of a form that is not about a child but about something of it
KIND: Final = "kind"
_STAPPEN: Final = {OpvolgstapSoort.OVERLEG: "Overleg na een zorg", OpvolgstapSoort.BESLUIT: "Besluit na een zorg"}
#: name of a form → what it is called, and where it is opened, by what it is about and the child (``KIND``) it names
FORMULIEREN: Final[Mapping[str, tuple[str, str]]] = {
    "bezoek": ("Bezoek", "/kinderen/{over}/bezoek"),
    "actie": ("Nieuwe actie", "/kinderen/{over}/actie"),
    "nieuw-signaal": ("Signaal", "/kinderen/{over}/signaal"),
    "herinnering": ("Herinnering uitstellen", "/kinderen/{over}/uitstel"),
    "uitzondering": ("Uitzondering", "/kinderen/{over}/uitzondering"),
    "bespreking": ("Casuïstiekbespreking", "/kinderen/{over}/bespreking"),
    "samenvoeging": ("Samenvoeging", "/kinderen/{over}/samenvoeging"),
    "nieuwe-plaatsing": ("Nieuwe plaatsing", "/kinderen/{over}/plaatsing"),
    "ruisfactor": ("Ruisfactor", "/kinderen/{over}/ruisfactoren"),
    "noodtoegang": ("Noodtoegang", "/noodtoegang"),
    "aanscherping": ("Norm strenger maken", "/normen/aanscherping"),
    "vertrek": ("Plaatsing beëindigen", "/kinderen/{over}/zorg"),
    "kinderoverdracht": ("Kinderen overdragen", "/medewerkers/{over}/overdracht"),
    "noodbespreking": ("Noodtoegang bespreken", "/noodtoegang"),
    "herstel": ("Samenvoeging herstellen", "/samenvoegingen/{over}"),
    "inzetoverdracht": ("Extra inzet overdragen", "/extra-inzetten/{over}"),
    "inzetbesluit": ("Besluit over extra inzet", "/extra-inzetten/{over}"),
    "publicatie-einde": ("Openbare cijfers intrekken", "/kwartaaltoetsen/{over}/publicatie"),
    "uit-dienst": ("Uit dienst melden", "/beheer"),
    "mandaat": ("Mandaat geven", "/beheer"),
    "mandaat-einde": ("Mandaat intrekken", "/beheer"),
    "webhook-einde": ("Webhook beëindigen", "/webhooks"),
    "vernietiging": ("Verzoek om vernietiging", "/vernietigingen"),
    "vernietigingsoordeel": ("Oordeel over vernietiging", "/vernietigingen"),
    "blokkade": ("Dossier vasthouden", "/vernietigingen"),
    "blokkade-einde": ("Bewaarblokkade opheffen", "/vernietigingen"),
    "norm-einde": ("Eigen norm beëindigen", "/normen"),
    "ruisintrekking": ("Ruisfactor intrekken", "/kinderen/{kind}/ruisfactoren"),
    **{f"{_INTREKKING}{soort}": (f"Intrekking: {KOPPEN[soort]}", f"/feiten/{soort}/{{over}}") for soort in SCHEMAS},
    **{
        f"{stap}-{bij}": (naam, f"/kinderen/{{kind}}/{bij}/{{over}}")
        for stap, naam in _STAPPEN.items()
        for bij in ("bezoek", "signaal")
    },
    **{f"meldcode-{nr}": (f"Meldcode, stap {nr}", "/kinderen/{kind}/signaal/{over}") for nr in MELDCODE},
    **{f"{_VERBETERING}{soort}": (f"Verbetering: {KOPPEN[soort]}", f"/feiten/{soort}/{{over}}") for soort in SCHEMAS},
}


#: name of a form that ends with a last question → where its no leads; that keeps nothing of what was typed
NEE: Final[Mapping[str, str]] = {
    "aanscherping": "/normen",
    "kinderoverdracht": "/team",
    "samenvoeging": "/kinderen/{over}",
}


class AlBewaard(Unprocessable):
    """422: something else was sent under the key of a form that was recorded."""

    detail = "Dit is al bewaard. Wat u daarna anders schreef, is niet bewaard."


class AlVastgelegd(Conflict):
    """Who sends it sent the same from another page: it is asked whether it is one more."""

    code = "al_vastgelegd"

    def __init__(self, op: datetime) -> None:
        super().__init__(
            f"Precies dit hebt u al vastgelegd, om {klok(op)}. Is dit er nog een? Vink dat dan onderaan aan."
        )


@dataclass(frozen=True, slots=True)
class Getypt:
    """What a template must know to keep what is typed in its form.

    Attributes:
        adres: where it is kept.
        op: since when what the form shows was kept; None: it shows no concept.
        sindsdien: when last something else was recorded about the same since then; None: nothing was.
        los: what the form shows is kept nowhere yet.
    """

    adres: str
    op: datetime | None = None
    sindsdien: datetime | None = None
    los: bool = False


def plek_of(formulier: str, over: UUID) -> Plek:
    """Return the place of a form.

    Raises:
        NotFound: there is no such form.
    """
    if formulier not in FORMULIEREN:
        raise NotFound
    return Plek(formulier, over)


def verbetering_of(soort: str, feit: UUID) -> Plek:
    """Return the place of the form that corrects a fact."""
    return plek_of(_VERBETERING + soort, feit)


def intrekking_of(soort: str, feit: UUID) -> Plek:
    """Return the place of the form that withdraws a fact."""
    return plek_of(_INTREKKING + soort, feit)


def opened_at(plek: Plek, velden: Form) -> str:
    """Return where a form is opened; the first page when its fields do not say of which child it is, while it must."""
    pad = FORMULIEREN[plek.formulier][1]
    try:
        kind = UUID(velden[KIND]) if f"{{{KIND}}}" in pad else None
    except (KeyError, ValueError):
        return "/"
    return pad.format(over=plek.over, kind=kind)


def left_at(plek: Plek, velden: Form) -> str:
    """Return where somebody goes who throws away what they typed: back to its start, or, who said no, away from it."""
    away = NEE.get(plek.formulier) if "nee" in velden else None
    return away.format(over=plek.over) if away else opened_at(plek, velden)


def conceptsleutel_of(request: Request, actor: Actor) -> Conceptsleutel:
    """Return what opens the concepten of who looks."""
    return Conceptsleutel(secrets_of(request), actor.medewerker_uid)


def opened(
    request: Request, session: Session, actor: Actor, plek: Plek, start: Mapping[str, str]
) -> tuple[Form, Getypt]:
    """Return the fields of a form as they were left, else as it starts, and what its template must know.

    Args:
        request: of the page.
        session: reads.
        actor: who looks.
        plek: of the form.
        start: its fields when nothing was typed in it.
    """
    return as_opened(plek, read_concept(session, actor, conceptsleutel_of(request, actor), plek, clock.now()), start)


def as_opened(plek: Plek, found: Bewaard | None, start: Mapping[str, str]) -> tuple[Form, Getypt]:
    """Return the same of what was typed in it and read with other lists; None when nothing was."""
    velden = {"sleutel": str(new_uid()), **(found.velden if found else start)}
    return velden, Getypt(_kept_at(plek), found.op if found else None, found.sindsdien if found else None)


def typed(plek: Plek) -> Getypt:
    """Return what the template of a form must know that is shown again because it was refused."""
    return Getypt(_kept_at(plek), los=True)


def send(
    request: Request, session: Session, actor: Actor, form: Form, work: Callable[[], Mapping[str, Any]],
    plek: Plek | None = None,
) -> UUID:  # fmt: skip
    """Do the work once for the key in a form, and forget its concept in the same transaction.

    Args:
        request: that sent it.
        session: writes.
        actor: who sends it.
        form: its fields.
        work: records; what it returns has a ``uid``.
        plek: of the form, when what is typed in it is kept.

    Returns:
        The uid of what was made, by this request or by an earlier one with the same form.

    Raises:
        AlBewaard: another form was sent under this key.
        AlVastgelegd: the same was sent under another, and nobody said that this is one more.
    """
    with whole(session):
        uid = _once(request, session, actor, form, work, plek)
        if plek is not None:
            drop_concept(session, actor, conceptsleutel_of(request, actor).plaats(plek))
    return uid


def send_about(
    request: Request, session: Session, actor: Actor, form: Form, work: Callable[[], object], over: UUID,
    plek: Plek | None = None,
) -> None:  # fmt: skip
    """Do the same for what makes nothing with an address of its own: ``over`` is what it is about."""

    def done() -> Mapping[str, Any]:
        work()
        return {"uid": over}

    send(request, session, actor, form, done, plek)


def _once(
    request: Request, session: Session, actor: Actor, form: Form, work: Callable[[], Mapping[str, Any]],
    plek: Plek | None,
) -> UUID:  # fmt: skip
    # A browser ends lines otherwise than a script does: the same text sent by either is the same form.
    fields = sorted((name, value.replace("\r\n", "\n")) for name, value in form.items() if name not in _NOT_SAID)
    said = json.dumps(fields).encode()
    digest = hmac.digest(request.app.state.request_key, request.scope["path"].encode() + said, hashlib.sha256)
    once = OnceOnly(session, actor, form.get("sleutel") or None, digest)

    def made() -> Mapping[str, Any]:
        uid = work()["uid"]  # what refuses it anyhow says so first
        if plek is not None and NOG_EEN not in form:
            _ask_whether_one_more(request, once, plek)
        return {"uid": uid}

    try:
        answer = once.answer(made, dict[str, UUID], check=right_is_enough)
    except Unprocessable:
        raise AlBewaard from None
    return UUID(json.loads(bytes(answer.body))["uid"])


def _ask_whether_one_more(request: Request, once: OnceOnly, plek: Plek) -> None:
    """Refuse what was sent from another page as well, and let the page of the refusal ask whether it is one more."""
    op = once.same_before(clock.now() - BEWAARD) if once.key is not None else None
    if op is not None:
        request.scope[DUBBEL] = _kept_at(plek)
        raise AlVastgelegd(op)


def _kept_at(plek: Plek) -> str:
    return f"/concepten/{plek.formulier}/{plek.over}"
