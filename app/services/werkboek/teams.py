"""Since when a row of the workbook puts somebody in a team, when its own cell (``team_sinds``) says nothing.

A first team holds from ever; another team than what is stored holds from the day of the import; the same team goes on
with the first day that it has. A team that was joined with another leads to that other one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.models import Medewerker
from app.services.werkboek.tables import Tafel

Content = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Leden:
    """What an import knows of teams.

    Attributes:
        vandaag: the day of the import.
        opvolgers: key of a team that was joined with another → key of the team where its people are.
    """

    vandaag: date = date.min
    opvolgers: Mapping[int, int] = field(default_factory=dict)

    def of_new(self, tafel: Tafel, content: Content) -> Content:
        """Return the content of a row that was not there before."""
        return self._in_successor(tafel, content) if tafel.model is Medewerker else content

    def as_before(self, tafel: Tafel, given: Content, said: Content, before: Content) -> Content:
        """Return what a row says with the first day that the last import gave, where it says the same team.

        Args:
            tafel: of the row.
            given: the content as the row's cells fill it.
            said: the same, completed with what the file does not say.
            before: what the last import said.
        """
        if tafel.model is not Medewerker:
            return said
        team, sinds = _places(tafel)
        return _with(said, sinds, given[sinds] or (before[sinds] if said[team] == before[team] else None))

    def of_known(self, tafel: Tafel, given: Content, content: Content, newest: Content) -> Content:
        """Return the content of the version that follows ``newest``."""
        if tafel.model is not Medewerker:
            return content
        team, sinds = _places(tafel)
        content = self._in_successor(tafel, content)
        same = content[team] == newest[team]
        return _with(content, sinds, given[sinds] or (newest[sinds] if same else self.vandaag))

    def _in_successor(self, tafel: Tafel, content: Content) -> Content:
        team, _ = _places(tafel)
        return _with(content, team, self.opvolgers.get(content[team], content[team]))


def _places(tafel: Tafel) -> tuple[int, int]:
    return tafel.kolommen.index("team_id"), tafel.kolommen.index("team_sinds")


def _with(content: Content, place: int, value: Any) -> Content:
    return (*content[:place], value, *content[place + 1 :])
