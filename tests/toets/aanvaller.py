"""Somebody who has only the open figures, their definitions and patience; no code of the suppression is used here.

Every row that went out is read as equations and inequalities between counts that are never negative, as the definitions
say them: what linear programming starts from. A count is derived when its lowest and highest value are the same. That
they are not is shown by a world that fits and has another value: what may move without changing any sum (Gauss, in
fractions) is moved a little, and the new world is checked against everything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from app.norms.openbaar.regels import OpenRegel

STANDEN = ("op-tijd", "nadert", "te-laat", "uitzondering")
CRITERIA = ("kag-r", "vc-j", "mdo", "mdo-streef")
#: of which count a key figure is a part, as its definition says
DEEL_VAN = {
    "navolgbaar": "kinderen", "met-uitzondering": "kinderen", "late-streef": "kinderen", "nooit-gezien": "kinderen",
    "tijdvakken-met-gesprek": "tijdvakken", "overleg-op-tijd": "overleg", "overleg-ontbreekt": "overleg",
    "besluit-op-tijd": "besluit", "besluit-ontbreekt": "besluit", "late-opvolging": "kinderen", "gezien": "te zien",
    "zichtplannen": "kinderen", **{f"{code}-{stand}": code for code in CRITERIA for stand in STANDEN},
}  # fmt: skip
#: what else is a part of what
OOK_DEEL_VAN = {
    **dict.fromkeys(CRITERIA, "kinderen"), "te zien": "kinderen", "overleg": "zorgen", "besluit": "zorgen",
    "met-uitzondering ": "navolgbaar",
}  # fmt: skip
KLEIN = range(1, 5)


class Telling(NamedTuple):
    """A count: of which group, over which rows, of what."""

    dimensie: str
    groep: str
    deel: str
    wat: str


Som = dict[Telling, int]


@dataclass
class Openbaar:
    """One quarter: what went out, and what is true.

    Attributes:
        getoond: every count that went out.
        waar: every count, and what subtraction gives; to judge with, never to reason from.
        sommen: sums that are zero in every world.
    """

    getoond: dict[Telling, int]
    waar: dict[Telling, int]
    sommen: list[Som] = field(default_factory=list)

    @classmethod
    def of(cls, uit: Iterable[OpenRegel], alles: Iterable[OpenRegel]) -> "Openbaar":
        """Read the rows that went out, beside those that would have without suppression."""
        found = cls(_counts(uit), _counts(alles))
        found._groups()
        for dimensie, groep, deel in sorted({telling[:3] for telling in _counts_of_rows(found.waar)}):
            found._part(dimensie, groep, deel)
        found._deeltijd()
        return found

    def _groups(self) -> None:
        """Every dimension adds up to the whole."""
        for whole in [one for one in self.waar if one.dimensie == "organisatie"]:
            for dimensie in sorted({one.dimensie for one in self.waar} - {"organisatie"}):
                groups = [o for o in self.waar if (o.dimensie, o.deel, o.wat) == (dimensie, whole.deel, whole.wat)]
                self.sommen.append({whole: 1, **dict.fromkeys(groups, -1)})

    def _part(self, dimensie: str, groep: str, deel: str) -> None:
        """What holds within a part of a group."""

        def telling(wat: str) -> Telling:
            return Telling(dimensie, groep, deel, wat)

        for code in CRITERIA:
            if telling(code) in self.waar:
                self.sommen.append({telling(code): 1, **{telling(f"{code}-{stand}"): -1 for stand in STANDEN}})
        for some, whole in (*DEEL_VAN.items(), *OOK_DEEL_VAN.items()):
            if telling(some.strip()) in self.waar:
                self._never_negative({telling(whole): 1, telling(some.strip()): -1}, telling(f"{whole} zonder {some}"))
        both = {telling(code): -1 for code in ("mdo", "mdo-streef") if telling(code) in self.waar}
        self._never_negative({telling("kinderen"): 1, **both}, telling("kinderen zonder mdo en mdo-streef"))
        self._audit(telling("kinderen"), telling("navolgbaar"), telling("late-streef"), telling("met-uitzondering"))

    def _audit(self, kinderen: Telling, navolgbaar: Telling, streef: Telling, gedekt: Telling) -> None:
        """A row is not navolgbaar because of a criterion that is late, and covered because of one with an exception."""
        late = [kinderen._replace(wat=f"{code}-te-laat") for code in CRITERIA[:3]]
        covered = [kinderen._replace(wat=f"{code}-uitzondering") for code in CRITERIA]

        def own(naam: str) -> Telling:
            return kinderen._replace(wat=f"({naam})")

        self._never_negative({**dict.fromkeys(late, 1), kinderen: -1, navolgbaar: 1}, own("te laat samen"))
        self._never_negative({**{c: 1 for c in covered if c in self.waar}, gedekt: -1}, own("gedekt samen"))
        for one in late:
            self._never_negative({kinderen: 1, navolgbaar: -1, streef: 1, one: -1}, own(f"niet {one.wat}"))

    def _deeltijd(self) -> None:
        """Whatever is counted over all rows is counted over those in voltijd too, and less often."""
        for alle in [one for one in self.waar if one.deel == "alle" and not one.wat.startswith("(")]:
            self._never_negative({alle: 1, alle._replace(deel="voltijd"): -1}, alle._replace(deel="deeltijd"))

    def _never_negative(self, som: Som, naam: Telling) -> None:
        self.waar[naam] = sum(sign * self.waar[one] for one, sign in som.items())
        self.sommen.append({**som, naam: -1})

    def secrets(self) -> set[Telling]:
        """Return every count of 1 to 4 that says something about children."""
        return {one for one, count in self.waar.items() if count in KLEIN and not one.wat.startswith("(")}

    def derived(self) -> set[Telling]:
        """Return every count of which no world was found that fits and has another one."""
        return set(self.waar) - Werelden(self).loose()

    def rests(self) -> Iterator[Som]:
        """Yield what the hidden counts of one sum come to, where that is 1 to 4."""
        for som in self.sommen:
            rest = {one: sign for one, sign in som.items() if one not in self.getoond}
            of_rows = not any("zonder" in one.wat or one.deel == "deeltijd" or "(" in one.wat for one in som)
            same = len(set(rest.values())) == 1
            if of_rows and same and abs(sum(sign * self.waar[one] for one, sign in rest.items())) in KLEIN:
                yield rest


def _counts(rows: Iterable[OpenRegel]) -> dict[Telling, int]:
    found: dict[Telling, int] = {}
    for row in rows:
        own = Telling(row.dimensie, row.groep, row.deel, row.kengetal)
        pairs = [(own, row.teller), (own._replace(wat=DEEL_VAN.get(row.kengetal, "")), row.noemer)]
        found |= {telling: count for telling, count in pairs if count is not None}
    return found


def _counts_of_rows(waar: Mapping[Telling, int]) -> list[Telling]:
    return [one for one in waar if one.wat == "kinderen"]


class Werelden:
    """Worlds that fit what went out, and differ from the true one."""

    def __init__(self, openbaar: Openbaar) -> None:
        self._waar, self._sommen = openbaar.waar, openbaar.sommen
        # A zero is left alone: it can only go up, and then something else may have nowhere to go.
        self._hidden = {one for one, count in self._waar.items() if count and one not in openbaar.getoond}
        self._with: dict[Telling, list[Som]] = {}
        for som in self._sommen:
            for one in som:
                self._with.setdefault(one, []).append(som)

    def loose(self) -> set[Telling]:
        """Return every count that is another one in a world that fits."""
        return {one for move in self._moves() if self._fits(move) for one in move}

    def _moves(self) -> Iterator[Som]:
        """Yield moves that leave every sum as it is, one for each count that is free to move."""
        rows: dict[Telling, dict[Telling, Fraction]] = {}
        for som in self._sommen:
            row = {one: Fraction(sign) for one, sign in som.items() if one in self._hidden}
            for lead in [one for one in row if one in rows]:
                _take(row, rows[lead], row[lead])
            if row:
                lead = min(row, key=lambda one: (len(self._with[one]), one))
                row = {one: amount / row[lead] for one, amount in row.items()}
                for other in rows.values():
                    if lead in other:
                        _take(other, row, other[lead])
                rows[lead] = row
        for free in sorted(self._hidden - rows.keys()):
            move = {free: Fraction(1), **{lead: -row[free] for lead, row in rows.items() if free in row}}
            whole = lcm(*(amount.denominator for amount in move.values()))
            yield {one: int(amount * whole) for one, amount in move.items()}

    def _fits(self, move: Som) -> bool:
        """Tell whether after a small step no count is negative and every sum is right."""
        step = min(Fraction(self._waar[one], 2 * abs(amount)) for one, amount in move.items())
        after = {one: self._waar[one] + step * amount for one, amount in move.items()}
        touched = [som for one in move for som in self._with[one]]
        return min(after.values()) > 0 and not any(self._sum(som, after) for som in touched)

    def _sum(self, som: Som, after: Mapping[Telling, Fraction]) -> Fraction:
        return sum((sign * after.get(one, Fraction(self._waar[one])) for one, sign in som.items()), Fraction(0))


def _take(row: dict[Telling, Fraction], other: Mapping[Telling, Fraction], factor: Fraction) -> None:
    for one, amount in other.items():
        left = row.get(one, Fraction(0)) - factor * amount
        if left:
            row[one] = left
        else:
            row.pop(one, None)
