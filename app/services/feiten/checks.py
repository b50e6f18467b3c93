"""What a fact must satisfy before it is recorded; every fault at once, in the codes of ``afspraken.md`` §5."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import Purpose
from app.errors import BadInput, Conflict, Fault, NotFound
from app.invoer.bezwaar import Bezwaar
from app.invoer.datums import (
    BEGIN,
    PERIODEN,
    VERLEDEN,
    fault_after_last_day,
    fault_around_events,
    fault_in_period,
    fault_in_review,
    fault_outside_plaatsing,
)
from app.invoer.personen import fault_in_owner
from app.models import (
    ExtraInzet,
    Gezinslid,
    Huisbezoek,
    Kindgesprek,
    Medewerker,
    Meldcodestap,
    Plaatsing,
    Pleeggezin,
    Pleegkind,
    Veiligheidscheck,
)
from app.models.soorten import Eigenaar, FeitSoort
from app.models.versions import holds, newest
from app.queries.pleeggezinnen import get_pleeggezin_key
from app.services.feiten.levens import life_faults
from app.services.feiten.ruischecks import deelnemer_faults, ruis_faults
from app.terms import PlaatsingVorm

Values = Mapping[str, Any]

_LATEST_EXCEPTION = timedelta(days=14)
_TARGETS: dict[str, Any] = {
    "plaatsing": Plaatsing,
    "pleegkind": Pleegkind,
    "pleeggezin": Pleeggezin,
    "gezinslid": Gezinslid,
    "medewerker": Medewerker,
}


class PlaatsingOverlapt(Conflict):
    """A child would have two voltijd or crisis plaatsingen at once."""

    code = "overlap"
    detail = "Het kind heeft in deze periode al een andere voltijd- of crisisplaatsing. Beëindig die eerst."


class FeitenBuitenPeriode(Conflict):
    """Talks, checks or visits would fall outside their plaatsing."""

    code = "datum_buiten_periode"
    detail = "Er zijn gesprekken, checks of bezoeken vastgelegd die buiten deze periode vallen. Corrigeer die eerst."


class NogInGebruik(Conflict):
    """Something that other facts rest on cannot be withdrawn."""

    code = "in_gebruik"
    detail = "Andere feiten in het dossier verwijzen hiernaar. Trek die eerst in."


def fault(name: str, code: str, detail: str) -> Fault:
    """Return a fault in a field of the body, named as in the API."""
    head, *rest = name.split("_")
    return Fault("body", head + "".join(word.capitalize() for word in rest), code, detail)


def resolve_references(session: Session, organisatie_id: int, soort: FeitSoort, values: Values) -> dict[str, Any]:
    """Return the values with every uid of another fact replaced by its feit_id.

    Raises:
        BadInput: a reference to what does not exist in this organisatie; all of them at once.
    """
    resolved, faults = dict(values), [*deelnemer_faults(session, organisatie_id, values)]
    for column, table in soort.model.REFERENCES.items():
        uid = values.get(column)
        if not isinstance(uid, UUID):
            continue
        key = session.execute(_key_of(table, uid, organisatie_id)).scalar_one_or_none()
        if key is None:
            faults.append(fault(column, "onbekende_verwijzing", f"Er is geen {table} met deze id."))
        resolved[column] = key
    if faults:
        raise BadInput(*faults)
    return resolved


def _key_of(table: str, uid: UUID, organisatie_id: int) -> Select[int]:
    """Select the key of what a uid names within the organisatie."""
    if table == "extra_inzet":  # no fact in versions: what happens to it are its steps
        return select(ExtraInzet.id).where(ExtraInzet.uid == uid, ExtraInzet.organisatie_id == organisatie_id)
    model = _TARGETS[table]
    statement: Select[int] = select(model.feit_id).where(
        model.uid == uid, model.organisatie_id == organisatie_id, holds(model)
    )
    return statement


def check_owner(session: Session, plaatsing: int, kind: int) -> None:
    """Refuse a plaatsing of another child, in the words for one that does not exist.

    Raises:
        BadInput: the plaatsing is not this child's.
    """
    own = select(Plaatsing.id).where(Plaatsing.feit_id == plaatsing, Plaatsing.pleegkind_id == kind, holds(Plaatsing))
    if session.execute(own).first() is None:
        raise BadInput(fault("plaatsing_id", "onbekende_verwijzing", "Er is geen plaatsing met deze id."))


def check_same_child(session: Session, plaatsing: int, current: Any) -> None:
    """Refuse to move an event to a plaatsing of another child, in the words for one that does not exist.

    Raises:
        BadInput: the plaatsing is not of the child of the event.
    """
    own = session.scalar(
        select(Plaatsing.pleegkind_id).where(Plaatsing.feit_id == current.plaatsing_id, newest(Plaatsing))
    )
    kind = session.scalar(select(Plaatsing.pleegkind_id).where(Plaatsing.feit_id == plaatsing, holds(Plaatsing)))
    if fault_in_owner("plaatsing_id", own, kind) is not None:
        raise BadInput(fault("plaatsing_id", "onbekende_verwijzing", "Er is geen plaatsing met deze id."))


def check_visible_gezin(session: Session, actor: Actor, uid: UUID, vandaag: date) -> None:
    """Refuse a family that the actor may not see, in the words for one that does not exist.

    Raises:
        BadInput: there is no such family for the actor.
    """
    try:
        get_pleeggezin_key(session, actor, uid, vandaag, Purpose.WRITE)
    except NotFound:
        raise BadInput(fault("pleeggezin_id", "onbekende_verwijzing", "Er is geen pleeggezin met deze id.")) from None


def check_values(session: Session, soort: FeitSoort, values: Values, vandaag: date) -> None:
    """Check the content of a fact before it is written, by the rules that hold for a workbook too.

    Raises:
        BadInput: with every fault.
    """
    faults = [*_dates(values, vandaag), *_periods(values)]
    if soort.eigenaar is Eigenaar.PLAATSING and soort.dag:
        faults += _within_plaatsing(session, soort, values)
    if not faults:  # a life is not judged by days that are wrong already
        faults += life_faults(session, soort, values, vandaag)
    faults += _uitzondering(soort, values)
    found = [*map(fault_of, faults), *ruis_faults(session, soort.naam, values)]
    if found:
        raise BadInput(*found)


def fault_of(bezwaar: Bezwaar) -> Fault:
    """Return an objection as a fault in the body."""
    return fault(bezwaar.kolom, bezwaar.code, bezwaar.zin)


def _dates(values: Values, vandaag: date) -> Iterator[Bezwaar]:
    for kolom in sorted(VERLEDEN | BEGIN):
        day = values.get(kolom)
        bezwaar = fault_after_last_day(kolom, day, vandaag) if type(day) is date else None
        yield from () if bezwaar is None else (bezwaar,)


def _periods(values: Values) -> Iterator[Bezwaar]:
    for begin, end in PERIODEN:
        bezwaar = fault_in_period(begin, end, values)
        yield from () if bezwaar is None else (bezwaar,)


def check_backdating(soort: FeitSoort, values: Values, before: Values | None, vandaag: date) -> None:
    """Refuse an uitzondering of long ago: what was not agreed then covers nothing afterwards.

    An import keeps its history, so this is asked of what people record and correct. A correction may leave the first
    day as it was, or make it later; it adds no norm to what began long ago.

    Raises:
        BadInput: it begins more than 14 days before it is recorded, or covers more from then on.
    """
    if soort.naam != "uitzondering" or values["van"] >= vandaag - _LATEST_EXCEPTION:
        return
    if before is None or values["van"] < before["van"]:
        raise BadInput(fault("van", "ongeldige_waarde", "Een uitzondering begint hoogstens 14 dagen geleden."))
    if not set(values["normen"]) <= set(before["normen"]):
        detail = "Deze uitzondering begon meer dan 14 dagen geleden. Leg voor een andere norm een nieuwe vast."
        raise BadInput(fault("normen", "ongeldige_waarde", detail))


def _uitzondering(soort: FeitSoort, values: Values) -> Iterator[Bezwaar]:
    bezwaar = fault_in_review(values["van"], values["herzien_uiterlijk"]) if soort.naam == "uitzondering" else None
    yield from () if bezwaar is None else (bezwaar,)


def _within_plaatsing(session: Session, soort: FeitSoort, values: Values) -> Iterator[Bezwaar]:
    statement = select(Plaatsing.van, Plaatsing.tot).where(
        Plaatsing.feit_id == values["plaatsing_id"], holds(Plaatsing)
    )
    van, tot = session.execute(statement).one()
    kolom = soort.dag or "datum"
    bezwaar = fault_outside_plaatsing(kolom, values[kolom], van, tot)
    yield from () if bezwaar is None else (bezwaar,)


def check_plaatsing(session: Session, values: Values, feit_id: int | None) -> None:
    """Check a plaatsing against the child's other ones and against the events that belong to it.

    Raises:
        PlaatsingOverlapt: two voltijd or crisis plaatsingen would hold on one day.
        FeitenBuitenPeriode: events would fall outside.
    """
    van, tot = values["van"], values["tot"]
    if values["vorm"] != PlaatsingVorm.DEELTIJD:
        other = select(Plaatsing.id).where(
            Plaatsing.pleegkind_id == values["pleegkind_id"],
            Plaatsing.vorm != PlaatsingVorm.DEELTIJD,
            or_(Plaatsing.tot.is_(None), Plaatsing.tot > van),
            *([Plaatsing.van < tot] if tot else []),
            *([Plaatsing.feit_id != feit_id] if feit_id else []),
            holds(Plaatsing),
        )
        if van != tot and session.execute(other.limit(1)).first():
            raise PlaatsingOverlapt
    days = _days_of_events(session, feit_id) if feit_id is not None else []
    if days and fault_around_events(van, tot, min(days), max(days)) is not None:
        raise FeitenBuitenPeriode


def _days_of_events(session: Session, plaatsing: int) -> list[date]:
    """Return the first and last day of each kind of event in a plaatsing; none when there are none."""
    days: list[date] = []
    for model in (Kindgesprek, Veiligheidscheck, Huisbezoek):
        statement = select(func.min(model.datum), func.max(model.datum)).where(
            model.plaatsing_id == plaatsing, holds(model)
        )
        days += [day for day in session.execute(statement).one() if day is not None]
    return days


def check_withdrawal(session: Session, soort: FeitSoort, feit_id: int) -> None:
    """Refuse to withdraw what other facts rest on.

    Raises:
        NogInGebruik: facts that hold refer to it.
    """
    column = {"pleegkind": Plaatsing.pleegkind_id, "pleeggezin": Plaatsing.pleeggezin_id}.get(soort.naam)
    if column is not None:
        in_use = session.execute(select(Plaatsing.id).where(column == feit_id, holds(Plaatsing)).limit(1)).first()
        if in_use:
            raise NogInGebruik
    if soort.naam == "plaatsing" and _days_of_events(session, feit_id):
        raise NogInGebruik
    if soort.naam == "signaal":
        steps = select(Meldcodestap.id).where(Meldcodestap.signaal_id == feit_id, holds(Meldcodestap))
        if session.execute(steps.limit(1)).first():
            raise NogInGebruik
