"""One run over everybody, of the application and of plain SQL in turn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gang:
    """Seconds of the application, and of plain SQL for the same facts."""

    kinderen: int
    application: float
    plain: float

    @property
    def ratio(self) -> float:
        """How many times as long the application takes."""
        return self.application / self.plain

    @property
    def per_child(self) -> float:
        """Microseconds of the application per child."""
        return self.application / self.kinderen * 1e6
