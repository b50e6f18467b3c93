"""One dated version of a norm: data with a source, never code.

Source: ``normen.md`` §5 ("Een norm is gegevens met een versie").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.terms import NormCode, OnderwerpSoort, Zwaarte

PROJECTKEUZE = "keuze van dit project"
#: the day from which there are norms
EERSTE_CATALOGUS = date(1900, 1, 1)
#: the day from which the second catalogue holds (``normen.md`` §5b): no cell of an earlier quarter knows of it
TWEEDE_CATALOGUS = date(2026, 10, 1)


@dataclass(frozen=True, slots=True)
class NormVersie:
    """A norm as it holds during [geldig_van, geldig_tot).

    Attributes:
        code: which of the norms.
        versie: 1, 2, … within the code.
        naam: Dutch name on screen.
        onderwerp: what the norm is about.
        geldig_van: first day on which this version holds.
        geldig_tot: first day on which it no longer holds; None when open.
        zwaarte: ``norm`` counts as a violation, ``streef`` is shown only.
        waarschuwing_dagen: days before the uiterlijk from which the stand is ``nadert``.
        parameters: the numbers in the rule (months, days, working days, years, talks) by name.
        regel: the rule in one Dutch sentence.
        bron: where the rule comes from; a choice of this project says so.
        formule: which national formula it reckons by. An own version has numbers of its own and the formula of the
            national version in force on the day (``Catalogus``).
        id: of an organisatie's own version; a national one has none.
    """

    code: NormCode
    versie: int
    naam: str
    onderwerp: OnderwerpSoort
    geldig_van: date
    geldig_tot: date | None
    zwaarte: Zwaarte
    waarschuwing_dagen: int
    parameters: Mapping[str, int | None] = field(hash=False)
    regel: str
    bron: str
    formule: int = 1
    id: UUID | None = None

    def number(self, parameter: str) -> int:
        """Return a parameter that must have a value.

        Raises:
            ValueError: when this version does not set it.
        """
        value = self.parameters.get(parameter)
        if value is None:
            msg = f"{self.code} versie {self.versie} heeft geen waarde voor {parameter}"
            raise ValueError(msg)
        return value

    def holds_on(self, peildatum: date) -> bool:
        """Tell whether this version is in force on ``peildatum``."""
        return self.geldig_van <= peildatum and (self.geldig_tot is None or peildatum < self.geldig_tot)
