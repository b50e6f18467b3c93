"""What one look at an installation found, as a line that an operator reads."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Gezondheidsbevinding:
    """What one check found.

    Attributes:
        wat: what was looked at.
        zin: how it stands, in a Dutch sentence.
        doe: what to do about it; None when nothing is wrong.
    """

    wat: str
    zin: str
    doe: str | None = None

    def __str__(self) -> str:
        """Return it as one Dutch line."""
        return f"goed  {self.wat}: {self.zin}" if self.doe is None else f"FOUT  {self.wat}: {self.zin} Doe: {self.doe}"


def said_age(age: timedelta) -> str:
    """Return a stretch of time in words, in the largest unit that says enough."""
    seconds = int(age.total_seconds())
    for size, name in ((86_400, "dagen"), (3_600, "uur"), (60, "minuten")):
        if seconds >= 2 * size or (name == "uur" and seconds >= size):
            return f"{seconds // size} {name}"
    return f"{seconds} seconden"
