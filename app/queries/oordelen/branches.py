"""The shape of a UNION ALL over kinds of facts: per branch a number, a key, the fact's id, and columns of its own.

The ``feitrijen`` of ``app.queries.oordelen`` and ``app.queries.ruisfactoren`` are such unions, each of its own width.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from sqlalchemy import BigInteger, Select, SmallInteger, case, cast, literal_column, null, select

from app.models.versions import BekendOp, holds


class Takvorm:
    """How wide the branches of one union are."""

    def __init__(self, nummer: str, kolommen: Mapping[str, Any]) -> None:
        """Take the name of the column that numbers the branches, and name and type of the columns after the id."""
        self._nummer, self._kolommen = nummer, kolommen

    def tak(self, nummer: IntEnum, model: Any, sleutel: Any, k: BekendOp, **kolommen: Any) -> Select[Any]:
        """Return one branch: its number, the key it is grouped by, the fact's id, and the columns; NULL where not said.

        Args:
            nummer: which branch.
            model: the kind of fact.
            sleutel: the column that it is grouped by.
            k: the version that holds at this moment of knowledge.
            kolommen: by name.
        """
        return select(
            literal_column(str(int(nummer)), SmallInteger).label(self._nummer),
            sleutel.label("sleutel"),
            model.feit_id.label("id"),
            *(cast(kolommen.get(naam, null()), soort).label(naam) for naam, soort in self._kolommen.items()),
        ).where(holds(model, k))


def flags(*conditions: Any) -> Any:
    """Return yes/no as bits 1, 2, 4, … of one number."""
    total: Any = literal_column("0", BigInteger)
    for bit, condition in enumerate(conditions):
        total = total + case((condition, literal_column(str(1 << bit))), else_=literal_column("0"))
    return cast(total, BigInteger)
