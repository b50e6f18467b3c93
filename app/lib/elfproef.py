"""The elfproef of a burgerservicenummer."""

import re
from typing import Final

_NEGEN_CIJFERS: Final = re.compile(r"[0-9]{9}")
_GEWICHTEN: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_NULLEN: Final = "000000000"


def is_geldig_bsn(text: str) -> bool:
    """Tell whether a text is a BSN: nine digits that pass the elfproef.

    The weighted sum with weights 9, 8, 7, 6, 5, 4, 3, 2, −1 is a multiple of 11; ``000000000`` is refused
    although it passes. The text is taken as it is: spaces, dots and a lost leading zero make it invalid.

    Args:
        text: the candidate, of any length.

    Returns:
        Whether it is a valid BSN.

    Source:
        ``normen.md`` §8.
    """
    if _NEGEN_CIJFERS.fullmatch(text) is None or text == _NULLEN:
        return False
    return sum(weight * int(digit) for weight, digit in zip(_GEWICHTEN, text, strict=True)) % 11 == 0
