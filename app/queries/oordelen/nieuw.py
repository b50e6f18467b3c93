"""A fact that is about to be written, as the row that the statement for all facts would give of it.

The rule is asked before the head of the organisatie is locked, so before the fact stands in the database. A test
compares both for every kind here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.db.statement import Row
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.queries.oordelen.branches import BRANCH
from app.queries.oordelen.feitvorm import FEITEN, FeitBranch
from app.terms import GespreksVorm, Uitkomst, Veiligheidsgevoel

Values = Mapping[str, Any]

_TALK = ("doorgegaan", "alleen", "veiligheid_besproken")
_GEVOEL = {str(item): place for place, item in enumerate(Veiligheidsgevoel)}
#: kind → branch, and its columns
_ROWS: Mapping[str, tuple[FeitBranch, Callable[[Values], Values]]] = {
    "kindgesprek": (
        FeitBranch.KINDGESPREK,
        lambda v: {
            "datum": v["datum"],
            "vorm": str(v["vorm"]),
            "gedaan": _flags(v, *_TALK),
            "veilig_in_gezin": _safe_at_home(v),
        },
    ),
    "veiligheidscheck": (
        FeitBranch.VEILIGHEIDSCHECK,
        lambda v: {"datum": v["datum"], "uitkomst": str(v["uitkomst"]), "kind_gezien": _seen(v)},
    ),
    "huisbezoek": (FeitBranch.HUISBEZOEK, lambda v: {"datum": v["datum"], "kind_gezien": _seen(v)}),
}
_plaatsing = FEITEN.getter(FeitBranch.PLAATSING, "sleutel", "id", "tot")
_plan = FEITEN.getter(FeitBranch.UITZONDERING, "sleutel", "van", "herzien_uiterlijk", "waarneming_dagen")


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
        branch, columns = _ROWS[self.naam]
        plaatsingen = (_plaatsing(row) for row in found if row[BRANCH] == FeitBranch.PLAATSING)
        own = next(((kind, tot) for kind, key, tot in plaatsingen if key == plaatsing), None)
        if own is None or not (_runs(own[1], vanaf) or self._matters_still(own[0], found, vanaf)):
            return []
        return [FEITEN.row(branch, plaatsing, self.sleutel, columns(self.values))]

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
        plannen = (_plan(row) for row in found if row[BRANCH] == FeitBranch.UITZONDERING)
        return any(
            whose == kind and dagen is not None and van <= datum and tot >= vanaf for whose, van, tot, dagen in plannen
        )


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
