"""What a fact must satisfy before it is recorded; every fault at once, in the codes of ``afspraken.md`` §5."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Uuid, bindparam, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose
from app.db.statement import FastStatement
from app.errors import BadInput, Conflict, Fault, NotFound, fault
from app.invoer.bezwaar import Bezwaar
from app.invoer.datums import (
    BEGIN,
    PERIODEN,
    VERLEDEN,
    fault_after_last_day,
    fault_in_period,
    fault_outside_plaatsing,
)
from app.invoer.personen import fault_in_owner
from app.models import ExtraInzet, Medewerker, Plaatsing, Pleegkind
from app.models.soorten import SOORTEN, Eigenaar, FeitSoort
from app.models.versions import RowByRow, holds, newest
from app.queries.pleeggezinnen import get_pleeggezin_key
from app.services.feiten.eigen_regels import deelnemer_faults, rules_of
from app.services.feiten.levens import life_faults

Values = Mapping[str, Any]


class NogInGebruik(Conflict):
    """Something that other facts rest on cannot be withdrawn."""

    code = "in_gebruik"
    detail = "Andere feiten in het dossier verwijzen hiernaar. Trek die eerst in."


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
        found = _key_of(table).rows(session, uid=uid, organisatie=organisatie_id)
        key = found[0][0] if found else None
        if key is None:
            faults.append(fault(column, "onbekende_verwijzing", f"Er is geen {table} met deze id."))
        resolved[column] = key
    if faults:
        raise BadInput(*faults)
    return resolved


@cache
def _key_of(table: str) -> FastStatement:
    """Build the select of the key of what a uid names within the organisatie."""
    uid, organisatie = bindparam("uid", type_=Uuid), bindparam("organisatie", type_=BigInteger)
    if table == "extra_inzet":  # no fact in versions: what happens to it are its steps
        return FastStatement(
            select(ExtraInzet.id).where(ExtraInzet.uid == uid, ExtraInzet.organisatie_id == organisatie)
        )
    model: Any = Medewerker if table == Medewerker.__tablename__ else SOORTEN[table].model
    return FastStatement(
        select(model.feit_id).where(model.uid == uid, model.organisatie_id == organisatie, holds(model, _FEW))
    )


class Kindplaatsing(NamedTuple):
    """Of a plaatsing that holds: whose it is, its period, and the birth of the child."""

    pleegkind_id: int
    van: date
    tot: date | None
    geboren: date | None


_FEW = RowByRow()
_PLAATSING = FastStatement(
    select(
        Plaatsing.pleegkind_id,
        Plaatsing.van,
        Plaatsing.tot,
        select(Pleegkind.geboortedatum)
        .where(Pleegkind.feit_id == Plaatsing.pleegkind_id, holds(Pleegkind, _FEW))
        .scalar_subquery(),
    ).where(Plaatsing.feit_id == bindparam("plaatsing", type_=BigInteger), holds(Plaatsing, _FEW))
)


def read_plaatsing(session: Session, plaatsing: int, kind: int | None = None) -> Kindplaatsing:
    """Return what a plaatsing says, of any child or of one.

    Raises:
        BadInput: it is another child's, in the words for one that does not exist.
    """
    found = [Kindplaatsing(*row) for row in _PLAATSING.rows(session, plaatsing=plaatsing)]
    if not found or kind not in (None, found[0].pleegkind_id):
        raise BadInput(fault("plaatsing_id", "onbekende_verwijzing", "Er is geen plaatsing met deze id."))
    return found[0]


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


def check_values(
    session: Session,
    soort: FeitSoort,
    values: Values,
    vandaag: date,
    *,
    along: bool = False,
    plaatsing: Kindplaatsing | None = None,
) -> None:
    """Check the content of a fact before it is written, by the rules that hold for a workbook too.

    Args:
        session: the transaction.
        soort: the kind.
        values: the whole content.
        vandaag: today in Amsterdam.
        along: it only follows what it refers to, to another child's file: what it says of that was judged before.
        plaatsing: of its plaatsing, where that was read already.

    Raises:
        BadInput: with every fault.
    """
    faults = [*_dates(values, vandaag), *_periods(values)]
    if soort.eigenaar is Eigenaar.PLAATSING:
        plaatsing = plaatsing or read_plaatsing(session, values["plaatsing_id"])
        faults += _within(plaatsing, soort, values)
    if not faults:  # a life is not judged by days that are wrong already
        faults += life_faults(session, soort, values, vandaag, plaatsing and plaatsing.geboren)
    own = rules_of(soort)
    found = [*map(fault_of, (*faults, *own.bezwaren(values))), *(() if along else own.fouten(session, values))]
    if found:
        raise BadInput(*found)


def fault_of(bezwaar: Bezwaar) -> Fault:
    """Return an objection as a fault in the body."""
    return fault(bezwaar.kolom, bezwaar.code, bezwaar.zin)


def _dates(values: Values, vandaag: date) -> Iterator[Bezwaar]:
    for column in sorted(VERLEDEN | BEGIN):
        day = values.get(column)
        bezwaar = fault_after_last_day(column, day, vandaag) if type(day) is date else None
        yield from () if bezwaar is None else (bezwaar,)


def _periods(values: Values) -> Iterator[Bezwaar]:
    for begin, end in PERIODEN:
        bezwaar = fault_in_period(begin, end, values)
        yield from () if bezwaar is None else (bezwaar,)


def _within(plaatsing: Kindplaatsing, soort: FeitSoort, values: Values) -> Iterator[Bezwaar]:
    day = values.get(soort.dag) if soort.dag else None
    bezwaar = day and fault_outside_plaatsing(soort.dag or "", day, plaatsing.van, plaatsing.tot)
    yield from (bezwaar,) if bezwaar else ()


def check_vervallen(soort: FeitSoort, values: Values, before: Values | None) -> None:
    """Refuse what a kind no longer takes: its columns keep what was recorded before.

    Raises:
        BadInput: with every fault.
    """
    faults = [*rules_of(soort).vervallen(values, before)]
    if faults:
        raise BadInput(*faults)


def check_backdating(soort: FeitSoort, values: Values, before: Values | None, vandaag: date) -> None:
    """Refuse what a kind does not let people record, or correct, so long afterwards.

    Raises:
        BadInput: with every fault.
    """
    faults = [*rules_of(soort).terugwerkend(values, before, vandaag)]
    if faults:
        raise BadInput(*faults)


def check_withdrawal(session: Session, soort: FeitSoort, feit_id: int) -> None:
    """Refuse to withdraw what other facts rest on.

    Raises:
        NogInGebruik: facts that hold refer to it.
    """
    for other in SOORTEN.values():
        for column in other.houdt_vast:
            model: Any = other.model
            if column == soort.als_eigenaar:
                rests = select(model.id).where(getattr(model, column) == feit_id, holds(model))
                if session.execute(rests.limit(1)).first():
                    raise NogInGebruik
