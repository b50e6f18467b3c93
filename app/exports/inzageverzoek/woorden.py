"""Names and values of recorded facts as a reader sees them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from app.exports.kwartaaltoets.woorden import dutch_moment
from app.norms.dutch import dutch_date

_HOOFDLETTER: Final = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")
_DAG: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_CODE: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_KEUS: Final = {True: "ja", False: "nee"}
#: words that lost their dots on the letters, or that say too little by themselves
_WOORDEN: Final = {
    "casuistiekbespreking": "casuïstiekbespreking",
    "gi": "GI",
    "gemeldIgjOp": "gemeld aan de IGJ op",
    "ots": "OTS",
    "voogdij_gi": "voogdij door een GI",
    "op": "wanneer",
    "plaatsingId": "hoort bij plaatsing",
    "signaalId": "hoort bij signaal",
    "extraInzetId": "hoort bij extra inzet",
    "casuistiekbesprekingId": "afgesproken in casuïstiekbespreking",
}


def label(name: str) -> str:
    """Return the name of a kind or a field, as it begins a line."""
    words = _WOORDEN.get(name) or _HOOFDLETTER.sub(" ", name).lower().replace("_", " ")
    return words[:1].upper() + words[1:]


def who(one: Mapping[str, Any]) -> str:
    """Return a medewerker with the rol; who has no rol here is no medewerker."""
    return f"{one['naam']} ({one['rol']})" if one["rol"] else str(one["naam"])


def shown(value: Any) -> str:
    """Return a value in words."""
    match value:
        case bool():
            return _KEUS[value]
        case list():
            return "; ".join(shown(item) for item in value) or "geen"
        case {"naam": _}:
            return who(value)
        case str():
            return _text(value)
    return str(value)


def _text(value: str) -> str:
    if _MOMENT.fullmatch(value):
        return dutch_moment(datetime.fromisoformat(value))
    if _DAG.fullmatch(value):
        return dutch_date(date.fromisoformat(value))
    return _WOORDEN.get(value, value.replace("_", " ")) if _CODE.fullmatch(value) else value


def fields_of(inhoud: Mapping[str, Any]) -> list[list[Any]]:
    """Return label and paragraphs of every field that says something, in the order in which it is recorded."""
    return [[label(name), _paragraphs(value)] for name, value in inhoud.items() if value is not None]


def _paragraphs(value: Any) -> list[str]:
    return [line for line in shown(value).splitlines() if line.strip()] or [""]
