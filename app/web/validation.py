"""From pydantic's errors to faults with a Dutch sentence. The input never comes back: it may be personal."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.errors import Fault
from app.invoer.datums import EERSTE_DAG, LAATSTE_DAG

_REQUIRED, _DATE, _VALUE, _UNKNOWN = "verplicht", "ongeldige_datum", "ongeldige_waarde", "onbekend_veld"

# pydantic error type → (code, sentence); {} are filled from the rule (ctx), never from the input
_SENTENCES: Mapping[str, tuple[str, str]] = {
    "missing": (_REQUIRED, "Dit is verplicht."),
    "extra_forbidden": (_UNKNOWN, "Dit veld bestaat hier niet."),
    "datum": (_DATE, f"Geef een datum als JJJJ-MM-DD, tussen {EERSTE_DAG.year} en {LAATSTE_DAG.year}."),
    "tijdstip": (_DATE, "Geef een tijdstip met tijdzone, zoals 2026-07-01T09:30:00Z."),
    "datum_in_toekomst": ("datum_in_toekomst", "Deze datum ligt in de toekomst."),
    "bsn_elfproef": ("bsn_elfproef", "Dit is geen geldig burgerservicenummer."),
    "string_type": (_VALUE, "Geef tekst."),
    "string_empty": (_VALUE, "Vul dit in."),
    "string_too_short": (_VALUE, "Geef ten minste {min_length} {tekens}."),
    "string_too_long": (_VALUE, "Geef ten hoogste {max_length} {tekens}."),
    "string_pattern_mismatch": (_VALUE, "Dit heeft niet de goede vorm."),
    "bool_type": (_VALUE, "Geef true of false."),
    "bool_parsing": (_VALUE, "Geef true of false."),
    "int_type": (_VALUE, "Geef een geheel getal."),
    "int_parsing": (_VALUE, "Geef een geheel getal."),
    "int_parsing_size": (_VALUE, "Dit getal is te groot."),
    "int_from_float": (_VALUE, "Geef een geheel getal."),
    "float_type": (_VALUE, "Geef een getal."),
    "float_parsing": (_VALUE, "Geef een getal."),
    "finite_number": (_VALUE, "Geef een eindig getal."),
    "greater_than": (_VALUE, "Geef een getal groter dan {gt}."),
    "greater_than_equal": (_VALUE, "Geef een getal van ten minste {ge}."),
    "less_than": (_VALUE, "Geef een getal kleiner dan {lt}."),
    "less_than_equal": (_VALUE, "Geef een getal van ten hoogste {le}."),
    "enum": (_VALUE, "Kies een van: {expected}."),
    "literal_error": (_VALUE, "Kies een van: {expected}."),
    "list_type": (_VALUE, "Geef een lijst."),
    "too_short": (_VALUE, "Geef ten minste {min_length} {onderdelen}."),
    "too_long": (_VALUE, "Geef ten hoogste {max_length} {onderdelen}."),
    "dict_type": (_VALUE, "Geef een object."),
    "model_type": (_VALUE, "Geef een object."),
    "model_attributes_type": (_VALUE, "Geef een object."),
    "uuid_type": (_VALUE, "Geef een id (UUID)."),
    "uuid_parsing": (_VALUE, "Geef een id (UUID)."),
    "none_required": (_VALUE, "Dit moet leeg (null) zijn."),
    "json_invalid": ("ongeldige_json", "De inhoud is geen geldige JSON."),
}
_LENGTHS = frozenset(("too_short", "too_long"))
_OTHERWISE = (_VALUE, "Deze waarde is hier niet geldig.")
_FIELD_NAME = re.compile(r"[a-z][A-Za-z]{0,39}", re.ASCII)
_PLACES = frozenset(("body", "query", "path", "header", "cookie"))


def _sentence(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return code and sentence. A PydanticCustomError of ours keeps its own type and Dutch message."""
    kind, rule = error["type"], error.get("ctx") or {}
    if kind in _LENGTHS and isinstance(error.get("input"), str):
        kind = f"string_{kind}"  # a text whose length is asked after it was read
    if kind == "string_too_short" and rule.get("min_length") == 1:
        kind = "string_empty"  # nobody counts to one
    if rule.get("code"):
        return str(rule["code"]), str(error["msg"])
    code, sentence = _SENTENCES.get(kind, _OTHERWISE)
    one = 1 in (rule.get("min_length"), rule.get("max_length"))
    rule = {**rule, "tekens": "teken" if one else "tekens", "onderdelen": "onderdeel" if one else "onderdelen"}
    try:
        return code, sentence.format_map(rule).replace(" or ", " of ")
    except KeyError:
        return code, _OTHERWISE[1]


def _place(location: Sequence[int | str]) -> tuple[str, list[str]]:
    """Return where and which field, e.g. ``("body", ["themas", "0"])``."""
    first, rest = str(location[0]), location[1:]
    if first not in _PLACES:
        first, rest = "body", location
    return first, [str(part) for part in rest]


def fault(error: Mapping[str, Any]) -> Fault:
    """Return the fault for one pydantic error."""
    place, name = _place(error["loc"] or ("body",))
    code, sentence = _sentence(error)
    if code == _UNKNOWN and not _FIELD_NAME.fullmatch(name[-1]):
        name[-1] = "?"  # an unknown key is input too: only what looks like a name of ours is repeated
    return Fault(place, ".".join(name), code, sentence)


def faults(errors: Iterable[Mapping[str, Any]]) -> tuple[Fault, ...]:
    """Return all faults, in the order in which pydantic found them."""
    return tuple(fault(error) for error in errors)
