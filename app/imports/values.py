"""From a raw cell to a value of its column: one small parser per kind, each with its own clear fault.

A parser takes any cell that is not empty and either returns the value or raises ``CelFout``; nothing else.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from app.imports.dates import number_of, parse_datum, parse_moment
from app.imports.faults import CelFout, FoutCode
from app.imports.kolommen import Celsoort, Kolom
from app.imports.werkboek import Cel, Foutwaarde
from app.invoer.tekst import MAX_REGEL, MAX_TEKST, fault_in_line, fault_in_text, normalise
from app.lib.elfproef import is_geldig_bsn
from app.terms import NormCode

Waarde: TypeAlias = str | date | datetime | bool | int | StrEnum | tuple[NormCode, ...] | None
Parser: TypeAlias = Callable[[Cel], Waarde]

MAX_NUMMER: Final = 100  # characters

# A spreadsheet keeps 15 digits of a number; of a longer nummer the last ones have become zeros.
_ZEKERE_GETALLEN: Final = 10**15
_BSN_GETALLEN: Final = 10**9
# What a spreadsheet shows when a formula fails, in English or Dutch; saved as .csv it is plain text, and
# #FOUT is what a returned workbook has for it.
_FORMULEFOUT: Final = re.compile(
    r"#(FOUT|FORMULE|N/A|REF!|DIV/0!|NAME\?|VALUE!|NUM!|NULL!|N/B|VERW!|DEEL/0!|NAAM\?|WAARDE!|GETAL!|LEEG!)"
)
_GETAL: Final = re.compile(r"[0-9]{1,15}")
_JA_NEE: Final = {"ja": True, "nee": False}
_NORMEN: Final[Mapping[str, NormCode]] = {norm.value: norm for norm in NormCode}
_BSN_UITLEG: Final = "Dit is geen geldig burgerservicenummer; vul negen cijfers in die aan de elfproef voldoen."


def make_parser(kolom: Kolom, *, datum_1904: bool = False) -> Parser:
    """Return the parser of a column.

    Args:
        kolom: the column.
        datum_1904: whether serial numbers in this workbook count from 1904.

    Returns:
        A function from a cell that is not empty to the value; it raises ``CelFout`` and nothing else.
    """
    if kolom.soort is Celsoort.KEUZE:
        return _choice_parser(kolom.keuzes)
    if kolom.soort is Celsoort.DATUM:
        return lambda cel: parse_datum(cel, datum_1904=datum_1904)
    if kolom.soort is Celsoort.MOMENT:
        return lambda cel: parse_moment(cel, datum_1904=datum_1904)
    return _PARSERS[kolom.soort]


def is_leeg(cel: Cel) -> bool:
    """Tell whether a cell is empty: no text, or only spaces."""
    return isinstance(cel, str) and not cel.strip()


def parse_nummer(cel: Cel) -> str:
    """Read a nummer (also a reference): one line without invisible characters; 12.0 becomes '12'."""
    text = _text_of(cel)
    if len(text) > MAX_NUMMER:
        raise _invalid(f"Het nummer is langer dan {MAX_NUMMER} tekens; kort het in.")
    if not text.isprintable() or fault_in_line(text) is not None:
        raise _invalid("Het nummer bevat onzichtbare tekens; typ het opnieuw.")
    return text


def parse_tekst(cel: Cel) -> str:
    """Read a text on one line, of at most ``MAX_REGEL`` characters, normalised to NFC."""
    return _checked_text(cel, MAX_REGEL, fault_in_line)


def parse_lange_tekst(cel: Cel) -> str:
    r"""Read a text that may have line ends (\r\n becomes \n), of at most ``MAX_TEKST`` characters."""
    return _checked_text(cel, MAX_TEKST, fault_in_text)


def parse_ja_nee(cel: Cel) -> bool:
    """Read ja or nee in any case, or the yes/no of a spreadsheet."""
    if isinstance(cel, bool):
        return cel
    found = _JA_NEE.get(cel.strip().lower()) if isinstance(cel, str) else None
    if found is None:
        raise _invalid("Hier hoort ja of nee; vul een van beide in.")
    return found


def parse_number(cel: Cel) -> int:
    """Read a whole number, as a number or as its digits."""
    number = number_of(cel)
    if number is None and isinstance(cel, str) and _GETAL.fullmatch(cel.strip()):
        number = float(cel)
    if number is None or not number.is_integer() or not 0 <= number < _ZEKERE_GETALLEN:
        raise _invalid("Hier hoort een heel getal; vul alleen cijfers in.")
    return int(number)


def parse_bsn(cel: Cel) -> str:
    """Read a BSN; one that was stored as a number gets its leading zero back."""
    number = number_of(cel)
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


def _invalid(melding: str) -> CelFout:
    return CelFout(FoutCode.ONGELDIGE_WAARDE, melding)


def _text_of(cel: Cel) -> str:
    """Return a text or a number as stripped text in NFC."""
    if isinstance(cel, Foutwaarde) or (isinstance(cel, str) and _FORMULEFOUT.fullmatch(cel.strip())):
        raise _invalid("De cel toont een formulefout; vul de waarde zelf in.")
    if isinstance(cel, str):
        return normalise(cel)
    number = number_of(cel)
    if number is None:
        raise _invalid("Hier hoort tekst; maak de celeigenschap 'Tekst' en typ de waarde opnieuw.")
    if not -_ZEKERE_GETALLEN < number < _ZEKERE_GETALLEN:
        raise _invalid("Dit getal heeft te veel cijfers; maak de celeigenschap 'Tekst' en typ het opnieuw.")
    return str(int(number)) if number.is_integer() else repr(number)


def _checked_text(cel: Cel, length: int, fault_in: Callable[[str], str | None]) -> str:
    text = _text_of(cel)
    if len(text) > length:
        raise _invalid(f"De tekst is langer dan {length} tekens; kort hem in.")
    if (zin := fault_in(text)) is not None:
        raise _invalid(zin)
    return text


def _choice_parser(keuzes: tuple[StrEnum, ...]) -> Parser:
    known = {keuze.value: keuze for keuze in keuzes}

    def parse(cel: Cel) -> StrEnum:
        found = known.get(cel.strip()) if isinstance(cel, str) else None
        if found is None:
            raise _invalid(f"Deze waarde staat niet in de lijst; kies uit {', '.join(known)}.")
        return found

    return parse


_PARSERS: Final[Mapping[Celsoort, Parser]] = {
    Celsoort.NUMMER: parse_nummer,
    Celsoort.VERWIJZING: parse_nummer,
    Celsoort.TEKST: parse_tekst,
    Celsoort.LANGE_TEKST: parse_lange_tekst,
    Celsoort.JA_NEE: parse_ja_nee,
    Celsoort.BSN: parse_bsn,
    Celsoort.NORMEN: parse_normen,
    Celsoort.GETAL: parse_number,
}
