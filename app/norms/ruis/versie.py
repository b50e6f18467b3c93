"""One dated version of a ruisfactor: data with a source, never code. Source: ``normen.md`` §7."""

from dataclasses import dataclass
from datetime import date

from app.norms.calendar import is_active
from app.terms import Ruiscode, RuisSoort


@dataclass(frozen=True, slots=True)
class RuisVersie:
    """A ruisfactor as it holds during [geldig_van, geldig_tot).

    Attributes:
        code: which ruisfactor.
        versie: 1, 2, … within the code.
        naam: Dutch name on screen.
        soort: derived from the file, scored by a person, or both.
        gewicht: what it adds to the score.
        geldig_van: first day on which this version holds.
        geldig_tot: first day on which it no longer holds; None when open.
        regel: when it holds, in Dutch.
        bron: where it comes from; a choice of this project says so.
    """

    code: Ruiscode
    versie: int
    naam: str
    soort: RuisSoort
    gewicht: int
    geldig_van: date
    geldig_tot: date | None
    regel: str
    bron: str

    @property
    def mag_gescoord(self) -> bool:
        """Whether a person may score it."""
        return self.soort is not RuisSoort.AFGELEID

    def holds_on(self, peildatum: date) -> bool:
        """Tell whether this version is in force on a day."""
        return is_active(self.geldig_van, self.geldig_tot, peildatum)
