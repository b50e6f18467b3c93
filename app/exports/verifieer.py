"""Checks one export (of an audit, or of a child's file) offline, without a database: is every byte as it was written?

It finds damage and careless changes. Against a deliberate forgery helps only the digest that it gives back: compare it
with the digest of the frozen audit.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from app.exports.keurmerk import is_unchanged, read_keurmerk
from app.exports.kwartaaltoets.as_json import OPENING, SLOT_BYTES, TUSSEN, read_slot
from app.exports.kwartaaltoets.xlsx.bladen import KINDEREN
from app.exports.lees_canoniek import NietCanoniek, count_regels
from app.lib.canoniek import DIGEST

_SIDECAR: Final = ".sha256"
_CHUNK: Final = 1024 * 1024  # bytes that are read at a time
_REGEL_SHA256SUM: Final = re.compile(
    r"([0-9a-f]{64})  [^\n]+\n(# vastgesteld [^\n]+\n)?(# zegel [^\n]+\n)?# pleegzicht [^\n]+\n"
)

GEWIJZIGD: Final = "Het bestand is gewijzigd sinds het is gemaakt: het keurmerk past niet bij de inhoud."
ZONDER_KEURMERK: Final = (
    "Het bestand heeft geen heel keurmerk van Pleegzicht: het is gewijzigd, afgebroken of niet van hier."
)


class OnbekendBestand(Exception):
    """This is no export of ours; the message says what is, in Dutch."""


@dataclass(frozen=True, slots=True)
class Bestandscontrole:
    """What a check found.

    Attributes:
        bestand: name of the file.
        formaat: csv, json, pdf or xlsx.
        digest: of the audit, as the file says; None when it does not say so legibly.
        regels: rows read; None when they could not be read, or in a PDF, which has not all of them.
        afwijkingen: what is wrong, in Dutch sentences; empty when every byte is as it was written.
    """

    bestand: str
    formaat: str
    digest: str | None
    regels: int | None
    afwijkingen: tuple[str, ...]


class _Bevinding(NamedTuple):
    """See ``Bestandscontrole``."""

    digest: str | None
    regels: int | None
    afwijkingen: tuple[str, ...]


def verify_file(path: Path) -> Bestandscontrole:
    """Check one export; for a CSV its ``.sha256`` must lie beside it (either of the two may be named).

    Raises:
        OnbekendBestand: neither its name nor its first bytes are those of an export.
        OSError: it cannot be read.
    """
    path = path.with_suffix("") if path.suffix == _SIDECAR else path
    formaat = _formaat(path)
    return Bestandscontrole(path.name, formaat, *_CHECKS[formaat](path))


def _formaat(path: Path) -> str:
    """Tell the format by the name, so that a changed first byte is found and not an unknown file."""
    formaat = path.suffix.lower().removeprefix(".")
    if formaat in _CHECKS:
        return formaat
    with path.open("rb") as stream:
        begin = stream.read(len(OPENING))
    for signature, found in ((b"PK", "xlsx"), (b"%PDF-", "pdf"), (OPENING, "json")):
        if begin.startswith(signature):
            return found
    raise OnbekendBestand("Dit is geen export van Pleegzicht: kies een .json, .xlsx, .pdf of .csv.")


def _check_json(path: Path) -> _Bevinding:
    digest, actual = _digests_of_json(path)
    if digest is None or digest != actual:
        return _Bevinding(digest, None, (GEWIJZIGD,))
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return _Bevinding(digest, count_regels(stream), ())
    except NietCanoniek as reason:
        return _Bevinding(digest, None, (f"Het bestand staat niet in de vaste vorm: {reason}.",))
    except UnicodeDecodeError:
        return _Bevinding(digest, None, ("Het bestand staat niet in de vaste vorm: het is geen UTF-8.",))


def _digests_of_json(path: Path) -> tuple[str | None, str]:
    """Return the digest that the file names, and that of the bytes that it is about."""
    before, size = len(OPENING) + DIGEST + len(TUSSEN), path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - SLOT_BYTES))
        slot = read_slot(stream.read())
        stream.seek(0)
        begin = stream.read(before)
        left = size - before - len(slot.bytes)
        actual = hashlib.sha256()
        while left > 0 and (piece := stream.read(min(_CHUNK, left))):
            actual.update(piece)
            left -= len(piece)
    if slot.sha256 is not None and slot.sha256 != _sha256_before(path, size - slot.uncovered):
        return None, actual.hexdigest()
    named = re.fullmatch(re.escape(OPENING) + rb"([0-9a-f]{64})" + re.escape(TUSSEN), begin)
    return named and named[1].decode(), actual.hexdigest()


def _sha256_before(path: Path, end: int) -> str:
    """Return the digest of the first bytes of a file."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while end > 0 and (piece := stream.read(min(_CHUNK, end))):
            found.update(piece)
            end -= len(piece)
    return found.hexdigest()


def _check_xlsx(path: Path) -> _Bevinding:
    data = path.read_bytes()
    digest, _, afwijkingen = _check_keurmerk(data)
    if afwijkingen:
        return _Bevinding(digest, None, afwijkingen)
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(KINDEREN)
    except (CalamineError, WorksheetNotFound):
        return _Bevinding(digest, None, (f"Het werkboek heeft geen leesbaar blad {KINDEREN}.",))
    return _Bevinding(digest, sheet.height - 1, ())


def _check_pdf(path: Path) -> _Bevinding:
    return _check_keurmerk(path.read_bytes(), b"\n")


def _check_keurmerk(data: bytes, slot: bytes = b"") -> _Bevinding:
    keurmerk = read_keurmerk(data, slot)
    if keurmerk is None:
        return _Bevinding(None, None, (ZONDER_KEURMERK,))
    return _Bevinding(keurmerk.digest, None, () if is_unchanged(data, keurmerk, slot) else (GEWIJZIGD,))


def _check_csv(path: Path) -> _Bevinding:
    beside = path.with_name(path.name + _SIDECAR)
    if not beside.exists():
        return _Bevinding(None, None, (f"Het keurmerk van een CSV staat in {beside.name}; dat bestand ontbreekt.",))
    keurmerk = beside.read_bytes()
    digest, _, afwijkingen = _check_keurmerk(keurmerk, b"\n")
    if afwijkingen:
        return _Bevinding(digest, None, tuple(f"{beside.name}: {afwijking}" for afwijking in afwijkingen))
    line = _REGEL_SHA256SUM.fullmatch(keurmerk.decode(errors="replace"))
    if line is None or line[1] != _sha256(path):
        return _Bevinding(digest, None, (GEWIJZIGD,))
    return _Bevinding(digest, _count_csv(path), ())


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _count_csv(path: Path) -> int:
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        return max(0, sum(1 for _ in csv.reader(stream)) - 1)


_CHECKS: Final[Mapping[str, Callable[[Path], _Bevinding]]] = {
    "csv": _check_csv,
    "json": _check_json,
    "pdf": _check_pdf,
    "xlsx": _check_xlsx,
}
