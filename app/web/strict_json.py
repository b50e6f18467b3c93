"""JSON that two readers cannot understand differently: parsed once, by the standard library with hooks.

Refused: bytes that are no UTF-8, NaN and Infinity (also by overflow, 1e999), a key that occurs twice, NUL
and lone surrogates in any string or key, more than 32 levels. Each is a 400 with its own code and sentence.
"""

import json
import math
import re
from collections.abc import Iterable
from typing import Any

from app.errors import BadInput, Fault

MAX_DEPTH = 32  # lists and objects within each other

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # NUL and lone surrogates


def _refuse(code: str, detail: str) -> BadInput:
    return BadInput(Fault("body", "", code, detail))


def _too_deep() -> BadInput:
    return _refuse("te_diep", f"De inhoud is dieper genest dan {MAX_DEPTH} niveaus.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _refuse("dubbele_sleutel", "Een sleutel komt meer dan eens voor in hetzelfde object.")
    return result


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _refuse("ongeldig_getal", "Een getal is te groot, of is geen getal.")
    return number


def _constant(_name: str) -> float:
    raise _refuse("ongeldig_getal", "NaN en Infinity zijn geen geldige JSON.")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_float=_float, parse_constant=_constant)


def _children(values: Iterable[Any]) -> list[Any]:
    """Return everything one level down; the keys of an object are there too."""
    down: list[Any] = []
    for value in values:
        if isinstance(value, dict):
            down += value.keys()
            down += value.values()
        elif isinstance(value, list):
            down += value
    return down


def _inspect(value: object) -> None:
    """Walk level by level: strings everywhere, and no array or object inside the deepest level."""
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH):
        _check_strings(level)
        level = _children(level)
    _check_strings(level)
    if any(isinstance(item, dict | list) for item in level):
        raise _too_deep()


def _check_strings(level: list[Any]) -> None:
    if any(_UNSTORABLE.search(item) for item in level if isinstance(item, str)):
        raise _refuse("ongeldig_teken", "Een tekst bevat een teken dat niet kan worden bewaard.")


def parse(body: bytes) -> Any:
    """Return the value of a JSON text.

    The walk is only needed when there is an escape, or enough brackets to be too deep: a raw NUL is no JSON,
    and UTF-8 has no lone surrogates.

    Raises:
        BadInput: with one fault; the text itself is never repeated.
    """
    try:
        value = _decoder.decode(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise _refuse("geen_utf8", "De inhoud is geen geldige UTF-8.") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:  # no JSON, or a whole number of more than 4300 digits
        raise _refuse("ongeldige_json", "De inhoud is geen geldige JSON.") from None
    if b"\\u" in body or body.count(b"[") + body.count(b"{") > MAX_DEPTH:
        _inspect(value)
    return value
