"""A child that goes from one begeleider to the next."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Overgang:
    """Which child goes from whom to whom (feit_ids), why, and who says so.

    ``door`` is None when the service does what was recorded before; ``gegeven_voor``: only what was given to ``van``
    before that day goes along, None: all of it.
    """

    kind: int
    van: int
    naar: int
    reden: str
    door: int | None
    gegeven_voor: date | None = None
