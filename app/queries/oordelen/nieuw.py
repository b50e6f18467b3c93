"""A fact that is about to be written, as the row that the statement for all facts would give of it.

The rule is asked before the head of the organisatie is locked, so before the fact stands in the database. A test
compares both for every kind here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.db.statement import Row
from app.norms.versie import TWEEDE_CATALOGUS
from app.queries.oordelen.feitrijen import Soort
from app.terms import GespreksVorm, Uitkomst, Veiligheidsgevoel

Values = Mapping[str, Any]

_TALK = ("doorgegaan", "alleen", "veiligheid_besproken")
_GEVOEL = {str(item): place for place, item in enumerate(Veiligheidsgevoel)}
#: kind → branch, and the columns after key and id
_ROWS: Mapping[str, tuple[Soort, Callable[[Values], Row]]] = {
    "kindgesprek": (
        Soort.KINDGESPREK,
        lambda v: (v["datum"], None, None, str(v["vorm"]), _flags(v, *_TALK), _safe_at_home(v), None),
    ),
    "veiligheidscheck": (
        Soort.VEILIGHEIDSCHECK,
        lambda v: (v["datum"], None, None, str(v["uitkomst"]), _seen(v), None, None),
    ),
    "huisbezoek": (Soort.HUISBEZOEK, lambda v: (v["datum"], None, None, None, _seen(v), None, None)),
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
        own = next((row for row in found if row[0] == Soort.PLAATSING and row[2] == plaatsing), None)
        matters = own is not None and (_runs(own[4], vanaf) or self._matters_still(own[1], found, vanaf))
        return [(soort, plaatsing, self.sleutel, *columns(self.values))] if matters else []

    def _matters_still(self, kind: int, found: Sequence[Row], vanaf: date) -> bool:
        """Tell whether a fact of a plaatsing that ended asks for action, or is what a running zichtplan promised."""
        values, datum = self.values, self.values["datum"]
        if datum >= TWEEDE_CATALOGUS and (
            values.get("veilig_in_gezin") == Veiligheidsgevoel.NEE
            or values.get("uitkomst") in {Uitkomst.ZORGEN, Uitkomst.ONVEILIG}
        ):
            return True
        if not (values.get("kind_gezien") or values.get("vorm") == GespreksVorm.FYSIEK):
            return False
        plannen = (row for row in found if row[0] == Soort.UITZONDERING and row[1] == kind and row[9] is not None)
        return any(plan[3] <= datum and plan[4] >= vanaf for plan in plannen)


def can_be_new(naam: str) -> bool:
    """Tell whether the rule can be asked about a fact of a kind before it is written."""
    return naam in _ROWS


def _runs(tot: date | None, vanaf: date) -> bool:
    return tot is None or tot > vanaf


def _seen(values: Values) -> int | None:
    gezien = values.get("kind_gezien")
    return None if gezien is None else int(gezien)


def _safe_at_home(values: Values) -> int | None:
    gevoel = values.get("veilig_in_gezin")
    return None if gevoel is None else _GEVOEL[str(gevoel)]


def _flags(values: Values, *names: str) -> int:
    return sum(1 << bit for bit, name in enumerate(names) if values[name])
