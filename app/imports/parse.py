"""First step of the check: known sheets and columns are found, and every cell is read on its own."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, TypeAlias

from app.imports.faults import CelFout, FoutCode
from app.imports.gelezen import ONBRUIKBAAR, Boek, Fouten, Gelezen, Inhoud, Regel
from app.imports.sheets import BLADEN, FOUTEN_KOLOM, NIET_IN_TOEKOMST, BladSoort, Kolom, Soort
from app.imports.values import AMSTERDAM, Parser, Waarde, is_leeg, make_parser
from app.imports.werkboek import Blad, Cel, Rauw, Werkboek

Voortgang: TypeAlias = Callable[[str, int], None]

_STAP: Final = 1000
# Of these kinds few different values fill many cells; of the others nearly every cell is new.
_HERHAALD: Final = frozenset({Soort.VERWIJZING, Soort.DATUM, Soort.MOMENT, Soort.JA_NEE, Soort.NORMEN})


class _Lezing(NamedTuple):
    """How one column of one file is read; ``plek`` is its place in the file's row, None when it is not there."""

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
            fouten.add(blad.naam, 0, "", FoutCode.ONBEKEND_BLAD, _onbekend_blad())
        elif soort.naam in found:
            fouten.add(blad.naam, 0, "", FoutCode.ONBEKEND_BLAD, "Dit blad staat dubbel in het werkboek; voeg de rijen samen.")
        else:
            found[soort.naam] = _parse_blad(blad, soort, _parsers(soort, werkboek, vandaag), fouten, voortgang)
    return {naam: found[naam] for naam in BLADEN if naam in found}


def _onbekend_blad() -> str:
    return f"Dit blad is niet bekend; verwijder het of noem het naar zijn inhoud: {', '.join(BLADEN)}."


def _parsers(soort: BladSoort, werkboek: Werkboek, vandaag: date) -> list[Parser]:
    return [_parser(kolom, werkboek, vandaag) for kolom in soort.kolommen]


def _parser(kolom: Kolom, werkboek: Werkboek, vandaag: date) -> Parser:
    parse = make_parser(kolom, datum_1904=werkboek.datum_1904)
    if kolom.naam in NIET_IN_TOEKOMST:
        parse = _not_after(parse, vandaag)
    return _remembered(parse) if kolom.soort in _HERHAALD else parse


def _not_after(parse: Parser, vandaag: date) -> Parser:
    tomorrow = datetime.combine(vandaag + timedelta(days=1), time.min, tzinfo=AMSTERDAM)

    def parse_past(cel: Cel) -> Waarde:
        value = parse(cel)
        late = value >= tomorrow if isinstance(value, datetime) else isinstance(value, date) and value > vandaag
        if late:
            raise CelFout(FoutCode.DATUM_IN_TOEKOMST, "Deze datum ligt na vandaag; vul de dag in waarop het was.")
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
    gelezen = Gelezen(
        soort, tuple(kolom.naam for kolom in soort.kolommen if kolom.naam in kop.plekken), kop.ontbreekt
    )
    lezingen = [
        _Lezing(kolom, kop.plekken.get(kolom.naam), parse)
        for kolom, parse in zip(soort.kolommen, parsers, strict=True)
    ]
    nameless = False
    for number, row in blad.bron():
        _parse_row(number, row, lezingen, gelezen, fouten)
        nameless = nameless or any(not is_leeg(row[plek]) for plek in kop.zonder_naam if plek < len(row))
        if len(row) > kop.breedte:
            _check_loose(number, row[kop.breedte :], gelezen, fouten)
        if voortgang is not None and number % _STAP == 0:
            voortgang(soort.naam, len(gelezen.regels))
    if nameless:
        fouten.add(soort.naam, 1, "", FoutCode.ONBEKENDE_KOLOM, "Een kolom zonder kop bevat waarden; geef hem een kop of maak hem leeg.")
    if voortgang is not None:
        voortgang(soort.naam, len(gelezen.regels))
    return gelezen


def _parse_row(number: int, row: Rauw, lezingen: list[_Lezing], gelezen: Gelezen, fouten: Fouten) -> None:
    """Parse one row and keep it; a row whose known cells are all empty is passed over in silence."""
    regel = Regel(number, [])
    width, empty, faults = len(row), [], list[tuple[Kolom, CelFout]]()
    filled = False
    for kolom, plek, parse in lezingen:
        cel = row[plek] if plek is not None and plek < width else ""
        value: Inhoud = None
        if cel == "" or is_leeg(cel):
            if kolom.verplicht:
                value = ONBRUIKBAAR
                empty.append((kolom, plek))
        else:
            filled = True
            try:
                value = parse(cel)
            except CelFout as fault:
                value = ONBRUIKBAAR
                faults.append((kolom, fault))
        regel.cellen.append(value)
    if not filled:
        return
    gelezen.regels.append(regel)
    ...


def _check_loose(number: int, loose: Rauw, gelezen: Gelezen, fouten: Fouten) -> None:
    """Report cells to the right of the header: an unquoted separator has shifted this row of a .csv."""
    ...
