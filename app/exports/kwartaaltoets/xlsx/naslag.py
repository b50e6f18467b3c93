"""The sheets to look things up: the norms with their sources, and the ruisfactoren with what they are not."""

from typing import Any, Final

from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.woorden import NOOIT_EEN_OORDEEL
from app.exports.kwartaaltoets.xlsx.bladen import NORMEN, RUISFACTOREN
from app.exports.kwartaaltoets.xlsx.schrijven import Alinea, SheetWriter

_NORMEN: Final = {"Norm": 9, "Versie": 8, "Naam": 40, "Zwaarte": 10, "Regel": 70, "Getallen": 30, "Bron": 60}
_RUISFACTOREN: Final = {"Code": 9, "Versie": 8, "Factor": 60, "Gewicht": 10, "Regel": 70, "Bron": 40}


def write_normen(workbook: Any, writer: SheetWriter, bestand: Toetsbestand) -> None:
    """Add the sheet with the norms of the quarter."""
    sheet = workbook.add_worksheet(NORMEN)
    _write_header(sheet, writer, 0, _NORMEN)
    for row, norm in enumerate(bestand.kop["normen"], start=1):
        getallen = "; ".join(f"{naam}: {_shown(value)}" for naam, value in norm["parameters"].items())
        voor = (norm["code"], norm["versie"], norm["naam"], norm["zwaarte"])
        na = [
            Alinea(tekst, _NORMEN[kop])
            for kop, tekst in (("Regel", norm["regel"]), ("Getallen", getallen), ("Bron", norm["bron"]))
        ]
        writer.write_row(sheet, row, (*voor, *na))
    sheet.freeze_panes(1, 1)


def write_ruisfactoren(workbook: Any, writer: SheetWriter, bestand: Toetsbestand) -> None:
    """Add the sheet with the ruisfactoren."""
    sheet = workbook.add_worksheet(RUISFACTOREN)
    sheet.write_string(0, 0, NOOIT_EEN_OORDEEL, writer.vet)
    _write_header(sheet, writer, 2, _RUISFACTOREN)
    for row, factor in enumerate(bestand.kop["ruisfactoren"], start=3):
        voor = (factor["code"], factor["versie"], Alinea(factor["naam"], _RUISFACTOREN["Factor"]), factor["gewicht"])
        na = (Alinea(factor["regel"], _RUISFACTOREN["Regel"]), Alinea(factor["bron"], _RUISFACTOREN["Bron"]))
        writer.write_row(sheet, row, (*voor, *na))
    sheet.freeze_panes(3, 0)


def _write_header(sheet: Any, writer: SheetWriter, row: int, kolommen: dict[str, int]) -> None:
    for place, breedte in enumerate(kolommen.values()):
        sheet.set_column(place, place, breedte)
    writer.write_header(sheet, row, tuple(kolommen))


def _shown(value: Any) -> str:
    return "niet gesteld" if value is None else str(value)
