"""One run over everybody, of the application and of plain SQL in turn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gang:
    """Seconds of the application, and of plain SQL for the same facts.

    Attributes:
        kinderen: how many.
        application: seconds that it took.
        plain: … and what plain SQL took.
        processor: seconds of processor time of the application and its backend of the database; 0: not measured.
    """

    kinderen: int
    application: float
    plain: float
    processor: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times as long the application takes."""
        return self.application / self.plain

    @property
    def per_child(self) -> float:
        """Microseconds of the application per child."""
        return self.application / self.kinderen * 1e6
