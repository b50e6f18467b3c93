"""How much demo data: the named sizes of ``pleegzicht demo --omvang``, or any number of children."""

from dataclasses import dataclass

from app.errors import BadInput

_GROOT = 500  # children from which an organisatie gets the long history
_LANG, _KORT = 10, 3  # years of history
_GEZINNEN, _KINDEREN = 900, 1300  # a large provider (normen.md §9)
_KIND_PER_TEAM = 160


class OnbekendeOmvang(BadInput):
    """Neither a named size nor a number of children."""

    code = "onbekende_omvang"
    detail = "De omvang is klein, aanbieder, landelijk of een aantal kinderen van 1 of meer."


@dataclass(frozen=True, slots=True)
class Omvang:
    """Children and families, all told (in care and gone), and years of history."""

    kinderen: int
    gezinnen: int
    jaren: int

    @property
    def teams(self) -> int:
        """How many teams of eight or nine begeleiders that takes."""
        return max(1, round(self.kinderen / _KIND_PER_TEAM))

    def share(self, team: int) -> tuple[int, int]:
        """Return how many children and families the team with this index (from 0) has; teams differ by one at most."""
        return _share(self.kinderen, self.teams, team), _share(self.gezinnen, self.teams, team)


_NAMEN = {
    "klein": Omvang(60, 42, _KORT),
    "aanbieder": Omvang(1300, 900, _LANG),
    "landelijk": Omvang(19_918, 14_713, _LANG),
}


def parse_omvang(tekst: str) -> Omvang:
    """Return the size that is meant by a name or a number.

    Raises:
        OnbekendeOmvang: it is neither.
    """
    bekend = _NAMEN.get(tekst.strip().lower())
    if bekend is not None:
        return bekend
    if not tekst.strip().isascii() or not tekst.strip().isdigit() or int(tekst) < 1:
        raise OnbekendeOmvang
    return of_kinderen(int(tekst))


def of_kinderen(kinderen: int) -> Omvang:
    """Return the size for a number of children, with as many families as a large provider has for them."""
    gezinnen = max(1, round(kinderen * _GEZINNEN / _KINDEREN))
    return Omvang(kinderen, gezinnen, _LANG if kinderen >= _GROOT else _KORT)


def _share(totaal: int, delen: int, index: int) -> int:
    return totaal // delen + (index < totaal % delen)
