"""Text that can be read back: what no eye can see, or what turns the text around it, is refused."""

import unicodedata
from itertools import pairwise
from typing import Final

from app.lib.invisible import is_invisible

#: characters of one line, and of a longer text
MAX_REGEL: Final = 250
MAX_TEKST: Final = 20_000

# Control, halves of a character (UTF-8 cannot store them), line ends.
_NIET_TE_BEWAREN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
# A sign that is drawn as nothing and takes room, as a space does.
_LEEG: Final = "\u2800"
# As a picture, or as a letter.
_STIJL: Final = "\ufe0e\ufe0f"

_REGEL: Final = "De tekst bevat onzichtbare tekens of een regeleinde; typ hem opnieuw op één regel."
_TEKST: Final = "De tekst bevat stuurtekens die niet kunnen worden bewaard; typ hem opnieuw."
_NIETS: Final = "De tekst bevat geen enkel zichtbaar teken; vul in wat er hoort te staan."


def normalise(text: str) -> str:
    r"""Return a text as it is stored: composed (NFC), ``\r\n`` and ``\r`` as ``\n``, no space around it."""
    text = text.strip()
    if text.isascii() and "\r" not in text:
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def fault_in_line(text: str) -> str | None:
    """Return what is wrong with a text on one line, as a Dutch sentence, or None."""
    if text.isprintable() and text.isascii():
        return None
    if any(is_invisible(sign) and not _is_style(before, sign) for before, sign in pairwise(f" {text}")):
        return _REGEL
    return _fault(text, "", _REGEL)


def fault_in_text(text: str) -> str | None:
    """Return what is wrong with a text that may have line ends and tabs, as a Dutch sentence, or None."""
    if text.isprintable() and text.isascii():
        return None
    # Here what nobody sees can be meant: an emoji of several parts is joined by it.
    return _fault(text, "\n\t", _TEKST)


def _is_style(before: str, sign: str) -> bool:
    """Tell whether a sign says how the symbol before it is drawn, as a keyboard adds to a heart: then one sees it."""
    return sign in _STIJL and unicodedata.category(before) == "So"


def _fault(text: str, allowed: str, sentence: str) -> str | None:
    categories = {sign: unicodedata.category(sign) for sign in set(text)}
    if any(category in _NIET_TE_BEWAREN and sign not in allowed for sign, category in categories.items()):
        return sentence
    visible = (sign for sign, category in categories.items() if category[0] not in "CMZ" and sign not in _LEEG)
    return _NIETS if all(map(is_invisible, visible)) else None
