"""Taking out of a text by which somebody can be found: mail addresses, handles, phone numbers and postcodes.

Whose they are nobody knows, so every one goes. Numbers of another kind stay: days, times, years, amounts.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from app.access.telefoonnummers import LOKAAL, NUMMER, OF, TEL, is_phone
from app.lib.seen import Vondst, each_that, replace_as_seen

MAIL_WEG: Final = "[mailadres weggelaten]"
TELEFOON_WEG: Final = "[telefoonnummer weggelaten]"
POSTCODE_WEG: Final = "[postcode weggelaten]"
HANDLE_WEG: Final = "[naam weggelaten]"

_MAIL: Final = re.compile(r"(?<![\w.+\-'])[\w.+\-']+(?:@| ?(?:\(at\)|\[at\]) ?)[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)
_HANDLE: Final = re.compile(r"(?<![\w@])@[\w.\-]*\w")
_LOKAAL: Final = re.compile(rf"(?:{TEL}|{re.escape(TELEFOON_WEG)}{OF}){LOKAAL}", re.IGNORECASE)
_NOG_EEN: Final = re.compile(OF + LOKAAL, re.IGNORECASE)
_POSTCODE: Final = re.compile(r"(?<!\w)([1-9]\d{3})([ \u00a0]?)([A-Za-z]{2})(?!\w)")
#: what stands after a number of four digits and is no part of a postcode
_GEWOON: Final = frozenset({
    "al", "bv", "cm", "de", "en", "er", "gr", "he", "ik", "in", "is", "je", "kg", "km", "ma", "mg", "ml", "na", "nu",
    "of", "om", "op", "pp", "te", "tm", "uu", "we", "wo", "za", "ze", "zo",
})  # fmt: skip
#: letters that no postcode has
_NOOIT: Final = frozenset({"SA", "SD", "SS"})


def without_contact(text: str) -> str:
    """Return the text without what leads to a person's door, phone or screen."""
    for pattern, instead in ((_MAIL, MAIL_WEG), (_HANDLE, HANDLE_WEG)):
        text = replace_as_seen(text, partial(_found, pattern, instead))
    for find in (_phones, _local_phones, _postcodes):
        text = replace_as_seen(text, find)
    return text


def _found(pattern: re.Pattern[str], instead: str, text: str) -> Iterator[Vondst]:
    return ((*found.span(), instead) for found in pattern.finditer(text))


def _phones(text: str) -> Iterator[Vondst]:
    return ((*found.span("nummer"), TELEFOON_WEG) for found in NUMMER.finditer(text) if is_phone(found))


def _local_phones(text: str) -> Iterator[Vondst]:
    place = 0
    while found := _LOKAAL.search(text, place):
        while found is not None:
            yield (*found.span("nummer"), TELEFOON_WEG)
            place = found.end()
            found = _NOG_EEN.match(text, place)


def _postcodes(text: str) -> Iterator[Vondst]:
    return ((*found.span(), POSTCODE_WEG) for found in each_that(_POSTCODE, text, _is_postcode))


def _is_postcode(found: re.Match[str]) -> bool:
    """Tell a postcode from a number with a word after it: ``3511 ab`` from ``2026 is``."""
    letters, apart = found[3], bool(found[2])
    if letters.upper() in _NOOIT:
        return False
    return letters.isupper() or not apart or (letters.islower() and letters not in _GEWOON)
