"""A workbook under construction, in the sheets and columns of afspraken.md §5."""

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from .feiten import BLADEN

Rij = dict[str, Any]
Werkboek = dict[str, list[Rij]]


class Bouw:
    """A workbook under construction: rows get the next nummer of their sheet."""

    def __init__(self, draw: st.DrawFn, bladen: Iterable[str] = BLADEN) -> None:
        self.draw = draw
        self.werkboek: Werkboek = {blad: [] for blad in bladen}

    def add(self, blad: str, letter: str, **kolommen: object) -> Rij:
        """Append a row to a sheet."""
        rij: Rij = {"nummer": f"{letter}{len(self.werkboek[blad]) + 1:05d}", **kolommen}
        self.werkboek[blad].append(rij)
        return rij

    def pick(self, blad: str) -> str:
        """The nummer of one of the sheet's rows."""
        nummer: str = self.draw(st.sampled_from(self.werkboek[blad]))["nummer"]
        return nummer

    def count(self, hoogste: int) -> range:
        """As many times as drawn."""
        return range(self.draw(st.integers(0, hoogste)))
