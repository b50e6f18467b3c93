"""Standen from worst to best: one order for lists, audit, exports and inspector."""

from collections.abc import Collection
from typing import Final

from app.terms import Stand

#: from worst to best
WORST_FIRST: Final = (Stand.TE_LAAT, Stand.UITZONDERING, Stand.NADERT, Stand.OP_TIJD)

#: late for more days than this is late for long
LANG_DAGEN: Final = 28


def worst(standen: Collection[Stand]) -> Stand | None:
    """Return the worst of some standen; None when there are none."""
    for stand in WORST_FIRST:
        if stand in standen:
            return stand
    return None
