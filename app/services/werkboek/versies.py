"""How the versions of one fact stand to the imports: what holds, what imports said, and what an import took back.

An import writes without an author; what ``importeer --terug`` writes says so in its reason. It takes the version before
it away with it: what is left is the file as it was before that import, whatever was said by people or by others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, and_

T = TypeVar("T")

#: why a version is there; the change log shows it, and ``is_terug`` asks for it
GEWIJZIGD: Final = "gewijzigd in de import"
OPNIEUW: Final = "opnieuw geïmporteerd"
TERUG: Final = "import teruggedraaid"


class Versie(NamedTuple, Generic[T]):
    """One version, as far as it matters here.

    Attributes:
        door: who recorded it; None for an import.
        reden: why.
        inhoud: whatever the caller wants back.
    """

    door: int | None
    reden: str | None
    inhoud: T


@dataclass(frozen=True, slots=True)
class Feitstand(Generic[T]):
    """How a fact stands.

    Attributes:
        geldig: the versions that were not taken back, the oldest first; none when the import that brought the fact
            was taken back.
    """

    geldig: tuple[Versie[T], ...]

    @property
    def is_weg(self) -> bool:
        """Whether the import that brought the fact counts as never made."""
        return not self.geldig

    @property
    def imported(self) -> T | None:
        """What the last import said that was not taken back."""
        return next((versie.inhoud for versie in reversed(self.geldig) if versie.door is None), None)


def is_terug(versie: Versie[Any]) -> bool:
    """Tell whether a version takes an import back."""
    return versie.door is None and versie.reden == TERUG


def stand_of(versies: Iterable[Versie[T]]) -> Feitstand[T]:
    """Return how a fact stands.

    Args:
        versies: all of them, the oldest first.
    """
    geldig: list[Versie[T]] = []
    for versie in versies:
        if is_terug(versie):
            geldig.pop()
        else:
            geldig.append(versie)
    return Feitstand(tuple(geldig))


def takes_back(model: Any) -> ColumnElement[bool]:
    """Return the condition that a row of ``model`` takes an import back; ``is_terug`` in SQL."""
    return and_(model.vastgelegd_door.is_(None), model.wijzigingsreden == TERUG)
