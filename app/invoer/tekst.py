"""Text that can be read back: what no eye can see, or what turns the text around it, is refused."""

import unicodedata
from typing import Final

#: characters of one line, and of a longer text
MAX_REGEL: Final = 250
MAX_TEKST: Final = 20_000

# Control, format (bidi and zero width among them), halves of a character (UTF-8 cannot store them), line ends.
_ONZICHTBAAR: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# In a longer text a format character can be meant: an emoji of several parts is joined by one.
_NIET_TE_BEWAREN: Final = _ONZICHTBAAR - {"Cf"}
# Letters and signs that are drawn as nothing.
_LEEG: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")

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
    return _fault(text, _ONZICHTBAAR, "", _REGEL)


def fault_in_text(text: str) -> str | None:
    """Return what is wrong with a text that may have line ends and tabs, as a Dutch sentence, or None."""
    if text.isprintable() and text.isascii():
        return None
    return _fault(text, _NIET_TE_BEWAREN, "\n\t", _TEKST)


def _fault(text: str, forbidden: frozenset[str], allowed: str, sentence: str) -> str | None:
    categories = {sign: unicodedata.category(sign) for sign in set(text)}
    if any(category in forbidden and sign not in allowed for sign, category in categories.items()):
        return sentence
    visible = (sign for sign, category in categories.items() if category[0] not in "CMZ" and sign not in _LEEG)
    return None if any(visible) else _NIETS
