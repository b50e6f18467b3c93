"""What a verification finds, in Dutch sentences: all are counted, the first ones are kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field

_KEPT = 200  # sentences


@dataclass(slots=True)
class Bevindingen:
    """Gathers sentences; of a thousand rows that were changed alike, two hundred say enough."""

    aantal: int = 0
    zinnen: list[str] = field(default_factory=list)

    def add(self, zin: str) -> None:
        """Count one, and keep it when there is room."""
        self.aantal += 1
        if len(self.zinnen) < _KEPT:
            self.zinnen.append(zin)

    def extend(self, zinnen: Iterable[str]) -> None:
        """Count some."""
        for zin in zinnen:
            self.add(zin)

    def told(self) -> tuple[str, ...]:
        """Return the sentences, with how many more there are."""
        more = self.aantal - len(self.zinnen)
        return (*self.zinnen, f"En nog {more} afwijkingen.") if more else tuple(self.zinnen)
