"""Since when a row of the workbook puts somebody in a team, when its own cell (``team_sinds``) says nothing.

A first team holds from ever; another team than what is stored holds from the day of the import; the same team goes on
with the first day that it has. A team that was joined with another leads to that other one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.models import Medewerker
from app.services.werkboek.tables import Content, SheetTable


@dataclass(frozen=True, slots=True)
class Leden:
    """What an import knows of teams.

    Attributes:
        vandaag: the day of the import.
        opvolgers: key of a team that was joined with another → key of the team where its people are.
    """

    vandaag: date = date.min
    opvolgers: Mapping[int, int] = field(default_factory=dict)

    def of_new(self, table: SheetTable, content: Content) -> Content:
        """Return the content of a row that was not there before."""
        return self.in_successor(table, content)

    def as_before(self, table: SheetTable, given: Content, said: Content, before: Content) -> Content:
        """Return what a row says with the first day that the last import gave, where it says the same team.

        Args:
            table: of the row.
            given: the content as the row's cells fill it.
            said: the same, completed with what the file does not say.
            before: what the last import said.
        """
        if table.model is not Medewerker:
            return said
        team, sinds = _places(table)
        said = self.in_successor(table, said)
        same = said[team] == before[team]
        return _with(said, sinds, self._first_day(table, given, same=same) or (before[sinds] if same else None))

    def of_known(self, table: SheetTable, given: Content, content: Content, newest: Content) -> Content:
        """Return the content of the version that follows ``newest``."""
        if table.model is not Medewerker:
            return content
        team, sinds = _places(table)
        content = self.in_successor(table, content)
        same = content[team] == newest[team]
        first = self._first_day(table, given, same=same)
        return _with(content, sinds, first or (newest[sinds] if same else self.vandaag))

    def in_successor(self, table: SheetTable, content: Content) -> Content:
        """Return a content, of a row or of a stored version, with the team where its people are by now."""
        if table.model is not Medewerker:
            return content
        team, _ = _places(table)
        return _with(content, team, self.opvolgers.get(content[team], content[team]))

    def _first_day(self, table: SheetTable, given: Content, *, same: bool) -> Any:
        """Return the first day in a row: one in a team that is no more is none in the team where its people went."""
        team, sinds = _places(table)
        return None if same and given[team] in self.opvolgers else given[sinds]


def _places(table: SheetTable) -> tuple[int, int]:
    return table.kolommen.index("team_id"), table.kolommen.index("team_sinds")


def _with(content: Content, place: int, value: Any) -> Content:
    return (*content[:place], value, *content[place + 1 :])
