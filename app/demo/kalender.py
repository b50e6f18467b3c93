"""Days as small numbers, and the moments at which facts were recorded.

The generator counts in days from an invented day zero: sums of numbers are three times as quick as dates, and the
dates and moments that millions of facts share are made once. Only days before ``vandaag`` occur as events, so that
nothing is recorded after the moment of loading.
"""

from datetime import date, datetime, timedelta
from random import Random

from app.clock import start_of_day
from app.norms.calendar import add_months, is_working_day

JAAR = 365.25  # days
_VOORAF = 5 * 366  # days before the history: contracts and VGBs are older than the first plaatsing
_VOORUIT = 6 * 366  # days ahead: agreed herscreenings, ends of maatregelen
_KLOK = [timedelta(minutes=minuut) for minuut in range(8 * 60, 18 * 60)]  # working hours in Amsterdam
_TE_LAAT = 0.086  # share of recordings that is late; some of it is cut off by today (normen.md §9: 8 %)
_ZELFDE_DAG, _WEEK = 0.55, 0.95  # cumulative
_LAAT_VANAF, _LAAT_GEMIDDELD = 15, 20  # days
_STIPT = 3  # days


class Kalender:
    """The days of one load.

    Attributes:
        begin: first day of the history.
        vandaag: the day of loading.
        gisteren: last day on which anything happened.
        werkdag: per day the first working day from it on.
        werkdag_voor: per day the last working day up to it.
    """

    def __init__(self, vandaag: date, jaren: int) -> None:
        """Lay out the days around ``jaren`` years of history up to ``vandaag``."""
        self._nul = add_months(vandaag, -12 * jaren).toordinal() - _VOORAF
        self.begin = _VOORAF
        self.vandaag = vandaag.toordinal() - self._nul
        self.gisteren = self.vandaag - 1
        self._dagen = [date.fromordinal(self._nul + i) for i in range(self.vandaag + _VOORUIT)]
        self._middernacht = [start_of_day(dag) for dag in self._dagen[: self.vandaag]]
        vrij = [not is_working_day(dag) for dag in self._dagen]
        self.werkdag_voor = _last_not(vrij)
        laatste = len(vrij) - 1
        self.werkdag = [laatste - dag for dag in _last_not(vrij[::-1])][::-1]

    def datum(self, dag: int) -> date:
        """Return the date of a day; also of days before day zero (birthdays)."""
        return self._dagen[dag] if dag >= 0 else date.fromordinal(self._nul + dag)

    def dag(self, datum: date) -> int:
        """Return the day of a date."""
        return datum.toordinal() - self._nul

    def maanden_na(self, dag: int, aantal: int) -> int:
        """Return m(dag, aantal) of ``normen.md`` §5."""
        return self.dag(add_months(self.datum(dag), aantal))

    def werkdag_tot(self, dag: int, eind: int) -> int:
        """Return the first working day from ``dag`` on, or the last one up to ``eind`` when that comes earlier."""
        werkdag = self.werkdag[dag]
        return werkdag if werkdag <= eind else self.werkdag_voor[eind]

    def moment(self, rng: Random, dag: int) -> datetime:
        """Return when an event of ``dag`` was recorded: mostly that week, sometimes after more than 14 days."""
        trekking = rng.random()
        if trekking < _TE_LAAT:
            vertraging = _LAAT_VANAF + int(rng.expovariate(1 / _LAAT_GEMIDDELD))
        elif trekking < _ZELFDE_DAG:
            vertraging = 0
        else:
            vertraging = 1 + int(rng.random() * (5 if trekking < _WEEK else 10))
        return self._moment(rng, dag, vertraging)

    def stipt(self, rng: Random, dag: int) -> datetime:
        """Return when something administrative of ``dag`` was recorded: within days."""
        return self._moment(rng, dag, int(rng.random() * _STIPT))

    def later(self, rng: Random, vorige: datetime, dag: int) -> datetime:
        """Return when something of ``dag`` was recorded that replaces what was recorded at ``vorige``."""
        return max(self.stipt(rng, dag), vorige + timedelta(minutes=1))

    def _moment(self, rng: Random, dag: int, vertraging: int) -> datetime:
        werkdag = self.werkdag[dag + vertraging]
        if werkdag > self.gisteren:
            werkdag = max(dag, self.werkdag_voor[self.gisteren])
        return self._middernacht[werkdag] + _KLOK[int(rng.random() * len(_KLOK))]


def _last_not(vrij: list[bool]) -> list[int]:
    """Return per position the last one up to it that is not free; the first few have themselves."""
    uit, laatste = [], -1
    for i, dicht in enumerate(vrij):
        if not dicht:
            laatste = i
        uit.append(laatste if laatste >= 0 else i)
    return uit
