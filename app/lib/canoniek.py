"""Canonical JSON, the one form in which a value has a digest, written in pieces so that no size needs memory.

Keys sorted by code point, no white space, UTF-8 without escapes that are not needed: the same content always gives the
same bytes. NaN and infinity do not exist in it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

#: characters of a SHA-256 digest
DIGEST: Final = 64


def as_canonical(value: object) -> str:
    """Return the canonical JSON of a value.

    Raises:
        ValueError: it holds NaN or infinity.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def iterate_object(fields: Mapping[str, Any], lists: Mapping[str, Iterable[object]]) -> Iterator[bytes]:
    """Yield the canonical JSON of an object of which some values are lists too long to hold, item by item."""
    opening = "{"
    for key in sorted((*fields, *lists)):
        yield f"{opening}{as_canonical(key)}:".encode()
        opening = ","
        if key in lists:
            yield from _iterate_list(lists[key])
        else:
            yield as_canonical(fields[key]).encode()
    yield b"}"


def _iterate_list(items: Iterable[object]) -> Iterator[bytes]:
    yield b"["
    separator = ""
    for item in items:
        yield f"{separator}{as_canonical(item)}".encode()
        separator = ","
    yield b"]"
