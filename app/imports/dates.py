"""From a raw cell to a civil date or an instant."""

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from app.clock import AMSTERDAM
from app.imports.faults import CelFout, FoutCode
from app.imports.werkboek import Cel
from app.invoer.datums import EERSTE_DAG, LAATSTE_DAG

# Spreadsheets believe in 29 February 1900, serial 60; from 61 on the count is right from this day.
_DAG_NUL_1900: Final = date(1899, 12, 30)
_DAG_NUL_1904: Final = date(1904, 1, 1)
_ISO_DATUM: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NL_DATUM: Final = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?) ?"
    r"(?:(Z)|([+-])([0-9]{2}):?([0-9]{2}))?"
)
_TIJD: Final = re.compile(
    r"[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,6}))?)?( ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?"
)
_JAREN: Final = f"{EERSTE_DAG.year} tot en met {LAATSTE_DAG.year}"
_JAARTAL: Final = "Dit is een los getal, geen datum; schrijf de hele datum, bijvoorbeeld 2026-11-21 of 21-11-2026."
_MET_TIJD: Final = "Deze datum heeft ook een tijd; vul alleen de dag in, bijvoorbeeld 2026-11-21 of 21-11-2026."
_DATUM_UITLEG: Final = f"Dit is geen bestaande datum van {_JAREN}; schrijf bijvoorbeeld 2026-11-21 of 21-11-2026."
_MOMENT_UITLEG: Final = (
    f"Dit is geen bestaand moment van {_JAREN}; schrijf een datum, of bijvoorbeeld 2026-11-21T14:30:00+01:00."
)


def parse_datum(cel: Cel, *, datum_1904: bool = False) -> date:
    """Read a civil date: a date, also at 00:00, a serial number, ``YYYY-MM-DD`` or ``D-M-YYYY``.

    A number up to 2199 is no serial number but a year without its day; another time than 00:00 is told as such.
    """
    _refuse_year(cel, datum_1904=datum_1904)
    if _has_time(cel):
        raise CelFout(FoutCode.ONGELDIGE_DATUM, _MET_TIJD)
    try:
        day = _date_of(cel, datum_1904=datum_1904)
    except (ValueError, OverflowError) as reason:
        raise CelFout(FoutCode.ONGELDIGE_DATUM, _DATUM_UITLEG) from reason
    if day is None or not EERSTE_DAG <= day <= LAATSTE_DAG:
        raise CelFout(FoutCode.ONGELDIGE_DATUM, _DATUM_UITLEG)
    return day


def parse_moment(cel: Cel, *, datum_1904: bool = False) -> datetime:
    """Read an instant as aware UTC: a date is 00:00 Amsterdam, without an offset the time is Amsterdam's.

    Of the hour that occurs twice in autumn the first is meant; a time that spring skips counts on from before
    it.

    Source:
        ``afspraken.md`` §5 (vastgelegd_op), ``normen.md`` §3.
    """
    _refuse_year(cel, datum_1904=datum_1904)
    try:
        moment = _moment_of(cel, datum_1904=datum_1904)
        if EERSTE_DAG <= moment.date() <= LAATSTE_DAG:
            return moment.astimezone(UTC)
    except (CelFout, ValueError, OverflowError) as reason:
        raise CelFout(FoutCode.ONGELDIGE_DATUM, _MOMENT_UITLEG) from reason
    raise CelFout(FoutCode.ONGELDIGE_DATUM, _MOMENT_UITLEG)


def number_of(cel: Cel) -> float | None:
    """Return a number as float, and anything else, yes/no included, as None."""
    if isinstance(cel, bool) or not isinstance(cel, int | float):
        return None
    try:
        return float(cel)
    except OverflowError:
        return math.inf


def _date_of(cel: Cel, *, datum_1904: bool) -> date | None:
    if isinstance(cel, datetime):
        return cel.date() if cel.time() == time.min else None
    if isinstance(cel, date):
        return cel
    if isinstance(cel, str):
        return _date_of_text(cel.strip())
    number = number_of(cel)
    if number is not None and number.is_integer():
        return _datetime_of_serial(number, datum_1904=datum_1904).date()
    return None


def _refuse_year(cel: Cel, *, datum_1904: bool) -> None:
    number = number_of(cel)
    if (number is not None and number < LAATSTE_DAG.year + 1) or _was_year(cel, datum_1904=datum_1904):
        raise CelFout(FoutCode.ONGELDIGE_DATUM, _JAARTAL)


def _was_year(cel: Cel, *, datum_1904: bool) -> bool:
    """Tell whether a date of a spreadsheet is a year that was typed in a cell for dates: 2014 shows as 6 July 1905."""
    if not isinstance(cel, date):
        return False
    day = cel.date() if isinstance(cel, datetime) else cel
    nul = _DAG_NUL_1904 if datum_1904 else _DAG_NUL_1900
    return EERSTE_DAG.year <= (day - nul).days <= LAATSTE_DAG.year


def _has_time(cel: Cel) -> bool:
    """Tell whether a date has a time other than 00:00 with it; an offset makes it another moment."""
    if isinstance(cel, datetime):
        return cel.time() != time.min
    if isinstance(cel, str):
        _, found = _split_time(cel)
        return found is not None and (bool(found[5]) or any(int(part or 0) for part in found.group(1, 2, 3, 4)))
    number = number_of(cel)
    return number is not None and not number.is_integer()


def _split_time(text: str) -> tuple[str, re.Match[str] | None]:
    """Return the day of a text and the time after it, when both are there."""
    text = text.strip()
    place = next((at for at, sign in enumerate(text) if sign in "T "), len(text))
    found = _TIJD.fullmatch(text[place:])
    return (text[:place], found) if found is not None else (text, None)


def _date_of_text(text: str) -> date | None:
    text, _ = _split_time(text)
    if match := _ISO_DATUM.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NL_DATUM.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    return None


def _datetime_of_serial(serial: float, *, datum_1904: bool) -> datetime:
    """Return the day and time of a spreadsheet's serial number, to the second; one of a year was refused before.

    Raises:
        OverflowError: after the last.
    """
    nul = _DAG_NUL_1904 if datum_1904 else _DAG_NUL_1900
    return datetime.combine(nul, time.min) + timedelta(seconds=round(serial * 86_400))


def _moment_of(cel: Cel, *, datum_1904: bool) -> datetime:
    if isinstance(cel, datetime):
        return cel if cel.tzinfo else cel.replace(tzinfo=AMSTERDAM)
    number = number_of(cel)
    if number is not None:
        return _datetime_of_serial(number, datum_1904=datum_1904).replace(tzinfo=AMSTERDAM)
    if isinstance(cel, str) and (match := _MOMENT.fullmatch(cel.strip())):
        return datetime.combine(date.fromisoformat(match[1]), time.fromisoformat(match[2]), tzinfo=_offset_of(match))
    return datetime.combine(parse_datum(cel, datum_1904=datum_1904), time.min, tzinfo=AMSTERDAM)


def _offset_of(match: re.Match[str]) -> ZoneInfo | timezone:
    if match[3]:
        return UTC
    if not match[4]:
        return AMSTERDAM
    size = timedelta(hours=int(match[5]), minutes=int(match[6]))
    return timezone(size if match[4] == "+" else -size)
