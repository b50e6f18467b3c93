"""First step of the check: known sheets and columns are found, and every cell is read on its own."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final, NamedTuple, TypeAlias

from app.clock import civil_date
from app.imports.check.header import Kop, check_kop
from app.imports.check.merged import Samengevoegd, report_merged
from app.imports.faults import CelFout, FoutCode
from app.imports.gelezen import ONBRUIKBAAR, Boek, Fouten, Gelezen, Inhoud, Regel
from app.imports.kolommen import BladSoort, Celsoort, Kolom
from app.imports.sheets import BLADEN
from app.imports.values import Parser, Waarde, is_leeg, make_parser
from app.imports.werkboek import FORMULE, Blad, Cel, Rauw, Werkboek
from app.invoer.datums import fault_after_last_day, last_day

Voortgang: TypeAlias = Callable[[str, int], None]

_STAP: Final = 1000  # rows between two words about how far it is
# Of these kinds few different values fill many cells; of the others nearly every cell is new.
_HERHAALD: Final = frozenset({Celsoort.VERWIJZING, Celsoort.DATUM, Celsoort.MOMENT, Celsoort.JA_NEE, Celsoort.NORMEN})

_DUBBEL_BLAD: Final = "Dit blad staat dubbel in het werkboek; voeg de rijen samen op een blad."
_ONBEKEND_BLAD: Final = f"Dit blad is niet bekend; verwijder het of noem het naar zijn inhoud: {', '.join(BLADEN)}."
_ZONDER_KOP: Final = (
    "Deze rij heeft een waarde in een kolom zonder kop; maak die cel leeg of geef de kolom een kop, "
    "en zet in een .csv een tekst met een scheidingsteken erin tussen aanhalingstekens."
)
_FORMULE: Final = "Hier staat een formule zonder uitkomst; reken het werkboek door en bewaar het, of vul de waarde in."


class _Lezing(NamedTuple):
    """How one column is read; ``plek`` is its place in the rows of this file, None when it is not there."""

    kolom: Kolom
    plek: int | None
    parse: Parser


def parse_werkboek(werkboek: Werkboek, vandaag: date, fouten: Fouten, voortgang: Voortgang | None) -> Boek:
    """Parse every known sheet; faults of sheets, headers and cells go to ``fouten``.

    Args:
        werkboek: the raw workbook.
        vandaag: today in Amsterdam.
        fouten: takes up the faults.
        voortgang: is told the sheet and its rows so far, every thousand rows and at its end.

    Returns:
        The parsed sheets by name, in the order of the contract.
    """
    found: Boek = {}
    for blad in werkboek.bladen:
        soort = BLADEN.get(blad.sleutel)
        if soort is None:
            fouten.add(blad.naam, 0, "", FoutCode.ONBEKEND_BLAD, _ONBEKEND_BLAD)
        elif soort.naam in found:
            fouten.add(blad.naam, 0, "", FoutCode.ONBEKEND_BLAD, _DUBBEL_BLAD)
        else:
            found[soort.naam] = _parse_blad(blad, soort, _parsers(soort, werkboek, vandaag), fouten, voortgang)
    return {naam: found[naam] for naam in BLADEN if naam in found}


def _parsers(soort: BladSoort, werkboek: Werkboek, vandaag: date) -> list[Parser]:
    return [_parser(kolom, werkboek, vandaag) for kolom in soort.kolommen]


def _parser(kolom: Kolom, werkboek: Werkboek, vandaag: date) -> Parser:
    parse = make_parser(kolom, datum_1904=werkboek.datum_1904)
    if last_day(kolom.naam, vandaag) is not None:
        parse = _not_after(kolom.naam, parse, vandaag)
    return _remembered(parse) if kolom.soort in _HERHAALD else parse


def _not_after(kolom: str, parse: Parser, vandaag: date) -> Parser:
    def parse_past(cel: Cel) -> Waarde:
        value = parse(cel)
        day = civil_date(value) if isinstance(value, datetime) else value
        bezwaar = fault_after_last_day(kolom, day, vandaag) if isinstance(day, date) else None
        if bezwaar is not None:
            raise CelFout(FoutCode(bezwaar.code), bezwaar.zin)
        return value

    return parse_past


def _remembered(parse: Parser) -> Parser:
    """Read equal cells once; only text and dates are remembered, since 1, 1.0 and True are equal as keys."""
    known: dict[Cel, Waarde] = {}

    def parse_once(cel: Cel) -> Waarde:
        if type(cel) is not str and type(cel) is not date:
            return parse(cel)
        if cel not in known:
            known[cel] = parse(cel)
        return known[cel]

    return parse_once


def _parse_blad(
    blad: Blad, soort: BladSoort, parsers: list[Parser], fouten: Fouten, voortgang: Voortgang | None
) -> Gelezen:
    kop = check_kop(blad, soort, fouten)
    gelezen = Gelezen(soort, tuple(kolom.naam for kolom in soort.kolommen if kolom.naam in kop.plekken), kop.ontbreekt)
    lezingen = [
        _Lezing(kolom, kop.plekken.get(kolom.naam), parse) for kolom, parse in zip(soort.kolommen, parsers, strict=True)
    ]
    samen = Samengevoegd.of(blad.samengevoegd, kop.plekken.values())
    for number, row in blad.bron():
        _parse_row(number, row, lezingen, gelezen, kop, samen, fouten)
        if voortgang is not None and number % _STAP == 0:
            voortgang(soort.naam, len(gelezen.regels))
    report_merged(blad, gelezen, samen, fouten)
    gelezen.verborgen = sum(blad.is_verborgen or regel.rij in blad.verborgen for regel in gelezen.regels)
    if voortgang is not None:
        voortgang(soort.naam, len(gelezen.regels))
    return gelezen


def _parse_row(
    number: int, row: Rauw, lezingen: list[_Lezing], gelezen: Gelezen, kop: Kop, samen: Samengevoegd, fouten: Fouten
) -> None:
    """Parse one row and keep it; a row without any value in a known column is passed over in silence."""
    loose = _has_loose_cells(row, kop)
    if not loose and _is_empty(row, kop):
        return
    regel = Regel(number, [])
    gelezen.regels.append(regel)
    if loose:
        fouten.add_row(gelezen, regel, "", FoutCode.ONGELDIGE_WAARDE, _ZONDER_KOP)
    for lezing in lezingen:
        hidden = lezing.plek is not None and samen.hides(number, lezing.plek, regel)
        try:
            value = ONBRUIKBAAR if hidden else _read_cell(row, lezing)
        except CelFout as fault:
            value = ONBRUIKBAAR
            hidden = fault.code is FoutCode.FORMULE_ZONDER_WAARDE
            fouten.add_row(gelezen, regel, lezing.kolom.naam, fault.code, fault.melding)
        if hidden and lezing.kolom.soort is Celsoort.NUMMER:
            gelezen.onleesbaar = gelezen.onleesbaar or number
        regel.cellen.append(value)


def _has_loose_cells(row: Rauw, kop: Kop) -> bool:
    """Tell whether a value stands under no header: a separator without quotes may have shifted a row."""
    if not kop.plekken:
        return False  # the header itself is at fault
    beyond = len(row) > kop.breedte and not all(map(is_leeg, row[kop.breedte :]))
    return beyond or any(not is_leeg(row[plek]) for plek in kop.zonder_naam if plek < len(row))


def _is_empty(row: Rauw, kop: Kop) -> bool:
    if not kop.plekken:
        return all(map(is_leeg, row))
    return all(is_leeg(row[plek]) for plek in kop.plekken.values() if plek < len(row))


def _read_cell(row: Rauw, lezing: _Lezing) -> Inhoud:
    plek = lezing.plek
    cel = row[plek] if plek is not None and plek < len(row) else ""
    if cel is FORMULE:
        raise CelFout(FoutCode.FORMULE_ZONDER_WAARDE, _FORMULE)
    if not is_leeg(cel):
        return lezing.parse(cel)
    if plek is None or not lezing.kolom.verplicht:
        return None  # an obliged column that is missing is reported once, in the header
    raise CelFout(FoutCode.VERPLICHT, "Deze cel is verplicht; vul hem in.")
