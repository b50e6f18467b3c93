"""The sheets with rows: all children on one, and those of each team on its own; in one pass, row by row."""

from collections.abc import Iterator
from typing import Any

from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.xlsx.bladen import KINDEREN, ZONDER_TEAM, Bladnamen
from app.exports.kwartaaltoets.xlsx.kolommen import Toetskolom, columns_of
from app.exports.kwartaaltoets.xlsx.schrijven import SheetWriter
from app.norms.kwartaaltoets.inhoud import RegelInhoud


class _Tabel:
    """One sheet that grows by a row at a time."""

    def __init__(self, sheet: Any, writer: SheetWriter, kolommen: list[Toetskolom]) -> None:
        self._sheet, self._writer, self._breedte = sheet, writer, len(kolommen)
        self._last = 0
        for place, kolom in enumerate(kolommen):
            sheet.set_column(place, place, kolom.breedte)
        writer.write_header(sheet, 0, [kolom.kop for kolom in kolommen])

    def append(self, cellen: list[Any]) -> None:
        """Write the next row."""
        self._last += 1
        self._writer.write_row(self._sheet, self._last, cellen)

    def finish(self, frozen: int) -> None:
        """Freeze the header and who it is about, and let people filter."""
        self._sheet.freeze_panes(1, frozen)
        self._sheet.autofilter(0, 0, self._last, self._breedte - 1)


def write_kinderen(workbook: Any, writer: SheetWriter, bestand: Toetsbestand) -> None:
    """Add Kinderen, and a sheet for each team by name, in the order of the key figures."""
    kolommen = columns_of(bestand)
    namen = Bladnamen()
    alle = _Tabel(workbook.add_worksheet(KINDEREN), writer, kolommen)
    teams: dict[str, _Tabel] = {}
    for team in _teams(bestand):
        sheet = workbook.add_worksheet(namen.free(team or ZONDER_TEAM))
        teams[team] = _Tabel(sheet, writer, kolommen)
    for regel in bestand.regels():
        cellen = [kolom.lees(regel) for kolom in kolommen]
        alle.append(cellen)
        teams[_team(regel)].append(cellen)
    for tabel in (alle, *teams.values()):
        tabel.finish(1 if bestand.namen is None else 2)


def _teams(bestand: Toetsbestand) -> Iterator[str]:
    return (groep["naam"] for groep in bestand.kengetallen if groep["soort"] == "team")


def _team(regel: RegelInhoud) -> str:
    return regel["team"]["naam"] if regel["team"] else ""
