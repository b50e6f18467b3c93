"""Who would come into a team that is closed: the check that asks what is stored of teams and of who is in them.

A source system does not know of a closing. Its row may go on to say what the last import said, or where somebody is;
it brings nobody into a team that takes nobody on.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from app.imports.gelezen import Boek, Fouten, Gelezen, Regel
from app.invoer.teams import fault_in_team

#: the columns of a row beside the team that make it one that changes something
_ANDERE: Final = ("naam", "email", "rol", "team_sinds")


class BekendLid(NamedTuple):
    """A stored medewerker.

    Attributes:
        team: the key of the team by now.
        gezegd: what the last import said, by column of the sheet, with the key of the team; None when none did.
        met_account: whether the rol is no import's to change.
    """

    team: int | None
    gezegd: Mapping[str, object] | None = None
    met_account: bool = False


@dataclass(frozen=True, slots=True)
class Teams:
    """What is stored of teams.

    Attributes:
        gesloten: every name of a team that is closed or about to be, or whose people are in one that is → its key.
        leden: nummer → medewerker, withdrawn ones left out.
    """

    gesloten: Mapping[str, int] = field(default_factory=dict)
    leden: Mapping[str, BekendLid] = field(default_factory=dict)

    def comes_in(self, blad: Gelezen, regel: Regel, team: int) -> bool:
        """Tell whether a row brings somebody into a closed team."""
        lid = self.leden.get(blad.nummer(regel) or "")
        if lid is None or lid.team == team:
            return lid is None
        return lid.gezegd is None or lid.gezegd["team"] != team or _says_more(blad, regel, lid, lid.gezegd)


def check_teams(boek: Boek, teams: Teams, ingetrokken: AbstractSet[str], fouten: Fouten) -> None:
    """Report everybody who would newly come into a closed team.

    Args:
        boek: the parsed sheets.
        teams: what is stored.
        ingetrokken: nummers of medewerkers that people withdrew: their rows change nothing.
        fouten: takes up ``ongeldige_waarde``.
    """
    blad = boek.get("medewerkers")
    if blad is None or not teams.gesloten:
        return
    place = blad.soort.position("team")
    for regel in blad.regels:
        naam = regel.cellen[place]
        team = teams.gesloten.get(naam) if isinstance(naam, str) else None
        if team is None or blad.nummer(regel) in ingetrokken:
            continue
        bezwaar = fault_in_team("team", ending=teams.comes_in(blad, regel, team))
        if bezwaar is not None:
            fouten.object_to(blad, regel, bezwaar)


def _says_more(blad: Gelezen, regel: Regel, lid: BekendLid, gezegd: Mapping[str, object]) -> bool:
    """Tell whether a row corrects something beside the team: then it is a correction of all that it says."""
    waarden = blad.waarden(regel)
    said = {kolom: waarden.get(kolom) for kolom in _ANDERE if kolom in blad.kolommen}
    if lid.met_account:
        said.pop("rol", None)
    if said.get("team_sinds") is None:
        said.pop("team_sinds", None)
    return any(gezegd[kolom] != value for kolom, value in said.items())
