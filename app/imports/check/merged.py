"""Merged cells: all but the first of each read as empty, and nobody left those empty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.imports.faults import FoutCode
from app.imports.gelezen import Fouten, Gelezen, Regel
from app.imports.werkboek import Blad, Celbereik

_EERSTE_RIJ: Final = 2  # the heading stands above it
_MELDING: Final = "Deze cel is samengevoegd met andere; hef de samenvoeging op en vul elke cel zelf."


@dataclass(slots=True)
class _Kolom:
    """The merged cells of one column, from above; ``nu`` is the one that reaches furthest down so far."""

    bereiken: list[Celbereik]
    volgende: int = 0
    nu: Celbereik | None = None

    def at(self, rij: int) -> Celbereik | None:
        """Return the merged cells that a row is in; rows are asked for in order."""
        while self.volgende < len(self.bereiken) and self.bereiken[self.volgende].rij <= rij:
            found = self.bereiken[self.volgende]
            self.volgende += 1
            if self.nu is None or found.laatste_rij > self.nu.laatste_rij:
                self.nu = found
        return self.nu if self.nu is not None and rij <= self.nu.laatste_rij else None


@dataclass(slots=True)
class Samengevoegd:
    """The merged cells of one sheet that touch a known column, while its rows are gone through.

    Attributes:
        kolommen: per place in the rows its merged cells.
        gevonden: all of them, with their first row below row 1 when it has values.
    """

    kolommen: dict[int, _Kolom]
    gevonden: dict[Celbereik, Regel | None] = field(default_factory=dict)

    @classmethod
    def of(cls, bereiken: Iterable[Celbereik], plekken: Iterable[int]) -> "Samengevoegd":
        """Sort out which merged cells touch which of the known columns below row 1."""
        below = sorted(bereik for bereik in bereiken if bereik.laatste_rij >= _EERSTE_RIJ)
        columns = {
            plek: [bereik for bereik in below if bereik.kolom <= plek <= bereik.laatste_kolom] for plek in plekken
        }
        touching = {bereik for found in columns.values() for bereik in found}
        return cls(
            {plek: _Kolom(found) for plek, found in columns.items() if found},
            dict.fromkeys(bereik for bereik in below if bereik in touching),
        )

    def hides(self, rij: int, plek: int, regel: Regel) -> bool:
        """Tell whether a cell of a row with values lost what it had; the first cell of a range kept it."""
        column = self.kolommen.get(plek)
        bereik = column.at(rij) if column is not None else None
        if bereik is None:
            return False
        first = max(bereik.rij, _EERSTE_RIJ)
        if rij == first:
            self.gevonden[bereik] = regel
        else:
            regel.gedeeld = first
        return (rij, plek) != (bereik.rij, bereik.kolom)


def report_merged(blad: Blad, gelezen: Gelezen, samen: Samengevoegd, fouten: Fouten) -> None:
    """Report each of the merged cells once, at the first cell below row 1; the other rows must wait.

    Also those without any value, below the table too: whoever merged them meant something to stand there.
    """
    naam_of: Mapping[int, str] = dict(enumerate(blad.kop))
    for bereik, regel in samen.gevonden.items():
        kolom = naam_of.get(bereik.kolom, "")
        kolom = kolom.lower() if gelezen.soort.has(kolom.lower()) else kolom
        if regel is None:
            rij = max(bereik.rij, _EERSTE_RIJ)
            fouten.add(gelezen.naam, rij, kolom, FoutCode.SAMENGEVOEGDE_CELLEN, _MELDING)
        else:
            fouten.add_row(gelezen, regel, kolom, FoutCode.SAMENGEVOEGDE_CELLEN, _MELDING)
