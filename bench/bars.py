"""Every bar, as data: what is measured, the limit, and whether less or more is better.

``{}`` in a text is filled by who measured it. A bar on a ratio holds on any machine; one in seconds or milliseconds of
processor time is meant for the two cores that the service is made for, with nothing else on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bench.table import Line, number


@dataclass(frozen=True, slots=True)
class Bar:
    """One limit.

    Attributes:
        what: the figure, in Dutch.
        limit: the figure that just passes.
        unit: shown behind it.
        least: the figure must be at least the limit, instead of at most.
    """

    what: str
    limit: float
    unit: str
    least: bool = False

    def distance(self, value: float) -> float:
        """Return how many times off the limit a figure is: 1 is on it, more misses it."""
        return self.limit / max(value, 1e-9) if self.least else value / self.limit


_FLOOR: Final = "{} t.o.v. de bodem (verzoeken per seconde)"
_OWN_SQL: Final = "{} t.o.v. kale ASGI met onze SQL"
_P99: Final = "{}: p99 t.o.v. p50 bij 32 verbindingen"
_PROCESSOR: Final = "{}: processortijd van de database per verzoek"
_GROWTH: Final = "{}: groei van de processortijd van de database, {}"

BARS: Final[Mapping[str, Bar]] = {
    # beside a floor of another make, in the same run
    "bodem lijst": Bar(_FLOOR, 0.4, "×", least=True),
    "bodem kind": Bar(_FLOOR, 0.25, "×", least=True),
    "bodem gesprek": Bar(_FLOOR, 0.3, "×", least=True),
    "bodem gesprek verspreid": Bar(_FLOOR, 0.4, "×", least=True),
    "p99": Bar(_P99, 6, "×"),
    "eerste verzoek": Bar("eerste verzoeken na de start, het traagste", 0.5, "s"),
    "geheugen werker": Bar("geheugen van een werker, hoogste stand", 200, "MiB"),
    # what the database spends
    "database lijst": Bar(_PROCESSOR, 3, "ms"),
    "database gesprek": Bar(_PROCESSOR, 5, "ms"),
    "database groei": Bar(_GROWTH, 1.25, "×"),
    "bladzijden groei": Bar("bladzijden die de database leest, {} × kinderen, {} verzoeken over een feit", 1.5, "×"),
    # beside our own statements alone
    "eigen SQL lijst": Bar(_OWN_SQL, 1 / 3, "×", least=True),
    "eigen SQL gesprek": Bar(_OWN_SQL, 1 / 4, "×", least=True),
    # everybody at once
    "oordelen": Bar("alle normen, {} kinderen: t.o.v. dezelfde SQL als kale tuples", 4, "×"),
    "tweede catalogus": Bar("alle normen, {} kinderen: tweede catalogus t.o.v. de eerste, processortijd", 1.3, "×"),
    "groei oordelen": Bar("alle normen, groei: tijd per kind bij {} × zo veel kinderen", 1.5, "×"),
    "toets": Bar("kwartaaltoets, {}, {} kinderen: t.o.v. dezelfde SQL als kale tuples", 4, "×"),
    "groei toets": Bar("kwartaaltoets, groei: tijd per kind bij {} × zo veel kinderen", 1.5, "×"),
    "toets processortijd": Bar("kwartaaltoets: processortijd per 17.397 rijen, database erbij", 22, "s"),
    "export xlsx": Bar("export xlsx van {} kinderen: geheugen", 300, "MiB"),
    "export pdf": Bar("export pdf van {} kinderen: geheugen", 300, "MiB"),
    # pages
    "blad gemeten": Bar("bladen van de beleidstabel met gewicht, queries en tijd", 1, "×", least=True),
    "blad gewicht": Bar("zwaarste blad, ingepakt, met vorm en scripts", 60, "kB"),
    "blad queries": Bar("meeste queries van een blad", 8, ""),
    "blad vergelijking": Bar("vergelijking van een toets, tijd t.o.v. die toets maken", 1.5, "×"),
    "blad thuis": Bar("mijn kinderen, tijd t.o.v. de lijst van de API", 1.5, "×"),
    # the rest
    "queries": Bar("queries per verzoek, {}, limit 1, 25 en 200", 6, ""),
    "muren": Bar("muren: {}, snelheid met alle t.o.v. zonder", 0.6, "×", least=True),
    "opdracht": Bar("processortijd van {}", 0.8, "s"),
}


def against(key: str, value: float, *words: str, beside: str = "") -> Line:
    """Return the line of a figure that has a bar.

    Args:
        key: of the bar.
        value: what was measured.
        words: fill the gaps in what it is called.
        beside: shown behind the figure.
    """
    bar = BARS[key]
    sign = "≥" if bar.least else "≤"
    shown = f"{number(value)} {bar.unit}".strip() + (f" ({beside})" if beside else "")
    limit = f"{sign} {number(bar.limit)} {bar.unit}".strip()
    return Line(bar.what.format(*words), shown, limit, bar.distance(value))
