"""A table of the demo: the facts of one kind, in order, and the later versions of some of them."""

from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

F = TypeVar("F", bound=tuple[Any, ...])


class Eerste(NamedTuple, Generic[F]):
    """The first version of a fact: what, recorded when, and by which medewerker."""

    feit: F
    op: datetime
    door: int | None


class Volgende(NamedTuple, Generic[F]):
    """A later version of a fact, with the reason."""

    feit: F
    op: datetime
    door: int | None
    reden: str
    ingetrokken: bool = False


class Tabel(Generic[F]):
    """The facts of one kind, in order, with the later versions of some of them by position."""

    def __init__(self) -> None:
        """Begin empty."""
        self.eerste: list[Eerste[F]] = []
        self.volgende: dict[int, list[Volgende[F]]] = {}

    def add(self, feit: F, op: datetime, door: int | None = None) -> int:
        """Add a fact and return its position."""
        self.eerste.append(Eerste(feit, op, door))
        return len(self.eerste) - 1

    def replace(self, positie: int, volgende: Volgende[F]) -> None:
        """Add a later version of the fact at a position."""
        self.volgende.setdefault(positie, []).append(volgende)

    def current(self) -> list[tuple[int, F]]:
        """Return what holds now, with positions: the newest versions, without withdrawn facts."""
        uit = []
        for positie, eerste in enumerate(self.eerste):
            versies = self.volgende.get(positie)
            if versies is None:
                uit.append((positie, eerste.feit))
            elif not versies[-1].ingetrokken:
                uit.append((positie, versies[-1].feit))
        return uit

    def __len__(self) -> int:
        """Return how many versions there are, first and later ones."""
        return len(self.eerste) + sum(map(len, self.volgende.values()))
