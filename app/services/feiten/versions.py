"""Recording facts: the head that orders them, the first version, and the versions that replace it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, Text, bindparam, cast, func, insert, literal, select, update
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from app.db.statement import FastStatement
from app.lib.ids import new_uid
from app.models import Feit, Vastlegteller
from app.models.base import content_columns
from app.models.soorten import FeitSoort
from app.queries.feiten.regels import FeitRegel, feit_columns, show_written
from app.services.berichten.aankondigen import announce
from app.services.berichten.reopening import reopen
from app.services.feiten.locks import lock_organisatie

FeitT = TypeVar("FeitT", bound=Feit)

_NEXT = (
    update(Vastlegteller)
    .where(Vastlegteller.organisatie_id == bindparam("organisatie", type_=BigInteger))
    .values(
        volgorde=Vastlegteller.volgorde + 1,
        laatst_op=func.greatest(
            Vastlegteller.laatst_op + timedelta(microseconds=1), bindparam("nu", type_=DateTime(timezone=True))
        ),
    )
    .returning(Vastlegteller.volgorde, Vastlegteller.laatst_op)
)
_BEGIN = FastStatement(_NEXT)


@dataclass(slots=True)
class Recording:
    """One transaction's right to record for an organisatie: its moment, its author, its place in the order."""

    session: Session
    organisatie_id: int
    at: datetime
    door: int | None
    _numbers: range = field(default=range(0))

    def take(self, count: int) -> range:
        """Return ``count`` successive recording numbers."""
        statement = (
            update(Vastlegteller)
            .where(Vastlegteller.organisatie_id == self.organisatie_id)
            .values(volgorde=Vastlegteller.volgorde + count)
            .returning(Vastlegteller.volgorde)
        )
        last = self.session.execute(statement).scalar_one()
        return range(last - count + 1, last + 1)

    def take_one(self) -> int:
        """Return the next number, from those reserved at the start when there are any."""
        if not self._numbers:
            self._numbers = self.take(1)
        number, self._numbers = self._numbers[0], self._numbers[1:]
        return number


def begin_recording(session: Session, organisatie_id: int, at: datetime, door: int | None) -> Recording:
    """Lock the organisatie and its head until commit, and return the right to record (``app.services.feiten.locks``).

    The lock comes before the facts are read from which deadlines follow, so two recordings about one child cannot
    both miss the other; and commits happen in the order of ``volgorde``.

    Args:
        session: the transaction.
        organisatie_id: whose facts.
        at: now; used unless the clock ran back behind the last recording.
        door: feit_id of the medewerker, or None for an import.
    """
    lock_organisatie(session, organisatie_id)
    return take_head(session, organisatie_id, at, door)


def take_head(session: Session, organisatie_id: int, at: datetime, door: int | None) -> Recording:
    """Lock the head alone, by who has locked what is recorded about; the arguments are those of ``begin_recording``."""
    ((number, moment),) = _BEGIN.rows(session, organisatie=organisatie_id, nu=at)
    return Recording(session, organisatie_id, moment.astimezone(UTC), door, range(number, number + 1))


def own_nummer(volgorde: int) -> str:
    """Return the nummer that the service gives to what it records first in a place of the order."""
    return f"PZ{volgorde:08d}"


def record_feit(recording: Recording, model: type[FeitT], values: dict[str, Any]) -> FeitT:
    """Insert the first version of a fact and return it, with its keys.

    Args:
        recording: of the organisatie.
        model: the kind.
        values: the content by column, with ``uid`` when it had to be known before (a BSN is bound to it), and ``id``
            when the rule was asked before.
    """
    volgorde = recording.take_one()
    first = {
        "uid": values.get("uid") or new_uid(),
        "organisatie_id": recording.organisatie_id,
        "nummer": own_nummer(volgorde),
        "versie": 1,
        "ingetrokken": False,
        "vastgelegd_op": recording.at,
        "vastgelegd_door": recording.door,
        "volgorde": volgorde,
    }
    return _insert(recording, model, {**values, **first})


def record_at_head(
    session: Session, organisatie_id: int, at: datetime, door: int | None, soort: FeitSoort, values: dict[str, Any]
) -> FeitRegel:
    """Take the head and insert the first version of a fact at once, and return it to show: nobody waits in between.

    Args:
        session: the transaction, which has locked what the fact is about.
        organisatie_id: whose facts.
        at: now; used unless the clock ran back behind the last recording.
        door: feit_id of the medewerker.
        soort: the kind.
        values: the content by column, with its ``id``.
    """
    own = {"uid": new_uid(), "organisatie_id": organisatie_id, "vastgelegd_door": door, "versie": 1}
    content = {**values, **own, "ingetrokken": False}
    names = tuple(name for name in _columns(soort.model) if name in content)
    statement = _insert_at_head(soort, names)
    (row,) = statement.rows(session, organisatie=organisatie_id, nu=at, **_bound(content, names))
    regel = show_written(soort, row)
    announce(session, organisatie_id, soort.naam, content, regel["vastgelegd_op"])
    return regel


def replace_feit(
    recording: Recording, current: FeitT, changes: dict[str, Any], *, reden: str, withdraw: bool = False
) -> FeitT:
    """Insert the version that replaces ``current`` and return it; ``current`` stays as it was.

    Two that replace the same version at once: the unique ``vervangt_id`` lets one through.
    """
    model = type(current)
    content = {name: getattr(current, name) for name in content_columns(model)}
    following = {
        "uid": current.uid,
        "eerste_id": current.feit_id,
        "organisatie_id": current.organisatie_id,
        "nummer": current.nummer,
        "versie": current.versie + 1,
        "vervangt_id": current.id,
        "ingetrokken": withdraw,
        "wijzigingsreden": reden,
        "vastgelegd_op": recording.at,
        "vastgelegd_door": recording.door,
        "volgorde": recording.take_one(),
    }
    reopen(recording.session, current, recording.at)
    return _insert(recording, model, {**content, **changes, **following})


def _insert(recording: Recording, model: type[FeitT], values: dict[str, Any]) -> FeitT:
    """Insert a version, with what must be heard of it, and return it.

    It is returned as the session would after a flush, which takes five times as long.
    """
    session = recording.session
    if session.new or session.dirty:
        session.flush()  # what this version may refer to
    names = tuple(name for name in _columns(model) if name in values)
    ((key, feit_id),) = _insert_of(model, names).rows(session, **_bound(values, names))
    feit = model(**{**dict.fromkeys(_columns(model)), **values, "id": key})
    set_committed_value(feit, "feit_id", feit_id)
    make_transient_to_detached(feit)
    session.add(feit)
    announce(session, recording.organisatie_id, model.__tablename__, values, recording.at)
    return feit


def _bound(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value.value if isinstance(value := values[name], Enum) else value for name in names}


@cache
def _columns(model: type[Feit]) -> tuple[str, ...]:
    """Return the columns that whoever inserts may fill: the database computes ``feit_id``."""
    return tuple(column.key for column in model.__table__.columns if column.key != "feit_id")


@cache
def _insert_of(model: type[Feit], names: tuple[str, ...]) -> FastStatement:
    table: Any = model.__table__
    values = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return FastStatement(insert(model).values(values).returning(model.id, model.feit_id))


@cache
def _insert_at_head(soort: FeitSoort, names: tuple[str, ...]) -> FastStatement:
    """Build the insert of a first version in the next place of the order, which gives what is shown of it."""
    kop, table = _NEXT.cte("kop"), soort.model.__table__
    number = cast(kop.c.volgorde, Text)
    nummer = literal("PZ") + func.lpad(number, func.greatest(8, func.length(number)), "0")
    values = select(
        *(bindparam(name, type_=table.c[name].type) for name in names), kop.c.volgorde, kop.c.laatst_op, nummer
    )
    into = insert(soort.model).from_select([*names, "volgorde", "vastgelegd_op", "nummer"], values)
    return FastStatement(into.returning(*feit_columns(soort.model)))
