"""What is proposed for destruction and what people say of it, and which files must be kept whatever happens."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Page
from app.errors import AppError, BadInput, fault
from app.norms.bewaartermijnen import VIER_OGEN, WACHTTIJD
from app.queries.dossier.inzagedossier import find_pleegkind
from app.queries.namen import Naam, read_namen
from app.queries.vernietigingen.lijst import list_bewaarblokkades, list_vernietigingen
from app.queries.zorg import read_zorg_of
from app.routers.pages.beheer.inzageverzoek import VERZOEKERS
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import plek_of, send
from app.routers.pages.formulieren.invoer import S, as_seen, fouten_of, parse, status_of
from app.routers.pages.formulieren.rijen import Verstuurd, read_rijformulieren
from app.routers.pages.woorden.bewaren import GRONDEN, OORDELEN, STANDEN
from app.routers.params import request_time
from app.schemas.vernietiging import BewaarblokkadeIn, OordeelIn, OpheffingIn, VernietigingIn
from app.services.feiten.recording import RequestTime, any_version
from app.services.vernietigingen.besluiten import (
    hold_dossier,
    judge_vernietiging,
    lift_bewaarblokkade,
    propose_on_request,
)
from app.terms import Vernietigingsoordeel, Vernietigingsstand
from app.web.forms import SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import spoor_in
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Beslisser = Annotated[Actor, page_permits(Permission.VERNIETIGING_DECIDE, writes=True)]
_Houder = Annotated[Actor, page_permits(Permission.BEWAARBLOKKADE_MANAGE, writes=True)]
_HIER: Final = "/vernietigingen"
_VOORSTEL, _OORDEEL = "vernietiging", "vernietigingsoordeel"
_BLOKKADE, _OPHEFFING = "blokkade", "blokkade-einde"
_GETOOND: Final = Page(100)
_TERUG: Final = frozenset({Vernietigingsstand.GOEDGEKEURD, Vernietigingsstand.VERZEGELD})
Work = Callable[[RequestTime], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Voorstelregel:
    """A proposal in words.

    Attributes:
        v: as the query gives it.
        naam: of the child; None when its file is not to be opened any more.
        merk: class and word of where it stands.
        grond: why it was proposed.
        door: who proposed it.
        oordelen: what was said: who, when, what and why.
        keuzes: what the reader may say of it now.
    """

    v: Any
    naam: str | None
    merk: tuple[str, str]
    grond: str
    door: str
    oordelen: Sequence[tuple[str, datetime, str, str | None]]
    keuzes: Sequence[tuple[str, str]]


@router.get(_HIER)
def show_vernietigingen(
    request: Request, session: ReadSession, actor: Annotated[Actor, page_permits(Permission.VERNIETIGING_READ)]
) -> Response:
    """Show the proposals, the last first, and the holds that run."""
    return _show(request, session, actor, None, None)


@router.post(_HIER)
def propose(request: Request, session: WriteSession, actor: _Beslisser, form: SessionForm) -> Response:
    """Record a request to destroy a file as a proposal."""

    def work(moment: RequestTime) -> Mapping[str, Any]:
        given = {
            "verzoeker": form.get("verzoeker", ""),
            "ontvangenOp": form.get("ontvangen", ""),
            "toelichting": form.get("toelichting", ""),
        }
        body = _about_child(session, actor, VernietigingIn, given, ("nummer", form.get("nummer", "")), moment)
        return propose_on_request(session, actor, body, moment)

    return _attempt(request, session, actor, (plek_of(_VOORSTEL, actor.medewerker_uid), form), work)


@router.post("/vernietigingen/{id}/oordeel")
def judge(key: Id, request: Request, session: WriteSession, actor: _Beslisser, form: SessionForm) -> Response:
    """Say of the proposal that was looked at that it may go on, or not."""
    given = {"oordeel": form.get("oordeel", ""), "toelichting": form.get("waarom") or None}
    return _attempt(
        request, session, actor, (plek_of(_OORDEEL, key), form),
        lambda moment: judge_vernietiging(
            session, actor, key, parse(OordeelIn, given), moment, check_version=as_seen(form)
        ),
        {"toelichting": f"w-{key}", "oordeel": f"oordeel-{key}"},
    )  # fmt: skip


@router.post("/bewaarblokkades")
def hold(request: Request, session: WriteSession, actor: _Houder, form: SessionForm) -> Response:
    """Keep a file from being destroyed."""

    def work(moment: RequestTime) -> Mapping[str, Any]:
        given = {"reden": form.get("houdreden", "")}
        body = _about_child(session, actor, BewaarblokkadeIn, given, ("houd", form.get("houd", "")), moment)
        return hold_dossier(session, actor, body, moment)

    sent = plek_of(_BLOKKADE, actor.medewerker_uid), form
    return _attempt(request, session, actor, sent, work, {"reden": "houdreden"})


@router.post("/bewaarblokkades/{id}/opheffing")
def lift(key: Id, request: Request, session: WriteSession, actor: _Houder, form: SessionForm) -> Response:
    """End a hold; nothing is destroyed by that."""

    def work(moment: RequestTime) -> Mapping[str, Any]:
        reden = parse(OpheffingIn, {"reden": form.get("reden", "")}).reden
        return lift_bewaarblokkade(session, actor, key, reden, moment, check_version=any_version)

    return _attempt(request, session, actor, (plek_of(_OPHEFFING, key), form), work, {"reden": f"o-{key}"})


def _about_child(
    session: Session, actor: Actor, schema: type[S], given: Mapping[str, Any], nummer: tuple[str, str],
    moment: RequestTime,
) -> S:  # fmt: skip
    """Return what a form says of the child with a nummer, which stands in a field of it.

    Raises:
        BadInput: with every fault, also when there is no such child.
    """
    veld, text = nummer
    found = find_pleegkind(session, actor, text.strip(), moment.vandaag)
    if found is not None:
        return parse(schema, {**given, "pleegkindId": found.uid})
    unknown = fault(veld, "onbekende_verwijzing", "Er is geen kind met dit nummer in uw organisatie.")
    try:
        parse(schema, {**given, "pleegkindId": actor.medewerker_uid})
    except BadInput as wrong:
        raise BadInput(unknown, *wrong.faults) from None
    raise BadInput(unknown)


def _attempt(
    request: Request,
    session: Session,
    actor: Actor,
    sent: Verstuurd,
    work: Work,
    velden: Mapping[str, str] | None = None,
) -> Response:
    plek, form = sent
    try:
        send(request, session, actor, form, lambda: work(request_time()), plek)
    except AppError as refused:
        return _show(request, session, actor, sent, refused, velden or {})
    return redirect(_HIER)


#: name in the API → id of the field
_VELDEN: Final = {
    "nummer": "nummer", "houd": "houd", "verzoeker": "verzoeker", "ontvangenOp": "ontvangen",
    "toelichting": "toelichting",
}  # fmt: skip


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    sent: Verstuurd | None,
    refused: AppError | None,
    velden: Mapping[str, str] | None = None,
) -> Response:
    vandaag = clock.today()
    voorstellen = list_vernietigingen(session, actor, _GETOOND).rows
    blokkades = [one for one in list_bewaarblokkades(session, actor, _GETOOND).rows if one.opgeheven_op is None]
    kinderen = {one.pleegkind_id for one in (*voorstellen, *blokkades) if one.pleegkind_id}
    namen = {one.uid: one.naam for one in read_zorg_of(session, actor, sorted(kinderen), vandaag)}
    wie = read_namen(session, _people(voorstellen, blokkades))
    spoor_in(request.scope).add(kinderen)
    fouten = fouten_of(refused, {**_VELDEN, **(velden or {})})
    return blad(
        request, actor, "beheer/vernietigingen.html", "/beheer", status_of(refused),
        voorstellen=[_regel(one, namen, wie, actor) for one in voorstellen],
        blokkades=[(one, namen.get(one.pleegkind_id), _who(wie, one.gesteld_door)) for one in blokkades],
        verzoekers=VERZOEKERS, vier_ogen=VIER_OGEN, wachttijd=WACHTTIJD.days, fouten=fouten,
       mag_voorstellen=actor.may(Permission.VERNIETIGING_DECIDE),
        mag_houden=actor.may(Permission.BEWAARBLOKKADE_MANAGE),
        forms=read_rijformulieren(request, session, actor, _forms(actor, voorstellen, blokkades), sent),
    )  # fmt: skip


def _forms(actor: Actor, voorstellen: Iterable[Any], blokkades: Iterable[Any]) -> list[tuple[str, UUID]]:
    """Return the forms of the page, by name and what each is about."""
    own = [(name, actor.medewerker_uid) for name in (_VOORSTEL, _BLOKKADE)]
    return [*own, *((_OORDEEL, one.uid) for one in voorstellen), *((_OPHEFFING, one.uid) for one in blokkades)]


def _people(voorstellen: Iterable[Any], blokkades: Iterable[Any]) -> set[UUID]:
    said = {UUID(oordeel["door"]) for one in voorstellen for oordeel in one.oordelen}
    return (
        said
        | {one.voorgesteld_door for one in voorstellen if one.voorgesteld_door}
        | {one.gesteld_door for one in blokkades}
    )


def _who(wie: Mapping[UUID, Naam], uid: UUID | None) -> str:
    return wie[uid].naam if uid is not None and uid in wie else "de dienst zelf"


def _regel(row: Any, namen: Mapping[UUID, str], wie: Mapping[UUID, Naam], actor: Actor) -> Voorstelregel:
    said = [
        (_who(wie, UUID(one["door"])), datetime.fromisoformat(one["op"]), OORDELEN[one["oordeel"]], one["toelichting"])
        for one in row.oordelen
    ]
    return Voorstelregel(
        v=row,
        naam=namen.get(row.pleegkind_id),
        merk=STANDEN[row.stand],
        grond=GRONDEN[row.grond],
        door=_who(wie, row.voorgesteld_door),
        oordelen=said,
        keuzes=_choices(row, actor),
    )


def _choices(row: Any, actor: Actor) -> list[tuple[str, str]]:
    """Return what somebody may say of a proposal: to approve it once, with others, as long as nothing holds it."""
    if not actor.may(Permission.VERNIETIGING_DECIDE):
        return []
    if row.stand in _TERUG:
        return [(Vernietigingsoordeel.INGETROKKEN.value, "Akkoord intrekken")]
    if row.stand != Vernietigingsstand.VOORGESTELD:
        return []
    mine = {one["oordeel"] for one in row.oordelen if one["door"] == str(actor.medewerker_uid)}
    may_approve = not row.geblokkeerd and Vernietigingsoordeel.GOEDGEKEURD not in mine
    approve = [(Vernietigingsoordeel.GOEDGEKEURD.value, "Goedkeuren")] if may_approve else []
    return [*approve, (Vernietigingsoordeel.AFGEWEZEN.value, "Afwijzen")]
