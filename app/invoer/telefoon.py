"""What is a telephone number: digits with what people write between them, as one can call it in the Netherlands."""

import re
from typing import Final

_VORM: Final = re.compile(r"\+?[0-9][0-9 ()-]*")
_MINST, _MEEST = 3, 15  # 112; and what an international number can have


def fault_in_telefoonnummer(value: str) -> str | None:
    """Return what is wrong with a telephone number, as a sentence; None when nothing is."""
    if _VORM.fullmatch(value) and _MINST <= len(digits_of(value).lstrip("+")) <= _MEEST:
        return None
    return "Dit is geen telefoonnummer. Gebruik cijfers, zoals 010 123 45 67."


def digits_of(value: str) -> str:
    """Return a number as a telephone dials it."""
    return re.sub(r"[^0-9+]", "", value)
