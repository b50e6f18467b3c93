"""The shape of a UNION ALL over kinds of facts: per branch a number, a key, the fact's id, and columns of its own.

The ``feitrijen`` of ``app.queries.oordelen`` and ``app.queries.ruisfactoren`` are such unions, each of its own width. A
union is as wide as its widest branch, so a place in a row means something else per branch: who writes a branch and who
reads its rows both name the columns, and ``UnionShape`` alone knows where they stand.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from enum import IntEnum
from operator import itemgetter
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, SmallInteger, case, cast, literal, literal_column, null, select

from app.db.rows import Expression, Rows
from app.db.statement import Row
from app.models.versions import BekendOp, holds

#: of every row: which branch it is of, the key that it is grouped by, and the fact
BRANCH, SLEUTEL, ID = range(3)

Columns = Mapping[str, Any]


class UnionShape:
    """How wide the branches of one union are, and what each column of a branch is called."""

    def __init__(self, label: str, slots: Columns, branches: Mapping[Any, Columns]) -> None:
        """Give every column of every branch a slot of its type.

        Args:
            label: of the column that numbers the branches.
            slots: name → type of the columns after the id.
            branches: number → name → type of what each branch says.
        """
        self._label, self._slots = label, slots
        self._places = {number: _places(slots, columns) for number, columns in branches.items()}

    def branch(self, number: IntEnum, model: Any, sleutel: Any, k: BekendOp, **columns: Any) -> Rows:
        """Return one branch: its number, the key, the fact's id, and its columns; NULL in every other slot.

        Args:
            number: which branch.
            model: the kind of fact.
            sleutel: the column that it is grouped by.
            k: the version that holds at this moment of knowledge.
            columns: by name.
        """
        at = {self._places[number][name]: column for name, column in columns.items()}
        return select(
            literal_column(str(int(number)), SmallInteger).label(self._label),
            sleutel.label("sleutel"),
            model.feit_id.label("id"),
            *(
                cast(at.get(place, null()), kind).label(slot)
                for place, (slot, kind) in enumerate(self._slots.items(), ID + 1)
            ),
        ).where(holds(model, k))

    def getter(self, number: IntEnum, *names: str) -> Callable[[Row], Any]:
        """Return what takes columns from a row of a branch by name: a tuple, or a value when there is one name."""
        return itemgetter(*self.places(number, *names))

    def places(self, number: IntEnum, *names: str) -> list[int]:
        """Return where columns of a branch stand in its rows."""
        return [self._places[number][name] for name in names]

    def row(self, number: IntEnum, sleutel: int, key: int, columns: Columns) -> Row:
        """Return the row that the database would give."""
        at = {self._places[number][name]: value for name, value in columns.items()}
        return (int(number), sleutel, key, *(at.get(place) for place in range(ID + 1, ID + 1 + len(self._slots))))


def _places(slots: Columns, columns: Columns) -> Mapping[str, int]:
    """Return where each column stands in a row: the first free slot of its type."""
    free: dict[Any, list[int]] = defaultdict(list)
    for place, kind in enumerate(slots.values(), ID + 1):
        free[kind].append(place)
    return {"sleutel": SLEUTEL, "id": ID} | {name: free[kind].pop(0) for name, kind in columns.items()}


def flags(*conditions: Expression[bool]) -> ColumnElement[int]:
    """Return yes/no as bits 1, 2, 4, … of one number."""
    total: ColumnElement[int] = literal_column("0", BigInteger)
    for bit, condition in enumerate(conditions):
        total = total + case((condition, literal_column(str(1 << bit))), else_=literal_column("0"))
    return cast(total, BigInteger)


def last_of(branch: Rows, model: Any, owners: Any, op: Any) -> Rows:
    """Return a branch with the last event of each owner up to a day; of one day the last recorded, as the rule does."""
    last = branch.where(model.datum <= op).order_by(model.datum.desc(), model.feit_id.desc()).limit(1).lateral()
    return select(last).select_from(owners).join(last, literal(value=True))
