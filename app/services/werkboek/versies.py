"""How the versions of one fact stand to the imports: what holds, what imports said, and what an import took back.

An import writes without an author, and so does the service by itself (the first beheerder, what goes along to a next
begeleider): what it made has its own nummer, and what it changed its own reason. What ``importeer --terug`` writes
says so in its reason. It takes the version before it away with it: what is left is the file as it was before that
import, whatever was said by people or by others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, and_

from app.services.feiten.versions import own_nummer

T = TypeVar("T")

#: why a version is there; the change log shows it, and ``versie_of`` asks for it
GEWIJZIGD: Final = "gewijzigd in de import"
OPNIEUW: Final = "opnieuw geïmporteerd"
TERUG: Final = "import teruggedraaid"
#: the reasons of what an import writes about what is stored
_REDENEN: Final = frozenset({GEWIJZIGD, OPNIEUW})


class Versie(NamedTuple, Generic[T]):
    """One version, as far as it matters here.

    Attributes:
        van_import: whether an import wrote it.
        is_terug: whether it takes an import back.
        inhoud: whatever the caller wants back.
    """

    van_import: bool
    is_terug: bool
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
        return next((versie.inhoud for versie in reversed(self.geldig) if versie.van_import), None)


def versie_of(row: Any, inhoud: T) -> Versie[T]:
    """Return a stored version with a content.

    Args:
        row: its nummer, volgorde, vastgelegd_door and wijzigingsreden.
        inhoud: of the caller.
    """
    reden = row.wijzigingsreden
    written = reden in _REDENEN if reden is not None else row.nummer != own_nummer(row.volgorde)
    return Versie(row.vastgelegd_door is None and written, row.vastgelegd_door is None and reden == TERUG, inhoud)


def stand_of(versies: Iterable[Versie[T]]) -> Feitstand[T]:
    """Return how a fact stands.

    Args:
        versies: all of them, the oldest first.
    """
    geldig: list[Versie[T]] = []
    for versie in versies:
        if versie.is_terug:
            geldig.pop()
        else:
            geldig.append(versie)
    return Feitstand(tuple(geldig))


def takes_back(model: Any) -> ColumnElement[bool]:
    """Return the condition that a row of ``model`` takes an import back; ``Versie.is_terug`` in SQL."""
    return and_(model.vastgelegd_door.is_(None), model.wijzigingsreden == TERUG)
