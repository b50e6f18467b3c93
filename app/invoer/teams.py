"""Who comes into a team: nobody into one that is closed, or about to be."""

from typing import Final

from app.invoer.bezwaar import Bezwaar

_GESLOTEN: Final = "Dit team is gesloten of gaat sluiten. Kies een ander team."


def fault_in_team(kolom: str, *, ending: bool) -> Bezwaar | None:
    """Object to a team that somebody would newly come into while it is closed, or about to be.

    Args:
        kolom: the column that names the team.
        ending: whether it is.
    """
    return Bezwaar(kolom, "ongeldige_waarde", _GESLOTEN) if ending else None
