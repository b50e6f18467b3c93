"""The names of the sheets: those that are always there, and those of the teams, as a spreadsheet accepts them."""

import re
from typing import Final

OVER: Final = "Over deze toets"
KENGETALLEN: Final = "Kengetallen"
GRAFIEKEN: Final = "Grafieken"
KINDEREN: Final = "Kinderen"
NORMEN: Final = "Normen"
RUISFACTOREN: Final = "Ruisfactoren"
ZONDER_TEAM: Final = "Zonder team"
_VAST: Final = (OVER, KENGETALLEN, GRAFIEKEN, KINDEREN, NORMEN, RUISFACTOREN)

_VERBODEN: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f\ufffe\uffff]")
_MAX_BYTES: Final = 31 * 2  # a spreadsheet counts UTF-16 units
#: Excel keeps this one for itself
_GERESERVEERD: Final = "history"


class Bladnamen:
    """Gives out names that no other sheet has, in capitals or not."""

    def __init__(self) -> None:
        self._taken = {_GERESERVEERD, *(naam.lower() for naam in _VAST)}

    def free(self, wens: str) -> str:
        """Return ``wens`` as a sheet may be called, with a number behind it when the name is taken."""
        clean = _VERBODEN.sub(" ", wens).strip() or "blad"
        naam = _clip(clean, "")
        number = 1
        while naam.lower() in self._taken:
            number += 1
            naam = _clip(clean, f" ({number})")
        self._taken.add(naam.lower())
        return naam


def _clip(text: str, end: str) -> str:
    room = _MAX_BYTES - 2 * len(end)
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore").rstrip() + end
