"""Text and numbers as the report prints them."""

import unicodedata
from collections.abc import Mapping
from typing import Final

#: code points of which the fonts that typst carries have every letter: Latin, Greek, Cyrillic and their signs
_IN_DE_LETTER: Final = ((0x20, 0x500), (0x1E00, 0x1F00), (0x2010, 0x2041), (0x20A0, 0x20C0))
_GEEN_LETTER: Final = "?"


def percent(fraction: float | None) -> str:
    """Return a share with one decimal, as in ``61,3%``; a dash when there is nothing to share."""
    return "–" if fraction is None else f"{fraction * 100:.1f}%".replace(".", ",")


def number(value: float | None) -> str:
    """Return a number as in ``1.240`` and ``12,5``; a dash for none."""
    if value is None:
        return "–"
    shown = f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    return shown.translate(str.maketrans(",.", ".,"))


def printable(value: object) -> object:
    """Replace in all text of a JSON value what the fonts cannot print.

    One name in another script must never stop the whole report; PDF/UA refuses a letter that is not in the font.
    """
    if isinstance(value, str):
        return "".join(map(_letter, unicodedata.normalize("NFC", value)))
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    return [printable(item) for item in value] if isinstance(value, list | tuple) else value


def _letter(sign: str) -> str:
    if sign.isspace():
        return " "
    known = any(first <= ord(sign) < last for first, last in _IN_DE_LETTER)
    return sign if known and not unicodedata.category(sign).startswith("C") else _GEEN_LETTER
