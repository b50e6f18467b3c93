"""The keurmerk: the digest of the audit on every export, and proof that no byte of the file has changed since.

A keurmerk is one line of ASCII at the end of a file:

    pleegzicht toets=<digest of the audit> sha256=<SHA-256 of every byte of the file before these 64 digits>

On what a child is given of its file (``app.exports.inzageverzoek.formats``) it says ``inzage=`` in place of ``toets=``.

The rule is the same wherever it stands, and the digits cover everything else: the text of the keurmerk, the digest of
the audit and, in an XLSX, the last record of the ZIP. It finds damage, by accident or by hand. It is no signature:
whoever knows this rule can write a new one, so who doubts compares the digest with the frozen audit itself.

=====  ==============================================================================================
JSON   needs none: the digest stands in front of the bytes it covers (``kwartaaltoets.as_json``)
XLSX   the archive comment of the ZIP
PDF    a last line that is a comment, begins with ``%`` and ends with a line feed
CSV    has no place for one: a file ``<name>.sha256`` for ``sha256sum -c``, marked by its own last line, a comment
=====  ==============================================================================================
"""

import hashlib
import re
import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.lib.canoniek import DIGEST

_ZIP_END: Final = struct.Struct("<4s4H2LH")
_ZIP_SIGNATURE: Final = b"PK\x05\x06"
#: what a file is of
TOETS: Final = "toets"
INZAGEVERZOEK: Final = "inzage"
_KEURMERKEN: Final = {
    soort: re.compile(rb"pleegzicht " + soort.encode() + rb"=([0-9a-f]{64}) sha256=([0-9a-f]{64})")
    for soort in (TOETS, INZAGEVERZOEK)
}
#: the bytes of one keurmerk of an audit
LENGTE: Final = len(b"pleegzicht toets= sha256=") + 2 * DIGEST


@dataclass(frozen=True, slots=True)
class Zegelverwijzing:
    """The last seal over the logs behind an audit: its number, its moment and its digest."""

    nummer: int
    op: datetime
    digest: str

    @property
    def kort(self) -> str:
        """The first sixteen digits of its digest: enough to find it by, and to print."""
        return self.digest[:16]


@dataclass(frozen=True, slots=True)
class Vaststelling:
    """When an audit was frozen, and by whom: the nummer, or the pseudonym for a reader outside the organisatie."""

    op: datetime
    door: str


@dataclass(frozen=True, slots=True)
class Keurmerk:
    """What a file says of itself: the digest of what it is of, and of its own bytes."""

    digest: str
    sha256: str


def mark_xlsx(xlsx: bytes, digest: str) -> bytes:
    """Return the workbook with the keurmerk as archive comment.

    Raises:
        ValueError: these are not the bytes of a ZIP without a comment.
    """
    head, end = memoryview(xlsx)[: -_ZIP_END.size], xlsx[-_ZIP_END.size :]
    if not end.startswith(_ZIP_SIGNATURE) or not end.endswith(b"\0\0"):
        raise ValueError("geen ZIP zonder commentaar")
    fields = _ZIP_END.unpack(end)
    return _marked(digest, head, _ZIP_END.pack(*fields[:-1], LENGTE))


def mark_pdf(pdf: bytes, digest: str, soort: str = TOETS) -> bytes:
    """Return the PDF with the keurmerk as its last line; a reader ignores a comment after the end of the file."""
    newline = b"" if pdf.endswith(b"\n") else b"\n"
    return _marked(digest, pdf, newline + b"%", soort=soort, end=b"\n")


def sidecar(
    naam: str,
    digest: str,
    sha256: str,
    zegel: Zegelverwijzing | None = None,
    vaststelling: Vaststelling | None = None,
) -> bytes:
    """Return the content of ``<naam>.sha256``, the keurmerk of a CSV.

    Args:
        naam: name of the CSV, without a folder.
        digest: of the audit.
        sha256: of the bytes of the CSV.
        zegel: the seal to name, in a comment.
        vaststelling: who froze it and when, in a comment.

    Raises:
        ValueError: ``sha256sum`` would not read this name as it stands.
    """
    if re.search(r"[\\/\r\n\0]", naam):
        raise ValueError("de naam heeft een teken dat sha256sum niet leest")
    named = f"# zegel {zegel.nummer} van {zegel.op:%Y-%m-%dT%H:%M:%SZ}, digest {zegel.kort}\n" if zegel else ""
    who = vaststelling and "".join(sign if sign.isprintable() else "?" for sign in vaststelling.door)
    by = f"# vastgesteld op {vaststelling.op:%Y-%m-%dT%H:%M:%SZ} door {who}\n" if vaststelling else ""
    return _marked(digest, f"{sha256}  {naam}\n{by}{named}# ".encode(), end=b"\n")


def _marked(digest: str, *begin: bytes | memoryview, soort: str = TOETS, end: bytes = b"") -> bytes:
    """Return the pieces with a keurmerk behind them, put together once: a workbook of a nation is tens of megabytes."""
    covered = (*begin, f"pleegzicht {soort}={digest} sha256=".encode())
    sha256 = hashlib.sha256()
    for piece in covered:
        sha256.update(piece)
    return b"".join((*covered, sha256.hexdigest().encode(), end))


def read_keurmerk(data: bytes, slot: bytes = b"") -> Keurmerk | None:
    """Return the keurmerk at the very end of a file; None when there is none.

    Args:
        data: the whole file.
        slot: the bytes that its format puts behind the keurmerk: the line feed of a PDF and of a ``.sha256``.
    """
    if not data.endswith(slot):
        return None
    end = len(data) - len(slot)
    for soort, pattern in _KEURMERKEN.items():
        place = end - LENGTE - len(soort) + len(TOETS)
        if place >= 0 and (found := pattern.fullmatch(data, place, end)):
            return Keurmerk(found[1].decode(), found[2].decode())
    return None


def is_unchanged(data: bytes, keurmerk: Keurmerk, slot: bytes = b"") -> bool:
    """Tell whether every byte before the digits of this keurmerk is as it was."""
    covered = memoryview(data)[: len(data) - len(slot) - DIGEST]
    return hashlib.sha256(covered).hexdigest() == keurmerk.sha256
