"""Files that are more than they seem: too large once unpacked, too many parts, cells in far corners."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from app.imports.read.werkboek import read_werkboek
from app.imports.werkboek import Grenzen
from tests.imports import bouw
from tests.imports.bestanden import KLEIN, MEDEWERKER, refusal, rewrite, rows, with_sheet


def bomb(blocks: int) -> bytes:
    """Return a workbook whose only sheet unpacks to so many megabytes; it is packed only once."""
    head = b"<worksheet><sheetData>"
    block = b'<row><c t="inlineStr"><is><t>' + b"A" * 2**20 + b"</t></is></c></row>"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # depends on nothing before it
    packed = start + again * blocks + packer.flush()
    name, out = b"xl/worksheets/sheet1.xml", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bouw.xlsx_of(KLEIN))) as source, zipfile.ZipFile(out, "w") as target:
        for other in source.namelist():
            if other != name.decode():
                target.writestr(other, source.read(other))
        target.writestr(name.decode(), packed)
        first = target.getinfo(name.decode()).header_offset
    data = bytearray(out.getvalue())
    size = struct.pack("<I", len(head) + blocks * len(block))
    for place, method, length in ((first, 8, 22), (data.rfind(name) - 46, 10, 24)):
        data[place + method] = zipfile.ZIP_DEFLATED
        data[place + length : place + length + 4] = size
    return bytes(data)


def test_the_size_bomb_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    """A sheet of one gigabyte in a file of one megabyte."""
    path = tmp_path / "bom.xlsx"
    path.write_bytes(bomb(1024))
    assert path.stat().st_size < 1_500_000
    tracemalloc.start()
    assert "uitgepakt te groot" in refusal(path, Grenzen(uitgepakt=50 * 2**20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert Grenzen().uitgepakt == 200 * 2**20


def test_the_bomb_is_a_workbook_but_for_its_size_and_checksum() -> None:
    data = bomb(2)
    with zipfile.ZipFile(io.BytesIO(data)) as archive, pytest.raises(zipfile.BadZipFile, match="CRC"):
        archive.read("xl/worksheets/sheet1.xml")
    assert "beschadigd" in refusal(data)
    assert "uitgepakt te groot" in refusal(data, Grenzen(uitgepakt=2**20))


def test_a_header_that_lies_about_the_size_does_not_help() -> None:
    content = b"<sst>" + b"A" * 5_000_000 + b"</sst>"
    data = bytearray(rewrite(bouw.xlsx_of(KLEIN), lambda _n, own: own, ("xl/groot.xml", content)))
    true_size, small = struct.pack("<I", len(content)), struct.pack("<I", 100)
    assert data.count(true_size) == 2
    lying = (
        bytes(data)
        .replace(true_size, small)
        .replace(struct.pack("<I", zlib.crc32(content)), struct.pack("<I", zlib.crc32(content[:100])))
    )
    assert "beschadigd" in refusal(lying, Grenzen(uitgepakt=1_000_000))
    assert "uitgepakt te groot" in refusal(bytes(data), Grenzen(uitgepakt=1_000_000))


def test_entries_that_are_left_out_count_too() -> None:
    data = rewrite(bouw.xlsx_of(KLEIN), lambda _n, own: own, ("xl/media/image1.png", bytes(5_000_000)))
    assert "uitgepakt te groot" in refusal(data, Grenzen(uitgepakt=1_000_000))


def test_too_many_entries() -> None:
    extra = [(f"xl/x{number}.bin", b"") for number in range(2000)]
    data = rewrite(bouw.xlsx_of(KLEIN), lambda _n, own: own, *extra)
    assert "te veel onderdelen" in refusal(data)
    assert "te veel onderdelen" in refusal(data, Grenzen(onderdelen=1500))
    assert rows(read_werkboek(data, Grenzen(onderdelen=3000))) == [(2, MEDEWERKER)]


def test_entries_are_counted_before_anything_is_made_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert "te veel onderdelen" in refusal(b"PK\x03\x04" + b"PK\x01\x02" * 2001)


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x", "/etc/passwd", "xl/../../x", "C:/x", "xl\\worksheets\\x.xml", "xl/a\nb", "XL/WORKBOOK.XML"],
)
def test_odd_names_of_entries(name: str) -> None:
    data = rewrite(bouw.xlsx_of(KLEIN), lambda _n, own: own, ("plaats.xml", b"<x/>"))
    if len(name) == len("plaats.xml"):
        odd = data.replace(b"plaats.xml", name.encode())
    else:
        odd = rewrite(bouw.xlsx_of(KLEIN), lambda _n, own: own, (name, b"<x/>"))
    assert "ongeldige naam" in refusal(odd)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bouw.xlsx_of(KLEIN))) as source, zipfile.ZipFile(out, "w", method) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    assert "beschadigd" in refusal(out.getvalue())


def cell(place: str, value: str = "1") -> str:
    return f'<c r="{place}"><v>{value}</v></c>'


@pytest.mark.parametrize(
    "xml",
    [
        f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("SF1048576")}</row>',
        f'<row r="1">{cell("A1")}</row><row r="900000">{cell("Z900000")}</row>',
    ],
)
def test_two_cells_in_far_corners_do_not_fill_the_memory(xml: str) -> None:
    assert "ver buiten" in refusal(with_sheet(xml))


@pytest.mark.parametrize("xml", [f'<row r="1">{cell("XFD1")}</row>', f'<row r="2000001">{cell("A2000001")}</row>'])
def test_too_many_rows_or_columns(xml: str) -> None:
    assert "meer rijen of kolommen" in refusal(with_sheet(xml))


def test_a_tall_sheet_with_a_formatted_last_row_is_fine() -> None:
    xml = f'<row r="1">{cell("A1")}{cell("Z1")}</row><row r="1048576" ht="20" customHeight="1"/>'
    assert read_werkboek(with_sheet(xml)).bladen[0].kop[0] == "1"


@pytest.mark.parametrize(
    "xml",
    [
        f'<row r="2">{cell("A2")}</row><row r="1">{cell("A1")}</row>',
        f'<row r="1">{cell("A500")}</row>',
        f'<row r="1">{cell("A2")}</row>',
        f'<row r="1">{cell("AB")}</row>',
        f'<row r="1">{cell("A1")}</row><row r="1">{cell("B1")}</row>',
        f'<row r="x">{cell("A1")}</row>',
        f'<row r="0">{cell("A0")}</row>',
        f'<row r="99999999999">{cell("A99999999999")}</row>',
        f'<row r="1">{cell("AAAAAAAA1")}</row>',
        f'<row r="1">{cell("a1")}</row>',
        f'<row r="1">{cell("1A1")}</row>',
        f'<row r="1">{cell("")}</row>',
        cell("A1"),
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1" r="2"/>',
        "&undefined;",
    ],
)
def test_cells_in_places_that_do_not_exist(xml: str) -> None:
    assert "beschadigd" in refusal(with_sheet(xml))


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData/></worksheet>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet><sheetData/></worksheet>',
        # well-formed in the encoding that it declares, and something else to a reader that does not look at that
        '<?xml version="1.0" encoding="iso-8859-1"?><worksheet>\xe9</worksheet>',
        "<worksheet/><worksheet/>",
        "",
    ],
)
def test_a_part_with_declarations_or_another_encoding(document: str) -> None:
    content = document.encode("latin-1")
    data = rewrite(bouw.xlsx_of(KLEIN), lambda name, own: content if "sheet1.xml" in name else own)
    assert "beschadigd" in refusal(data)


def test_a_workbook_in_utf_16_is_refused() -> None:
    data = rewrite(
        bouw.xlsx_of(KLEIN),
        lambda name, own: own.decode().replace("UTF-8", "UTF-16").encode("utf-16") if "sheet1" in name else own,
    )
    assert "beschadigd" in refusal(data)
