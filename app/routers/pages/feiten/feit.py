"""One fact with all its versions: what it says now, what it said first, and how it is corrected or withdrawn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError, BadInput, NotFound
from app.invoer.tekst import normalise
from app.models.soorten import SOORTEN, FeitSoort
from app.queries.bereik import noted_children
from app.queries.feiten.regels import FeitRegel, list_versies
from app.queries.feiten.van_kind import list_acties_of_bespreking
from app.queries.namen import read_namen
from app.routers.pages.blad import blad
from app.routers.pages.feiten.botsing import ANDER, KEUZE, botsingen, chosen, is_stale, merged
from app.routers.pages.feiten.verwijzingen import VERBLIJF, adres_of, list_gezinnen, list_keuzes, recht_of
from app.routers.pages.formulieren.formulier import Getypt, intrekking_of, send, typed, verbetering_of
from app.routers.pages.formulieren.gezinskeuze import Gezinskeuze
from app.routers.pages.formulieren.invoer import Formfout, as_seen, fouten_of, parse
from app.routers.pages.formulieren.rijen import Rijformulier, read_rijformulieren
from app.routers.pages.woorden.tijdlijn import KOPPEN
from app.routers.pages.woorden.velden import SCHEMAS, Veld, as_text, as_words, from_text, velden_of, with_keuzes
from app.routers.params import request_time
from app.schemas.feiten.feit import IntrekkingIn, changes_of, correctie_of
from app.schemas.velden import SchemaIn
from app.services.feiten import recording
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_BESPREKING: Final = SOORTEN["casuistiekbespreking"]
Feit = tuple[FeitSoort, UUID]
_Writer = Annotated[Actor, page_permits(Permission.FEIT_RECORD, writes=True)]


@dataclass(frozen=True, slots=True)
class Versieregel:
    """One version: when, by whom and why, and every field.

    Attributes:
        velden: the word, what it says, whether the version before said otherwise, and whether it is a name.
    """

    nummer: int
    vastgelegd_op: datetime
    door: str | None
    reden: str | None
    ingetrokken: bool
    velden: Sequence[tuple[str, str, bool, bool]]


@router.get("/feiten/{soort}/{id}")
def show_feit(
    soort: str,
    key: Id,
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.PLEEGKIND_READ)],
) -> Response:
    """Show a fact with every version of it."""
    return show(request, session, actor, (_soort(soort), key))


@router.post("/feiten/{soort}/{id}/correctie")
def correct(
    soort: str, key: Id, request: Request, session: WriteSession, actor: _Writer, form: SessionForm
) -> Response:
    """Record a new version with what was changed; the old one stays."""
    return correct_feit(request, session, actor, (_recorded(soort), key), form)


@router.post("/feiten/{soort}/{id}/intrekking")
def withdraw(
    soort: str, key: Id, request: Request, session: WriteSession, actor: _Writer, form: SessionForm
) -> Response:
    """Withdraw a fact; what it said stays to be read."""
    return withdraw_feit(request, session, actor, (_recorded(soort), key), form)


def correct_feit(request: Request, session: Session, actor: Actor, wat: Feit, form: Form) -> Response:
    """Record what a form changes of a fact, or show its page again with what was typed."""
    (kind, key), moment = wat, request_time()
    plek = verbetering_of(kind.naam, key)
    current = list_versies(session, actor, kind, key, moment.vandaag)[0]

    def work() -> Mapping[str, Any]:
        body = _correction(kind, form, current)
        if body is not None:
            recording.correct(
                session, actor, kind, key, changes_of(body), moment, reden=form.get("reden", "").strip(),
                check_version=as_seen(form),
            )  # fmt: skip
        return {"uid": key}

    try:
        send(request, session, actor, form, work, plek)
    except AppError as refused:
        fouten = _faults(kind, refused)
        return show(request, session, actor, wat, (form, typed(plek)), fouten, refused.status)
    return redirect(f"/feiten/{kind.naam}/{key}")


def withdraw_feit(request: Request, session: Session, actor: Actor, wat: Feit, form: Form) -> Response:
    """Withdraw a fact, or show its page again with what was typed."""
    (kind, key), moment = wat, request_time()
    plek = intrekking_of(kind.naam, key)

    def work() -> Mapping[str, Any]:
        reden = parse(IntrekkingIn, {"wijzigingsreden": form.get("reden", "")}).wijzigingsreden
        recording.withdraw(session, actor, kind, key, moment, reden=reden, check_version=as_seen(form))
        return {"uid": key}

    try:
        send(request, session, actor, form, work, plek)
    except AppError as refused:
        fouten = _faults(kind, refused)
        about = [replace(one, veld="intrekreden" if one.veld == "reden" else one.veld) for one in fouten]
        return show(request, session, actor, wat, None, about, refused.status, weg=form)
    return redirect(f"/feiten/{kind.naam}/{key}")


def _soort(naam: str) -> FeitSoort:
    """Return a kind that has a page.

    Raises:
        NotFound: it has none.
    """
    if naam not in SCHEMAS:
        raise NotFound
    return SOORTEN[naam]


def _recorded(naam: str) -> FeitSoort:
    """Return a kind that has a page, and that whoever records facts may change.

    Raises:
        NotFound: it is not.
    """
    if naam in VERBLIJF:
        raise NotFound
    return _soort(naam)


def _faults(soort: FeitSoort, refused: AppError) -> list[Formfout]:
    """Return what refused a change as faults of its form; what is not there goes on as it is."""
    known = {veld.alias: veld.naam for veld in velden_of(SCHEMAS[soort.naam])}
    return fouten_of(refused, {**known, "wijzigingsreden": "reden", KEUZE: KEUZE})


def _correction(soort: FeitSoort, form: Form, current: FeitRegel) -> SchemaIn | None:
    """Return what the form changes; None when the person chose what somebody else saved, and nothing more.

    Raises:
        BadInput: it changes nothing, or what it says is not right.
    """
    velden = velden_of(SCHEMAS[soort.naam])
    said = chosen(velden, current, form)
    given: dict[str, Any] = {
        veld.alias: from_text(veld, said[veld.naam])
        for veld in velden
        if veld.naam in said and normalise(said[veld.naam]) != as_text(current[veld.naam])
    }
    if not given and form.get(KEUZE) == ANDER:
        return None
    if not given:
        raise BadInput(detail="U hebt niets veranderd.")
    return parse(correctie_of(SCHEMAS[soort.naam]), {**given, "wijzigingsreden": form.get("reden", "")})


def show(
    request: Request,
    session: Session,
    actor: Actor,
    wat: Feit,
    verbeterd: tuple[Form, Getypt] | None = None,
    fouten: Sequence[Formfout] = (),
    status: int = 200,
    weg: Form | None = None,
) -> Response:
    """Show a fact with every version, and the forms that correct and withdraw it with what was typed in them."""
    soort, key = wat
    form, getypt, intrekken = _typed_in(request, session, actor, wat, verbeterd, weg)
    rows = list_versies(session, actor, soort, key, clock.today())
    mag = actor.may(recht_of(soort)) and not rows[0]["ingetrokken"]
    velden, gezinnen = _questions(session, actor, soort, rows, form, mag=mag)
    return blad(
        request, actor, "feiten/een.html", "/kinderen", status, soort=soort.naam, key=key,
        kind=_only(noted_children(session)), kop=KOPPEN[soort.naam], velden=velden, gezinnen=gezinnen,
        waarden=merged(velden, rows, form), nummer=rows[0]["versie"], **_history(session, actor, wat, velden, rows),
        mag=mag, naar=adres_of(soort, key), anders=is_stale(form, rows[0]), botsingen=botsingen(velden, rows, form),
        f=form, getypt=getypt, intrekken=intrekken, fouten=fouten,
    )  # fmt: skip


def _questions(
    session: Session, actor: Actor, soort: FeitSoort, rows: Sequence[FeitRegel], form: Form, *, mag: bool
) -> tuple[list[Veld], list[Gezinskeuze]]:
    """Return the fields of a kind with among what is chosen, and the families among that."""
    velden = velden_of(SCHEMAS[soort.naam])
    gezinnen = list_gezinnen(session, actor, velden, rows, form)
    return with_keuzes(velden, list_keuzes(session, actor, velden, rows, gezinnen, mag=mag)), gezinnen


def _history(
    session: Session, actor: Actor, wat: Feit, velden: Sequence[Veld], rows: Sequence[FeitRegel]
) -> Mapping[str, Any]:
    """Return every version in words, and what was agreed in a case discussion."""
    soort, key = wat
    acties = list_acties_of_bespreking(session, actor, key, clock.today()) if soort is _BESPREKING else []
    people = {*(row["vastgelegd_door"] for row in rows), *(one["eigenaar_id"] for one in acties)}
    namen = read_namen(session, people - {None})
    return {
        "versies": [_versie(velden, row, _before(rows, nr), namen) for nr, row in enumerate(rows)],
        "acties": acties,
        "namen": namen,
        "afgesproken": rows[0].get("acties") or (),
    }


def _typed_in(
    request: Request, session: Session, actor: Actor, wat: Feit, verbeterd: tuple[Form, Getypt] | None, weg: Form | None
) -> tuple[Form, Getypt, Rijformulier]:
    """Return what was typed in the form that corrects a fact, and the one that withdraws it."""
    soort, key = wat[0].naam, wat[1]
    sent = (intrekking_of(soort, key), weg) if weg is not None else None
    names = verbetering_of(soort, key).formulier, intrekking_of(soort, key).formulier
    forms = read_rijformulieren(request, session, actor, [(name, key) for name in names], sent)
    left = forms.van(names[0], key)
    return *(verbeterd or (left.f, left.getypt)), forms.van(names[1], key)


def _only(kinderen: Collection[UUID]) -> UUID | None:
    """Return the child of whom a fact is; None when there is not one alone."""
    return next(iter(kinderen)) if len(kinderen) == 1 else None


def _differs(veld: Veld, row: FeitRegel, before: FeitRegel | None) -> bool:
    return before is not None and bool(before[veld.naam] != row[veld.naam])


def _before(rows: Sequence[FeitRegel], nr: int) -> FeitRegel | None:
    return rows[nr + 1] if nr + 1 < len(rows) else None


def _versie(velden: Sequence[Veld], row: FeitRegel, before: FeitRegel | None, namen: Mapping[UUID, Any]) -> Versieregel:
    door = namen.get(row["vastgelegd_door"])
    said = [
        (veld.woord, as_words(veld, row[veld.naam]), _differs(veld, row, before), veld.soort == "gezin")
        for veld in velden
    ]
    return Versieregel(
        row["versie"],
        row["vastgelegd_op"],
        door.naam if door else None,
        row["wijzigingsreden"],
        row["ingetrokken"],
        said,
    )
