"""Taking out of a text by which somebody can be found: mail addresses, handles, phone numbers and postcodes.

Whose they are nobody knows, so every one goes. Numbers of another kind stay: days, years, amounts.
"""

import re
from typing import Final

MAIL_WEG: Final = "[mailadres weggelaten]"
TELEFOON_WEG: Final = "[telefoonnummer weggelaten]"
POSTCODE_WEG: Final = "[postcode weggelaten]"
HANDLE_WEG: Final = "[naam weggelaten]"

_MAIL: Final = re.compile(r"[\w.+\-']+(?:@| ?(?:\(at\)|\[at\]) ?)[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)
_HANDLE: Final = re.compile(r"(?<![\w@])@[\w.\-]*\w")
_BETWEEN: Final = r"[ \u00a0.\-/()\u2010-\u2015]"
_TELEFOON: Final = re.compile(rf"(?<![\w+])(?:\+|\(?0)(?:{_BETWEEN}{{0,3}}\d){{8,15}}(?!\w)")
_NA_TEL: Final = re.compile(
    rf"(\b(?:tel(?:efoon)?|mobiel|gsm|06-nummer)\b\W{{0,3}})(\d(?:{_BETWEEN}?\d){{5,11}})(?!\w)", re.IGNORECASE
)
_DAG: Final = re.compile(r"\(?\d{1,2}([./\-])\d{1,2}\1(?:19|20)\d\d(?!\d)")
_POSTCODE: Final = re.compile(r"(?<!\w)([1-9]\d{3})([ \u00a0]?)([A-Za-z]{2})(?!\w)")
#: how many digits a number to call has
_ZONDER_LAND: Final = 10
_MET_LAND: Final = range(9, 16)
#: what stands after a number of four digits and is no part of a postcode
_GEWOON: Final = frozenset({
    "al", "bv", "cm", "de", "en", "er", "gr", "he", "ik", "in", "is", "je", "kg", "km", "ma", "mg", "ml", "na", "nu",
    "of", "om", "op", "pp", "te", "tm", "uu", "we", "wo", "za", "ze", "zo",
})  # fmt: skip
#: letters that no postcode has
_NOOIT: Final = frozenset({"SA", "SD", "SS"})


def without_contact(text: str) -> str:
    """Return the text without what leads to a person's door, phone or screen."""
    text = _HANDLE.sub(HANDLE_WEG, _MAIL.sub(MAIL_WEG, text))
    text = _TELEFOON.sub(lambda found: TELEFOON_WEG if _is_phone(found[0]) else found[0], text)
    text = _NA_TEL.sub(rf"\1{TELEFOON_WEG}", text)
    return _POSTCODE.sub(lambda found: POSTCODE_WEG if _is_postcode(found) else found[0], text)


def _is_phone(text: str) -> bool:
    """Tell whether digits are a number to call: ten from a 0 on, or nine and more with a country before them."""
    digits = re.sub(r"\D", "", text)
    if text.startswith("+") or digits.startswith("00"):
        return _MET_LAND.start <= len(digits) < _MET_LAND.stop
    return len(digits) == _ZONDER_LAND and not _DAG.match(text)


def _is_postcode(found: re.Match[str]) -> bool:
    """Tell a postcode from a number with a word after it: ``3511 ab`` from ``2026 is``."""
    letters, apart = found[3], bool(found[2])
    if letters.upper() in _NOOIT:
        return False
    return letters.isupper() or not apart or (letters.islower() and letters not in _GEWOON)
