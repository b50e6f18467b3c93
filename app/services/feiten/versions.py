"""Recording facts: the head that orders them, the first version, and the versions that replace it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, bindparam, func, update
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.lib.ids import new_uid
from app.models import Feit, Vastlegteller
from app.models.base import content_columns

FeitT = TypeVar("FeitT", bound=Feit)

_BEGIN = FastStatement(
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
    """Lock the organisatie's head until commit, and return the right to record.

    The lock comes before the facts are read from which deadlines follow, so two recordings about one child cannot
    both miss the other; and commits happen in the order of ``volgorde``.

    Args:
        session: the transaction.
        organisatie_id: whose facts.
        at: now; used unless the clock ran back behind the last recording.
        door: feit_id of the medewerker, or None for an import.
    """
    ((number, moment),) = _BEGIN.rows(session, organisatie=organisatie_id, nu=at)
    return Recording(session, organisatie_id, moment.astimezone(UTC), door, range(number, number + 1))


def record_feit(recording: Recording, model: type[FeitT], values: dict[str, Any]) -> FeitT:
    """Insert the first version of a fact and return it, with its keys.

    Args:
        recording: of the organisatie.
        model: the kind.
        values: the content by column, with ``uid`` when it had to be known before (a BSN is bound to it).
    """
    volgorde, values = recording.take_one(), dict(values)
    feit = model(
        uid=values.pop("uid", None) or new_uid(),
        organisatie_id=recording.organisatie_id,
        nummer=f"PZ{volgorde:08d}",
        versie=1,
        ingetrokken=False,
        vastgelegd_op=recording.at,
        vastgelegd_door=recording.door,
        volgorde=volgorde,
        **values,
    )
    recording.session.add(feit)
    recording.session.flush()  # its id is needed by what refers to it
    return feit


def replace_feit(
    recording: Recording, current: FeitT, changes: dict[str, Any], *, reden: str, withdraw: bool = False
) -> FeitT:
    """Insert the version that replaces ``current`` and return it; ``current`` stays as it was.

    Two that replace the same version at once: the unique ``vervangt_id`` lets one through.
    """
    model = type(current)
    content = {name: getattr(current, name) for name in content_columns(model)}
    feit = model(
        uid=current.uid,
        eerste_id=current.feit_id,
        organisatie_id=current.organisatie_id,
        nummer=current.nummer,
        versie=current.versie + 1,
        vervangt_id=current.id,
        ingetrokken=withdraw,
        wijzigingsreden=reden,
        vastgelegd_op=recording.at,
        vastgelegd_door=recording.door,
        volgorde=recording.take_one(),
        **{**content, **changes},
    )
    recording.session.add(feit)
    recording.session.flush()  # the database checks that it continues ``current``
    return feit
