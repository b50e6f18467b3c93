"""From a raw cell to a value of its column: one small parser per kind, each with its own clear fault.

A parser takes any cell that is not empty and either returns the value or raises ``CelFout``; nothing else.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from app.imports.elfproef import is_geldig_bsn
from app.imports.faults import CelFout, FoutCode
from app.imports.sheets import Kolom, Soort
from app.imports.werkboek import Cel, Foutwaarde
from app.terms import NormCode

Waarde: TypeAlias = str | date | datetime | bool | StrEnum | tuple[NormCode, ...] | None
Parser: TypeAlias = Callable[[Cel], Waarde]

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
# Norms hold from 1900; a "forever" such as 9999-12-31 would break calendar sums and belongs in an empty cell.
EERSTE_DAG: Final = date(1900, 1, 1)
LAATSTE_DAG: Final = date(2199, 12, 31)
MAX_NUMMER: Final = 100
MAX_TEKST: Final = 250
MAX_LANGE_TEKST: Final = 10_000

# A spreadsheet keeps 15 digits of a number; of a longer nummer the last ones have become zeros.
_ZEKERE_GETALLEN: Final = 10**15
_BSN_GETALLEN: Final = 10**9
# Serial 60 is 29 February 1900, which spreadsheets believe in; from 61 on the count is right from this day.
_DAG_NUL_1900: Final = date(1899, 12, 30)
_DAG_NUL_1904: Final = date(1904, 1, 1)
_SCHRIKKELFOUT: Final = 60
_ISO_DATUM: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NL_DATUM: Final = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?) ?"
    r"(?:(Z)|([+-])([0-9]{2}):?([0-9]{2}))?"
)
# Control characters, halves of a character (UTF-8 cannot store them), and line and paragraph ends.
_VERBODEN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_JA_NEE: Final = {"ja": True, "nee": False}
_NORMEN: Final[Mapping[str, NormCode]] = {norm.value: norm for norm in NormCode}

_DATUM_UITLEG: Final = "Dit is geen bestaande datum van 1900 tot en met 2199; schrijf bijvoorbeeld 2026-11-21 of 21-11-2026."
_MOMENT_UITLEG: Final = (
    "Dit is geen bestaand moment van 1900 tot en met 2199; schrijf een datum, of bijvoorbeeld 2026-11-21T14:30:00+01:00."
)
_BSN_UITLEG: Final = "Dit is geen geldig burgerservicenummer; vul negen cijfers in die aan de elfproef voldoen."


def make_parser(kolom: Kolom, *, datum_1904: bool = False) -> Parser:
    """Return the parser of a column.

    Args:
        kolom: the column.
        datum_1904: whether serial numbers in this workbook count from 1904.

    Returns:
        A function from a cell that is not empty to the value; it raises ``CelFout`` and nothing else.
    """
    if kolom.soort is Soort.KEUZE:
        return _choice_parser(kolom.keuzes)
    if kolom.soort is Soort.DATUM:
        return lambda cel: parse_datum(cel, datum_1904=datum_1904)
    if kolom.soort is Soort.MOMENT:
        return lambda cel: parse_moment(cel, datum_1904=datum_1904)
    return _PARSERS[kolom.soort]


def is_leeg(cel: Cel) -> bool:
    """Tell whether a cell is empty: no text, or only spaces."""
    return isinstance(cel, str) and not cel.strip()


def parse_nummer(cel: Cel) -> str:
    """Read a nummer, also of another row: text on one line without invisible characters; 12.0 becomes '12'."""
    text = _text_of(cel)
    if len(text) > MAX_NUMMER:
        raise _invalid(f"Het nummer is langer dan {MAX_NUMMER} tekens; kort het in.")
    if not text.isprintable():
        raise _invalid("Het nummer bevat onzichtbare tekens; typ het opnieuw.")
    return text


def parse_tekst(cel: Cel) -> str:
    """Read a text on one line, of at most ``MAX_TEKST`` characters, normalised to NFC."""
    return _checked_text(cel, MAX_TEKST, allowed="")


def parse_lange_tekst(cel: Cel) -> str:
    r"""Read a text that may have line ends (\r\n becomes \n), of at most ``MAX_LANGE_TEKST`` characters."""
    return _checked_text(cel, MAX_LANGE_TEKST, allowed="\n\t")


def parse_ja_nee(cel: Cel) -> bool:
    """Read ja or nee in any case, or the yes/no of a spreadsheet."""
    if isinstance(cel, bool):
        return cel
    found = _JA_NEE.get(cel.strip().lower()) if isinstance(cel, str) else None
    if found is None:
        raise _invalid("Hier hoort ja of nee; vul een van beide in.")
    return found


def parse_bsn(cel: Cel) -> str:
    """Read a BSN; one that was stored as a number gets its leading zero back."""
    number = _number_of(cel)
    if number is not None and number.is_integer() and 0 <= number < _BSN_GETALLEN:
        text = f"{int(number):09}"
    else:
        text = cel.strip() if isinstance(cel, str) else ""
    if not is_geldig_bsn(text):
        raise CelFout(FoutCode.BSN_ELFPROEF, _BSN_UITLEG)
    return text


def parse_normen(cel: Cel) -> tuple[NormCode, ...]:
    """Read norm codes with spaces between them; each is kept once, in the order of the cell."""
    codes = dict.fromkeys(cel.split()) if isinstance(cel, str) else {}
    if not codes or not codes.keys() <= _NORMEN.keys():
        raise _invalid(f"Hier horen normcodes met spaties ertussen; kies uit {', '.join(_NORMEN)}.")
    return tuple(_NORMEN[code] for code in codes)


def parse_datum(cel: Cel, *, datum_1904: bool = False) -> date:
    """Read a civil date: a date, a datetime at midnight, a serial number, ``YYYY-MM-DD`` or ``D-M-YYYY``."""
    try:
        day = _date_of(cel, datum_1904=datum_1904)
    except (ValueError, OverflowError) as reason:
        raise CelFout(FoutCode.ONGELDIGE_DATUM, _DATUM_UITLEG) from reason
    if day is None or not EERSTE_DAG <= day <= LAATSTE_DAG:
        raise CelFout(FoutCode.ONGELDIGE_DATUM, _DATUM_UITLEG)
    return day


def parse_moment(cel: Cel, *, datum_1904: bool = False) -> datetime:
    """Read an instant as aware UTC: a date is 00:00 Amsterdam, without an offset the time is Amsterdam's.

    Of the hour that occurs twice in autumn the first is meant; a time that spring skips counts on from before it.

    Source:
        ``contract.md`` §5 (vastgelegd_op), ``domein.md`` §3.
    """
    try:
        moment = _moment_of(cel, datum_1904=datum_1904)
        if EERSTE_DAG <= moment.date() <= LAATSTE_DAG:
            return moment.astimezone(UTC)
    except (CelFout, ValueError, OverflowError) as reason:
        raise CelFout(FoutCode.ONGELDIGE_DATUM, _MOMENT_UITLEG) from reason
    raise CelFout(FoutCode.ONGELDIGE_DATUM, _MOMENT_UITLEG)


def _invalid(melding: str) -> CelFout:
    return CelFout(FoutCode.ONGELDIGE_WAARDE, melding)


def _text_of(cel: Cel) -> str:
    """Return a text or a number as stripped text in NFC."""
    if isinstance(cel, str):
        text = cel.strip()
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if isinstance(cel, Foutwaarde):
        raise _invalid("De cel toont een formulefout; vul de waarde zelf in.")
    number = _number_of(cel)
    if number is None:
        raise _invalid("Hier hoort tekst; maak de celeigenschap 'Tekst' en typ de waarde opnieuw.")
    if not -_ZEKERE_GETALLEN < number < _ZEKERE_GETALLEN:
        raise _invalid("Dit getal heeft te veel cijfers; maak de celeigenschap 'Tekst' en typ het opnieuw.")
    return str(int(number)) if number.is_integer() else repr(number)


def _number_of(cel: Cel) -> float | None:
    """Return a number as float, and anything else, yes/no included, as None."""
    if isinstance(cel, bool) or not isinstance(cel, int | float):
        return None
    try:
        return float(cel)
    except OverflowError:
        return math.inf


def _checked_text(cel: Cel, length: int, *, allowed: str) -> str:
    text = _text_of(cel)
    if len(text) > length:
        raise _invalid(f"De tekst is langer dan {length} tekens; kort hem in.")
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(sign) in _VERBODEN and sign not in allowed for sign in text):
        raise _invalid("De tekst bevat onzichtbare stuurtekens of een regeleinde; typ hem opnieuw op één regel.")
    return text


def _choice_parser(keuzes: tuple[StrEnum, ...]) -> Parser:
    known = {keuze.value: keuze for keuze in keuzes}

    def parse(cel: Cel) -> StrEnum:
        found = known.get(cel.strip()) if isinstance(cel, str) else None
        if found is None:
            raise _invalid(f"Deze waarde staat niet in de lijst; kies uit {', '.join(known)}.")
        return found

    return parse


def _date_of(cel: Cel, *, datum_1904: bool) -> date | None:
    if isinstance(cel, datetime):
        return cel.date() if cel.time() == time.min else None
    if isinstance(cel, date):
        return cel
    if isinstance(cel, str):
        return _date_of_text(cel.strip())
    number = _number_of(cel)
    if number is not None and number.is_integer():
        return _datetime_of_serial(number, datum_1904=datum_1904).date()
    return None


def _date_of_text(text: str) -> date | None:
    if match := _ISO_DATUM.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NL_DATUM.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    return None


def _datetime_of_serial(serial: float, *, datum_1904: bool) -> datetime:
    """Return the day and time of a spreadsheet's serial number, to the second.

    Raises:
        ValueError, OverflowError: no such day.
    """
    if datum_1904:
        nul = _DAG_NUL_1904
    else:
        if not serial >= 1 or _SCHRIKKELFOUT <= serial < _SCHRIKKELFOUT + 1:
            raise ValueError
        nul = _DAG_NUL_1900 + timedelta(days=serial < _SCHRIKKELFOUT)
    return datetime.combine(nul, time.min) + timedelta(seconds=round(serial * 86_400))


def _moment_of(cel: Cel, *, datum_1904: bool) -> datetime:
    if isinstance(cel, datetime):
        return cel if cel.tzinfo else cel.replace(tzinfo=AMSTERDAM)
    number = _number_of(cel)
    if number is not None:
        return _datetime_of_serial(number, datum_1904=datum_1904).replace(tzinfo=AMSTERDAM)
    if isinstance(cel, str) and (match := _MOMENT.fullmatch(cel.strip())):
        return datetime.combine(
            date.fromisoformat(match[1]), time.fromisoformat(match[2]), tzinfo=_offset_of(match)
        )
    return datetime.combine(parse_datum(cel, datum_1904=datum_1904), time.min, tzinfo=AMSTERDAM)


def _offset_of(match: re.Match[str]) -> ZoneInfo | timezone:
    if match[3]:
        return UTC
    if not match[4]:
        return AMSTERDAM
    size = timedelta(hours=int(match[5]), minutes=int(match[6]))
    return timezone(size if match[4] == "+" else -size)


_PARSERS: Final[Mapping[Soort, Parser]] = {
    Soort.NUMMER: parse_nummer,
    Soort.VERWIJZING: parse_nummer,
    Soort.TEKST: parse_tekst,
    Soort.LANGE_TEKST: parse_lange_tekst,
    Soort.JA_NEE: parse_ja_nee,
    Soort.BSN: parse_bsn,
    Soort.NORMEN: parse_normen,
}
