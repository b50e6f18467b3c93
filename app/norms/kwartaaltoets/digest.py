"""The digest of an audit: SHA-256 over its canonical JSON."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from app.lib.canoniek import iterate_object
from app.norms.kwartaaltoets.inhoud import GroepKengetallen, KopInhoud, RegelInhoud

_REGELS = "regels"


def iterate_canonical(
    kop: KopInhoud, kengetallen: list[GroepKengetallen], regels: Iterable[RegelInhoud]
) -> Iterator[bytes]:
    """Yield the canonical JSON of the whole (``Inhoud``), row by row."""
    rest = cast("Mapping[str, Any]", {**kop, "kengetallen": kengetallen})
    return iterate_object(rest, {_REGELS: regels})


def digest_of(kop: KopInhoud, kengetallen: list[GroepKengetallen], regels: Iterable[RegelInhoud]) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for piece in iterate_canonical(kop, kengetallen, regels):
        digest.update(piece)
    return digest.hexdigest()
