"""Days that cannot be: after today, an end before its beginning, an event outside its plaatsing."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.invoer.bezwaar import Bezwaar
from app.norms.calendar import add_months
from app.norms.versies.versie import EERSTE_CATALOGUS

#: Norms hold from 1900; a "forever" such as 9999-12-31 would break calendar sums and belongs in an empty field.
EERSTE_DAG: Final = EERSTE_CATALOGUS
LAATSTE_DAG: Final = date(2199, 12, 31)
#: What stands in these columns has happened; a planned van or tot has not.
VERLEDEN: Final = frozenset({
    "datum", "sinds", "bekend_geworden_op", "gemeld_igj_op", "geboortedatum", "vastgelegd_op", "gedaan_op",
    "conclusie_op", "teruggekoppeld_op", "ontvangen_op",
})  # fmt: skip
#: A beginning can be planned, this many months ahead: what lies further is a year that was mistyped.
BEGIN: Final = frozenset({"van", "inwonend_sinds", "team_sinds"})
_MAANDEN_VOORUIT: Final = 12
#: Columns with a beginning and the day on which it no longer holds.
PERIODEN: Final = (("van", "tot"), ("inwonend_sinds", "inwonend_tot"))

_TOEKOMST: Final = "Deze datum ligt na vandaag; vul de dag in waarop het was."
_TE_VER: Final = "Deze datum ligt meer dan een jaar na vandaag; verbeter het jaartal."
_EINDE: Final = "Deze dag ligt voor {begin}; verbeter een van beide datums."


def last_day(kolom: str, vandaag: date) -> date | None:
    """Return the last day that a column can have today, or None when it has none."""
    if kolom in VERLEDEN:
        return vandaag
    return add_months(vandaag, _MAANDEN_VOORUIT) if kolom in BEGIN else None


def fault_after_last_day(kolom: str, day: date, vandaag: date) -> Bezwaar | None:
    """Object to a day that lies too far ahead for its column (``datum_in_toekomst``)."""
    last = last_day(kolom, vandaag)
    if last is None or day <= last:
        return None
    return Bezwaar(kolom, "datum_in_toekomst", _TOEKOMST if kolom in VERLEDEN else _TE_VER)


def fault_in_period(begin: str, end: str, waarden: Mapping[str, object]) -> Bezwaar | None:
    """Object to an end before its beginning; the same day is an empty period, and allowed."""
    van, tot = waarden.get(begin), waarden.get(end)
    if isinstance(van, date) and isinstance(tot, date) and tot < van:
        return Bezwaar(end, "datum_buiten_periode", _EINDE.format(begin=begin))
    return None


def fault_around_events(van: date, tot: date | None, first: date, last: date) -> Bezwaar | None:
    """Object to a plaatsing that no longer holds the events that were recorded in it.

    Args:
        van: its first day.
        tot: the day of leaving, which belongs to it; None while it lasts.
        first: the day of its first event.
        last: the day of its last event.
    """
    if van <= first and (tot is None or last <= tot):
        return None
    zin = "Er zijn gesprekken, checks of bezoeken vastgelegd die buiten deze periode vallen; verbeter die eerst."
    return Bezwaar("van" if first < van else "tot", "datum_buiten_periode", zin)


def fault_outside_plaatsing(kolom: str, day: date, van: date, tot: date | None) -> Bezwaar | None:
    """Object to an event before van or after tot of its plaatsing; the day of leaving belongs to it."""
    if van <= day and (tot is None or day <= tot):
        return None
    zin = "Deze dag ligt voor van of na tot van de plaatsing; verbeter de datum of de plaatsing."
    return Bezwaar(kolom, "datum_buiten_periode", zin)
