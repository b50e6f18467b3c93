"""A calendar quarter, such as 2026-Q3."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from app.norms.calendar import add_days, add_months

#: how a quarter is written, for PostgreSQL and a JSON schema too
PATROON: Final = "^[1-9][0-9]{3}-Q[1-4]$"
_SCHEIDT: Final = "-Q"
_MONTHS = 3

#: what was first recorded so many days after the day itself, or fewer, is not late (``normen.md`` §3)
LAAT_DAGEN: Final = 14


@dataclass(frozen=True, slots=True, order=True)
class Kwartaal:
    """A quarter of a year; ``str()`` gives its name."""

    jaar: int
    nummer: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``JJJJ-Qn``.

        Raises:
            ValueError: it is not such a name.
        """
        if re.fullmatch(PATROON, text) is None:
            msg = "een kwartaal ziet eruit als 2026-Q3"
            raise ValueError(msg)
        jaar, nummer = text.split(_SCHEIDT)
        return cls(int(jaar), int(nummer))

    @classmethod
    def of(cls, dag: date) -> Self:
        """Return the quarter that holds a day."""
        return cls(dag.year, (dag.month - 1) // _MONTHS + 1)

    def __str__(self) -> str:
        return f"{self.jaar}{_SCHEIDT}{self.nummer}"

    @property
    def eerste_dag(self) -> date:
        """Its first day."""
        return date(self.jaar, self.nummer * _MONTHS - 2, 1)

    @property
    def laatste_dag(self) -> date:
        """Its last day."""
        return add_days(add_months(self.eerste_dag, _MONTHS), -1)

    @property
    def vorige(self) -> Self:
        """The quarter before it."""
        return type(self).of(add_days(self.eerste_dag, -1))
