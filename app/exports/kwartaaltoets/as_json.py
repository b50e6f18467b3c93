"""A quarterly audit as JSON: its digest, and the exact bytes that the digest covers.

``{"digest":"<hex>","inhoud":<canonical JSON>}`` and a line feed. Whoever hashes what stands between the two finds the
digest, without this software and without a JSON parser. Before the last brace stand, of a frozen audit,
``,"vaststelling":{…}`` (by whom and when) and, when there was a seal, ``,"zegel":{…}`` (its number, moment and short
digest). The last of the two ends with ``sha256`` over every byte of the file before its 64 digits.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Final

from app.exports.keurmerk import Vaststelling, Zegelverwijzing
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.lib.canoniek import as_canonical
from app.norms.kwartaaltoets.digest import iterate_canonical

OPENING = b'{"digest":"'
TUSSEN = b'","inhoud":'
SLOT = b"}\n"
#: no end of a file is longer
SLOT_BYTES: Final = 4096
_AFTER_SHA256: Final = b'"}}\n'
_OP: Final = rb'"op":"[0-9TZ:.-]{1,40}"'
_VASTSTELLING: Final = rb',"vaststelling":\{"door":"(?:[^"\\]|\\.){0,2000}",' + _OP
_ZEGEL: Final = rb',"zegel":\{"digest":"[0-9a-f]{16}","nummer":\d{1,12},' + _OP
_SLOT: Final = re.compile(
    rb"(?:" + _VASTSTELLING + rb"|(?:" + _VASTSTELLING + rb"\})?" + _ZEGEL + rb'),"sha256":"([0-9a-f]{64})"\}\}\n\Z'
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
    return write_canonical(bestand.digest, inhoud, bestand.zegel, bestand.vaststelling)


def write_canonical(
    digest: str, inhoud: Iterable[bytes], zegel: Zegelverwijzing | None, vaststelling: Vaststelling | None = None
) -> Iterator[bytes]:
    """Yield a file of this form.

    Args:
        digest: of the canonical content.
        inhoud: that content in pieces.
        zegel: the seal to name.
        vaststelling: who froze it and when.
    """
    hashed = hashlib.sha256()
    for piece in chain([OPENING + digest.encode() + TUSSEN], inhoud):
        hashed.update(piece)
        yield piece
    if zegel is None and vaststelling is None:
        yield SLOT
        return
    opening = b"}".join(_openings(zegel, vaststelling)) + b',"sha256":"'
    hashed.update(opening)
    yield opening + hashed.hexdigest().encode() + _AFTER_SHA256


def _openings(zegel: Zegelverwijzing | None, vaststelling: Vaststelling | None) -> Iterator[bytes]:
    if vaststelling is not None:
        yield _opening("vaststelling", {"door": vaststelling.door, "op": _instant(vaststelling.op)})
    if zegel is not None:
        yield _opening("zegel", {"digest": zegel.kort, "nummer": zegel.nummer, "op": _instant(zegel.op)})


def _opening(name: str, fields: Mapping[str, object]) -> bytes:
    return f',"{name}":{as_canonical(fields)[:-1]}'.encode()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_slot(tail: bytes) -> Slot:
    """Read the end of a file from its last bytes."""
    found = _SLOT.search(tail)
    return Slot(found[0], found[1].decode()) if found else Slot(SLOT)
