"""A cell of a file for a spreadsheet: text stays text."""

from typing import Final

#: characters that a cell of a spreadsheet can hold
MAX_CEL: Final = 32_767
#: a spreadsheet runs a cell that begins with one of these
RUNS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Return the text, with a leading ``'`` when a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(RUNS) else text
