"""What every export of an audit is made from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.exports.keurmerk import Vaststelling, Zegelverwijzing
from app.norms.kwartaaltoets.inhoud import GroepKengetallen, KopInhoud, RegelInhoud


@dataclass(frozen=True, slots=True)
class Namen:
    """Names by id, for those with the right; a child or medewerker that is not in it has no name here."""

    kinderen: Mapping[str, str]
    medewerkers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Toetsbestand:
    """One audit, ready to be written.

    Attributes:
        kop: what it says of itself.
        kengetallen: its key figures, the whole organisatie first.
        regels: opens a new pass over the rows, in the order of the content; never a list, there may be 20,000.
        digest: SHA-256 of the canonical content.
        vastgesteld_op: when it was frozen; None for a concept.
        vastgesteld_door: nummer of who froze it; None for a concept, or frozen by a command before it asked.
        namen: names of children and medewerkers; None for a reader without that right.
        zegel: of a frozen audit the last seal before that; of a concept the last one; None when there was none.
    """

    kop: KopInhoud
    kengetallen: list[GroepKengetallen]
    regels: Callable[[], Iterator[RegelInhoud]]
    digest: str
    vastgesteld_op: datetime | None
    vastgesteld_door: str | None
    namen: Namen | None
    zegel: Zegelverwijzing | None = None

    @property
    def vaststelling(self) -> Vaststelling | None:
        """Who froze it and when; None for a concept, or when nobody was named."""
        if self.vastgesteld_op is None or self.vastgesteld_door is None:
            return None
        return Vaststelling(self.vastgesteld_op, self.vastgesteld_door)
