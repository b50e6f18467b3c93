"""Reads an .xlsx: an untrusted zip first becomes a checked one in memory, only that one reaches the reader.

The checked copy is what makes the limits hold: sizes are counted on bytes that were really decompressed, and
the reader cannot find another table of contents in the file than the one that was checked.
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import IO, Final

from python_calamine import CalamineSheet, CalamineWorkbook

from app.imports.faults import WerkboekFout
from app.imports.read.scan import BESCHADIGD, Part, PartScan
from app.imports.werkboek import Blad, Cel, Celbereik, Formule, Foutwaarde, Grenzen, Rauw, Werkboek, header_text

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INHOUD: Final = b"PK\x01\x02"
_WERKBOEK: Final = "xl/workbook.xml"
_RELATIES: Final = "xl/_rels/workbook.xml.rels"
_BEWAARD: Final = (".xml", ".rels")
_BLOK: Final = 64 * 1024  # bytes that are read at a time
_VERSLEUTELD: Final = 0x1

# What zipfile raises on bytes that were changed on purpose; found by flipping bytes.
_ZIP_FOUTEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)

_GEEN_XLSX: Final = "Het bestand is geen .xlsx-werkboek; bewaar het in een spreadsheetprogramma als .xlsx."
_BEVEILIGD: Final = "Het werkboek is met een wachtwoord beveiligd of een oud .xls; bewaar het als gewone .xlsx."
TE_GROOT: Final = "Het bestand is te groot; verdeel de rijen over meer bestanden."
_TE_GROOT_UITGEPAKT: Final = "Het werkboek is uitgepakt te groot; verdeel de rijen over meer bestanden."
_TE_VEEL: Final = "Het werkboek bestaat uit te veel onderdelen; bewaar het opnieuw als .xlsx."
_PADEN: Final = "Het werkboek bevat onderdelen met een ongeldige naam; bewaar het opnieuw als .xlsx."


@dataclass(frozen=True, slots=True)
class _Checked:
    """A copy of the file that holds nothing but counted and scanned XML parts."""

    data: BytesIO
    parts: dict[str, Part]


def read_xlsx(data: bytes, grenzen: Grenzen) -> Werkboek:
    """Read the bytes of an .xlsx (or .xlsm; macros are dropped unread).

    Args:
        data: the file.
        grenzen: how much it may hold.

    Returns:
        The raw workbook. A formula gives its stored value, and ``FORMULE`` without one.

    Raises:
        WerkboekFout: no .xlsx, encrypted, damaged, with odd names in it, or too large.
    """
    _check_outside(data, grenzen)
    checked = _check_inside(data, grenzen)
    try:
        reader = CalamineWorkbook.from_filelike(checked.data)
        sheets = [reader.get_sheet_by_name(name) for name in reader.sheet_names]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as reason:  # the reader is Rust: its panic is a BaseException
        raise WerkboekFout(BESCHADIGD) from reason
    parts = _parts_of_sheets(checked.parts)
    boek = checked.parts[_WERKBOEK]
    bladen = tuple(
        _blad(sheet, parts.get(sheet.name, Part()), is_verborgen=sheet.name in boek.verborgen_bladen)
        for sheet in sheets
    )
    return Werkboek(bladen, datum_1904=boek.datum_1904)


def _check_outside(data: bytes, grenzen: Grenzen) -> None:
    if len(data) > grenzen.bestand:
        raise WerkboekFout(TE_GROOT)
    if data.startswith(_OLE):
        raise WerkboekFout(_BEVEILIGD)
    if not data.startswith(_ZIP):
        raise WerkboekFout(_GEEN_XLSX)
    # Counted before zipfile builds an object for each; a few more may occur by chance in packed bytes.
    if data.count(_INHOUD) > 2 * grenzen.onderdelen:
        raise WerkboekFout(_TE_VEEL)


def _check_inside(data: bytes, grenzen: Grenzen) -> _Checked:
    try:
        with zipfile.ZipFile(BytesIO(data)) as source:
            _check_entries(source.infolist(), grenzen)
            return _copy_checked(source, grenzen)
    except WerkboekFout:
        raise
    except _ZIP_FOUTEN as reason:
        raise WerkboekFout(BESCHADIGD) from reason


def _check_entries(entries: list[zipfile.ZipInfo], grenzen: Grenzen) -> None:
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > grenzen.onderdelen:
        raise WerkboekFout(_TE_VEEL)
    if any(entry.flag_bits & _VERSLEUTELD for entry in entries):
        raise WerkboekFout(_BEVEILIGD)
    if len(names) < len(entries) or any(_is_odd(entry.orig_filename) for entry in entries):
        raise WerkboekFout(_PADEN)
    if not {_WERKBOEK, _RELATIES} <= names:
        raise WerkboekFout(_GEEN_XLSX)
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise WerkboekFout(BESCHADIGD)


def _is_odd(name: str) -> bool:
    """Tell whether an entry's name points outside the archive or hides something."""
    return name.startswith("/") or ".." in name.split("/") or not name.isprintable() or bool(set(name) & {"\\", ":"})


def _copy_checked(source: zipfile.ZipFile, grenzen: Grenzen) -> _Checked:
    left, data, parts = grenzen.uitgepakt, BytesIO(), dict[str, Part]()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for entry in source.infolist():
            keep = entry.filename.lower().endswith(_BEWAARD)
            with source.open(entry) as packed:
                if keep:
                    with target.open(entry.filename, "w") as copy:
                        parts[entry.filename.lower()], left = _copy_part(packed, copy, left, grenzen)
                else:
                    left -= sum(len(chunk) for chunk in _chunks(packed, left))
    data.seek(0)
    return _Checked(data, parts)


def _copy_part(packed: IO[bytes], copy: IO[bytes], left: int, grenzen: Grenzen) -> tuple[Part, int]:
    scan = PartScan(grenzen)
    for chunk in _chunks(packed, left):
        left -= len(chunk)
        scan.feed(chunk)
        copy.write(chunk)
    return scan.close(), left


def _chunks(packed: IO[bytes], left: int) -> Iterator[bytes]:
    """Decompress in small steps, and stop as soon as more comes out than is left of the limit."""
    while chunk := packed.read(_BLOK):
        left -= len(chunk)
        if left < 0:
            raise WerkboekFout(_TE_GROOT_UITGEPAKT)
        yield chunk


def _parts_of_sheets(parts: dict[str, Part]) -> dict[str, Part]:
    """Return what the scan found per sheet name.

    Raises:
        WerkboekFout: a part with special cells belongs to no sheet, so they would be taken for empty cells.
    """
    targets = {key: _part_name(target) for key, target in parts[_RELATIES].relaties.items()}
    part_of = {name: targets.get(relation, "") for name, relation in parts[_WERKBOEK].bladen}
    special = {name for name, part in parts.items() if part.bijzonder or part.samengevoegd}
    if special - set(part_of.values()):
        raise WerkboekFout(BESCHADIGD)
    return {name: parts[part] for name, part in part_of.items() if part in parts}


def _part_name(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()


def _blad(sheet: CalamineSheet, part: Part, *, is_verborgen: bool) -> Blad:
    """Wrap a sheet; its cells become Python objects row by row, when they are asked for."""
    header = next(iter(_rows(sheet, part)), (1, ()))[1]
    left = sheet.start[1] if sheet.start else 0
    merged = (
        Celbereik(top + 1, first - left, bottom + 1, last - left)
        for top, first, bottom, last in part.samengevoegd
        if (bottom, last) > (top, first)
    )
    hidden = frozenset(row + 1 for row in part.verborgen)
    return Blad(
        sheet.name,
        tuple(map(header_text, header)),
        partial(_rows_below_header, sheet, part),
        tuple(merged),
        hidden,
        is_verborgen,
    )


def _rows_below_header(sheet: CalamineSheet, part: Part) -> Iterator[tuple[int, Rauw]]:
    rows = _rows(sheet, part)
    next(rows, None)
    return rows


def _rows(sheet: CalamineSheet, part: Part) -> Iterator[tuple[int, Rauw]]:
    """Give every row from row 1 on; the reader leaves out empty columns at the left, no rows at the top.

    What it takes for empty at the right and at the bottom is given when a special cell stands there.
    """
    left, number = sheet.start[1] if sheet.start else 0, 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        special = part.bijzonder.get(number - 1)
        yield number, _with_special(row, special, left) if special else row
    for below in sorted(row for row in part.bijzonder if row >= number):
        yield below + 1, _with_special([], part.bijzonder[below], left)


def _with_special(row: Sequence[Cel], special: Mapping[int, Foutwaarde | Formule], left: int) -> list[Cel]:
    cells = list(row)
    for column, cel in special.items():
        if column >= left:
            cells.extend([""] * (column - left + 1 - len(cells)))
            cells[column - left] = cel
    return cells
