"""A fact that is about to be written, as the row that the statement for all facts would give of it.

The rule is asked before the head of the organisatie is locked, so before the fact stands in the database. A test
compares both for every kind here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.db.statement import Row
from app.queries.oordelen.feitrijen import Soort

Values = Mapping[str, Any]

_TALK = ("doorgegaan", "alleen", "veiligheid_besproken")
#: kind → branch, and the columns after key and id
_ROWS: Mapping[str, tuple[Soort, Callable[[Values], Row]]] = {
    "kindgesprek": (
        Soort.KINDGESPREK,
        lambda v: (v["datum"], None, None, str(v["vorm"]), _flags(v, *_TALK), None),
    ),
    "veiligheidscheck": (Soort.VEILIGHEIDSCHECK, lambda v: (v["datum"], None, None, None, None, None)),
    "huisbezoek": (Soort.HUISBEZOEK, lambda v: (v["datum"], None, None, None, None, None)),
}


@dataclass(frozen=True, slots=True)
class NewFact:
    """One fact of a plaatsing that is not written yet.

    Attributes:
        naam: the kind.
        sleutel: the id that it will have.
        values: its content, references as feit_id.
    """

    naam: str
    sleutel: int
    values: Values

    def rows(self, found: Sequence[Row], vanaf: date) -> list[Row]:
        """Return its row beside those of the rest of the file; none when its plaatsing ended before ``vanaf``."""
        plaatsing: int = self.values["plaatsing_id"]
        soort, columns = _ROWS[self.naam]
        runs = any(row[0] == Soort.PLAATSING and row[2] == plaatsing and _runs(row[4], vanaf) for row in found)
        return [(soort, plaatsing, self.sleutel, *columns(self.values))] if runs else []


def can_be_new(naam: str) -> bool:
    """Tell whether the rule can be asked about a fact of a kind before it is written."""
    return naam in _ROWS


def _runs(tot: date | None, vanaf: date) -> bool:
    return tot is None or tot > vanaf


def _flags(values: Values, *names: str) -> int:
    return sum(1 << bit for bit, name in enumerate(names) if values[name])
