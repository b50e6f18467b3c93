"""A quarterly audit as JSON: its digest, and the exact bytes that the digest covers.

``{"digest":"<hex>","inhoud":<canonical JSON>}`` and a line feed. Whoever hashes what stands between the two finds the
digest, without this software and without a JSON parser. When there was a seal, ``,"zegel":{…}`` stands before the last
brace: its number, moment and short digest, and ``sha256`` over every byte of the file before its 64 digits.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from app.exports.toetsbestand import Toetsbestand, Zegelverwijzing
from app.toets.canoniek import iterate_canonical

OPENING = b'{"digest":"'
TUSSEN = b'","inhoud":'
SLOT = b"}\n"
#: no end of a file is longer
SLOT_BYTES: Final = 300
_AFTER_SHA256: Final = b'"}}\n'
_SLOT: Final = re.compile(
    rb'(,"zegel":\{"digest":"[0-9a-f]{16}","nummer":\d{1,12},"op":"[0-9TZ:.-]{1,40}","sha256":"([0-9a-f]{64})"\})\}\n\Z'
)


@dataclass(frozen=True, slots=True)
class Slot:
    """The end of a file: its bytes, and the digest in it of all that stands before; None without a seal."""

    bytes: bytes
    sha256: str | None = None

    @property
    def uncovered(self) -> int:
        """How many bytes at the end that digest is not of."""
        return len(self.sha256 or "") + len(_AFTER_SHA256)


def write_toets_json(bestand: Toetsbestand) -> Iterator[bytes]:
    """Yield the file row by row; names are never in it, for the digest may not depend on who asks."""
    inhoud = iterate_canonical(bestand.kop, bestand.kengetallen, bestand.regels())
    return write_canonical(bestand.digest, inhoud, bestand.zegel)


def write_canonical(digest: str, inhoud: Iterable[bytes], zegel: Zegelverwijzing | None) -> Iterator[bytes]:
    """Yield a file of this form.

    Args:
        digest: of the canonical content.
        inhoud: that content in pieces.
        zegel: the seal to name.
    """
    hashed = hashlib.sha256()
    for piece in chain([OPENING + digest.encode() + TUSSEN], inhoud):
        hashed.update(piece)
        yield piece
    if zegel is None:
        yield SLOT
        return
    opening = _opening_of(zegel)
    hashed.update(opening)
    yield opening + hashed.hexdigest().encode() + _AFTER_SHA256


def _opening_of(zegel: Zegelverwijzing) -> bytes:
    op = zegel.op.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f',"zegel":{{"digest":"{zegel.kort}","nummer":{zegel.nummer},"op":"{op}","sha256":"'.encode()


def read_slot(tail: bytes) -> Slot:
    """Read the end of a file from its last bytes."""
    found = _SLOT.search(tail)
    return Slot(found[0], found[2].decode()) if found else Slot(SLOT)
