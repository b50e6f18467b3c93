"""How people write a phone number in the Netherlands, one or several after each other, and what only looks like one.

A number ends with its last digit: whatever stands behind it is another number, or none. Days and times stay, also two
of them together.
"""

import re
from typing import Final

_SPATIE: Final = r" \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
#: one sign between two digits of a number
_T: Final = rf"[{_SPATIE}.\-/()_\u2010-\u2015\u2212]"
_CIJFER: Final = rf"{_T}{{0,3}}\d"
#: around what stands in front of the number itself
_HAAK: Final = r"(?:\((?=\+?\d{1,6}\)))?"

# Within the country: ten digits from a 0 on, or a number for everybody with four or seven digits after its 0800.
_NETNUMMER: Final = rf"{_HAAK}0{_T}{{0,3}}[1-9](?:{_CIJFER}){{8}}(?!\d)"
_VERDER: Final = rf"(?!{_T}{{1,3}}[1-9])"
_DIENST: Final = (
    rf"{_HAAK}0[89]0\d(?:(?:{_CIJFER}){{4}}(?!\d){_VERDER}|(?:{_CIJFER}){{7}}(?!\d)|(?:{_CIJFER}){{4}}(?!\d))"
)
# With the country before it: of ours nine digits after it, of another as many as follow, up to the next number.
_LAND: Final = rf"{_HAAK}(?:\+|00){_T}{{0,3}}"
_ONS_LAND: Final = rf"{_LAND}31{_T}{{0,3}}(?:0{_T}{{0,3}})?[1-9](?:{_CIJFER}){{8}}(?!\d)"
_NIET_DE_VOLGENDE: Final = rf"(?!{_T}{{1,3}}(?:{_NETNUMMER}|{_LAND}[1-9]))"
_ANDER_LAND: Final = rf"{_LAND}[1-9](?:{_NIET_DE_VOLGENDE}{_CIJFER}){{8,14}}(?!\d)"

_UUR: Final = r"(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\d)"
_UREN: Final = rf"(?<!\d){_UUR}\s?[\-/\u2010-\u2015]\s?{_UUR}(?!\.\d)"
_JAAR: Final = r"(?:19|20)\d\d(?!\d)"
_DAG: Final = (
    rf"(?<!\d)\d{{1,2}}(?P<d>\s?[./\-]\s?)\d{{1,2}}(?P=d){_JAAR}"
    rf"|(?<!\d)(?:19|20)\d\d(?P<j>[./\-])\d{{1,2}}(?P=j)\d{{1,2}}(?!\d)"
)
# A day with two digits of the year looks like the beginning of 06-12-34-56-78, unless another day or a time follows.
_DAG_KORT: Final = (
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?P<k>[./\-])(?:0?[1-9]|1[0-2])(?P=k)\d\d(?!\d)(?!(?P=k)\d)"
    rf"(?:(?!{_T}{{1,3}}\d)|(?={_T}{{1,3}}(?:\d{{1,2}}[./\-]\d{{1,2}}[./\-]\d\d|{_UUR}(?!\.\d))))"
)

# Letters may stand right before it (M06-12345678), but for those of a bank (NL91ABNA0417164300).
_BEGIN: Final = r"(?:(?<![+\d])(?<![A-Z]{2})|(?=\(?\+))"
#: a day, a time or a number; only the last has ``nummer``
NUMMER: Final = re.compile(
    rf"{_DAG}|{_DAG_KORT}|{_UREN}|{_BEGIN}(?P<nummer>{_ONS_LAND}|{_ANDER_LAND}|{_DIENST}|{_NETNUMMER})"
)
#: what says that a number without the code of its place follows, what stands between two of those, and such a number
TEL: Final = r"\b(?:tel(?:efoon)?(?:nummer|nr)?|mob(?:iel)?(?:nummer|nr)?|gsm|06-nummer)\W{0,3}"
OF: Final = r"\s*(?:/|\bof\b)\s*"
LOKAAL: Final = rf"(?P<nummer>\d(?:[{_SPATIE}.\-()\u2010-\u2015\u2212]?\d){{5,11}})(?!\w)"


def is_phone(found: re.Match[str]) -> bool:
    """Tell whether what ``NUMMER`` found is a number to call."""
    return found["nummer"] is not None
