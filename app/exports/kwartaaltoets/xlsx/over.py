"""The first sheet: what this is, how far it is, how to read it, and how to prove that it is whole."""

from collections.abc import Iterator
from typing import Any, Final

from app.clock import AMSTERDAM
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.woorden import (
    NAVOLGBAAR,
    NOOIT_EEN_OORDEEL,
    NVT,
    door_wie,
    known_at,
    quarter_words,
    seal_sentence,
    status_sentence,
    status_word,
)
from app.exports.kwartaaltoets.xlsx.bladen import GRAFIEKEN, KENGETALLEN, KINDEREN, NORMEN, OVER, RUISFACTOREN
from app.exports.kwartaaltoets.xlsx.schrijven import Alinea, Cel, SheetWriter, Standcel, day
from app.terms import Stand, Zwaarte

_BREEDTE: Final = 100


def write_over(workbook: Any, writer: SheetWriter, bestand: Toetsbestand) -> None:
    """Add the sheet."""
    sheet = workbook.add_worksheet(OVER)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, _BREEDTE)
    sheet.write_string(0, 0, f"Kwartaaltoets {bestand.kop['kwartaal']}: {status_word(bestand)}", writer.titel)
    for row, (label, cel) in enumerate((*_facts(bestand), *_reading(bestand)), start=2):
        sheet.write_string(row, 0, label, writer.vet)
        writer.write_row(sheet, row, (None, cel))


def _facts(bestand: Toetsbestand) -> Iterator[tuple[str, Cel]]:
    kop = bestand.kop
    yield "Organisatie", f"{kop['organisatie']['naam']} ({kop['organisatie']['code']})"
    yield "Kwartaal", quarter_words(kop["kwartaal"])
    yield "Eerste dag", day(kop["eersteDag"])
    yield "Laatste dag", day(kop["laatsteDag"])
    yield "Status", status_sentence(bestand)
    if bestand.vastgesteld_op is not None:
        yield "Vastgesteld op", bestand.vastgesteld_op.astimezone(AMSTERDAM)
        yield "Vastgesteld door", door_wie(bestand)
    yield "Bekend op", known_at(bestand).astimezone(AMSTERDAM)
    yield "", "Beoordeeld is wat op dat moment in het dossier stond (tijd in Nederland)."
    if kop["vervangt"] is not None:
        yield "Vervangt", f"de toets {kop['vervangt']}"
    yield "Kinderen", str(bestand.kengetallen[0]["alle"]["rijen"])
    yield (
        "Namen",
        "zonder namen van kinderen en medewerkers" if bestand.namen is None else "met namen: ga er zorgvuldig mee om",
    )


def _reading(bestand: Toetsbestand) -> Iterator[tuple[str, Cel]]:
    yield "", None
    yield "Navolgbaar", Alinea(NAVOLGBAAR, _BREEDTE)
    yield "Ruisfactoren", Alinea(NOOIT_EEN_OORDEEL, _BREEDTE)
    yield "Stand", Standcel(Stand.OP_TIJD, Zwaarte.NORM, zegt_streef=True)
    yield "", Standcel(Stand.NADERT, Zwaarte.NORM, zegt_streef=True)
    yield "", Standcel(Stand.TE_LAAT, Zwaarte.NORM, zegt_streef=True)
    yield "", Standcel(Stand.TE_LAAT, Zwaarte.STREEF, zegt_streef=True)
    yield "", Standcel(Stand.UITZONDERING, Zwaarte.NORM, zegt_streef=True)
    yield (
        "",
        f"{NVT}: de norm geldt niet voor dit kind. Een uitzondering is te laat, maar gedekt door een goedgekeurd plan.",
    )
    yield (
        "Bladen",
        f"{KENGETALLEN}, {GRAFIEKEN}, {NORMEN} en {RUISFACTOREN}; {KINDEREN} met alle rijen, en een blad per team.",
    )
    yield "", None
    yield "Controlegetal van de toets (digest)", bestand.digest
    yield "", "SHA-256 van de vaste inhoud; de JSON-export van deze toets heeft hetzelfde getal."
    if bestand.zegel is not None:
        yield "Zegel", seal_sentence(bestand.zegel)
    yield (
        "Controleren",
        "pleegzicht verifieer BESTAND vindt elke gewijzigde byte; opnieuw bewaren wist het keurmerk.",
    )
