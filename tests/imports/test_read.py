"""Reading files: what is in them comes out as it is, and what is wrong with them is one clear refusal."""

import io
import random
import re
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from app.imports.check import check_werkboek
from app.imports.faults import WerkboekFout
from app.imports.read import read_werkboek
from app.imports.werkboek import FOUTWAARDE, Grenzen, Werkboek
from tests.imports import bouw

MEDEWERKER = ["M1", "Anna de Wit", "", "teamleider", ""]
KLEIN = {"medewerkers": [dict(zip(bouw.kop_van("medewerkers", []), MEDEWERKER, strict=True))]}


def rows(werkboek: Werkboek, blad: int = 0) -> list[tuple[int, list[Any]]]:
    return [(number, list(row)) for number, row in werkboek.bladen[blad].bron()]


def rewrite(data: bytes, change: Callable[[str, bytes], bytes | None], *extra: tuple[str, bytes]) -> bytes:
    """Copy a zip, each entry changed or (None) left out, and add entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in extra:
            target.writestr(name, content)
    return out.getvalue()


def with_sheet(xml: str) -> bytes:
    """Return a workbook whose only sheet has this sheet data."""
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{xml}</sheetData></worksheet>"
    )
    return rewrite(bouw.xlsx_of(KLEIN), lambda name, data: document.encode() if "sheet1.xml" in name else data)


def refusal(bron: Path | bytes, grenzen: Grenzen | None = None) -> str:
    with pytest.raises(WerkboekFout) as caught:
        read_werkboek(bron, grenzen or Grenzen())
    melding = caught.value.melding
    assert str(caught.value) == melding
    assert melding[0].isupper() or ".csv" in melding
    assert melding.endswith(".")
    assert "\n" not in melding
    return melding


# What is in a file


def test_an_xlsx_gives_its_sheets_headers_and_rows(tmp_path: Path) -> None:
    path = tmp_path / "klein.xlsx"
    path.write_bytes(bouw.xlsx_of(KLEIN))
    werkboek = read_werkboek(path)
    assert [blad.naam for blad in werkboek.bladen] == ["medewerkers"]
    assert werkboek.bladen[0].kop == ("nummer", "naam", "email", "rol", "team")
    assert rows(werkboek) == rows(werkboek) == [(2, MEDEWERKER)]
    assert not werkboek.datum_1904


def test_cells_keep_their_kind() -> None:
    def fill(target: Any) -> None:
        sheet = target.add_worksheet("bladje")
        formats = {
            kind: target.add_format({"num_format": kind}) for kind in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm")
        }
        sheet.write_row(0, 0, list("abcdefgh"))
        sheet.write_string(1, 0, "=1+1")
        sheet.write_number(1, 1, 12)
        sheet.write_number(1, 2, 45000)
        sheet.write_datetime(1, 3, date(2023, 3, 15), formats["yyyy-mm-dd"])
        sheet.write_datetime(1, 4, bouw_datetime(), formats["yyyy-mm-dd hh:mm"])
        sheet.write_datetime(1, 5, time(13, 30), formats["hh:mm"])
        sheet.write_boolean(1, 6, True)  # noqa: FBT003
        sheet.write_string(1, 7, "é\u200d 'x")

    werkboek = read_werkboek(bouw.xlsx(fill, strings_to_formulas=False))
    assert rows(werkboek)[0][1] == [
        "=1+1",
        12.0,
        45000.0,
        date(2023, 3, 15),
        bouw_datetime(),
        time(13, 30),
        True,
        "é\u200d 'x",
    ]


def bouw_datetime() -> datetime:
    return datetime(2023, 3, 15, 13, 30)  # noqa: DTZ001 - as a spreadsheet has it


def test_a_formula_gives_its_stored_value_and_is_empty_without_one() -> None:
    xml = (
        '<row r="1"><c r="A1" t="str"><f>"nu"&amp;"mmer"</f><v>nummer</v></c>'
        '<c r="B1" t="inlineStr"><is><t>naam</t></is></c></row>'
        '<row r="2"><c r="A2"><f>WEBSERVICE("http://x")</f><v>12</v></c><c r="B2"><f>NOW()</f></c></row>'
    )
    werkboek = read_werkboek(with_sheet(xml))
    assert werkboek.bladen[0].kop == ("nummer", "naam")
    assert rows(werkboek) == [(2, [12.0, ""])]


def test_a_cell_that_shows_an_error_is_not_taken_for_empty() -> None:
    def fill(target: Any) -> None:
        sheet = target.add_worksheet("plaatsingen")
        sheet.write_row(0, 1, ["nummer", "tot"])
        sheet.write_row(1, 1, ["P1", ""])
        sheet.write_formula(2, 2, "=NA()", None, "#N/A")
        sheet.write_formula(3, 1, "=NA()", None, "#N/A")

    assert rows(read_werkboek(bouw.xlsx(fill))) == [
        (2, ["P1", ""]),
        (3, ["", FOUTWAARDE]),
        (4, [FOUTWAARDE, ""]),
    ]


def test_row_numbers_count_empty_rows_and_a_missing_header_row() -> None:
    def fill(target: Any) -> None:
        sheet = target.add_worksheet("x")
        sheet.write_string(2, 3, "laat")
        sheet.write_string(5, 3, "later")

    werkboek = read_werkboek(bouw.xlsx(fill))
    assert werkboek.bladen[0].kop == ("",)
    assert rows(werkboek) == [(2, [""]), (3, ["laat"]), (4, [""]), (5, [""]), (6, ["later"])]


def test_sheets_without_cells_hidden_sheets_and_charts_are_seen() -> None:
    def fill(target: Any) -> None:
        target.add_worksheet("leeg")
        target.add_worksheet("verborgen").hide()
        chart = target.add_chart({"type": "bar"})
        chart.add_series({"values": "=leeg!$A$1:$A$2"})
        target.add_chartsheet("grafiek").set_chart(chart)

    werkboek = read_werkboek(bouw.xlsx(fill))
    assert [(blad.naam, blad.kop) for blad in werkboek.bladen] == [
        ("leeg", ()),
        ("verborgen", ()),
        ("grafiek", ()),
    ]
    assert [rows(werkboek, place) for place in range(3)] == [[], [], []]


def test_a_workbook_of_an_old_mac_is_recognised() -> None:
    def fill(target: Any) -> None:
        sheet = target.add_worksheet("x")
        sheet.write_string(0, 0, "datum")
        sheet.write_datetime(1, 0, date(2024, 1, 1), target.add_format({"num_format": "yyyy-mm-dd"}))

    werkboek = read_werkboek(bouw.xlsx(fill, date_1904=True))
    assert werkboek.datum_1904
    assert rows(werkboek) == [(2, [date(2024, 1, 1)])]


def test_macros_and_pictures_are_left_out_unread() -> None:
    data = rewrite(
        bouw.xlsx_of(KLEIN),
        lambda _name, content: content,
        ("xl/vbaProject.bin", b"\x00macro"),
        ("xl/media/image1.png", b"\x89PNG"),
    )
    assert rows(read_werkboek(data)) == [(2, MEDEWERKER)]


def test_prefixed_names_and_cells_without_a_place_are_understood() -> None:
    document = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        "<x:row><x:c><x:v>1</x:v></x:c><x:c t='e'><x:v>#N/A</x:v></x:c></x:row>"
        "<x:row r='3'><x:c r='B3' t='e'><x:v>#REF!</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    )
    data = rewrite(bouw.xlsx_of(KLEIN), lambda name, own: document.encode() if "sheet1.xml" in name else own)
    werkboek = read_werkboek(data)
    assert werkboek.bladen[0].kop == ("1", "#FOUT")
    assert rows(werkboek) == [(2, ["", ""]), (3, ["", FOUTWAARDE])]


# What is refused


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "bestaat niet" in refusal(tmp_path / "weg.xlsx")


@pytest.mark.parametrize("content", [b"", b"nummer,naam\n", b"PK\x05\x06" + bytes(18), b"%PDF-1.7", b"PK"])
def test_a_file_that_is_no_xlsx(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert "geen .xlsx" in refusal(path)


def test_another_kind_of_zip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("content.xml", "<office/>")
    assert "geen .xlsx" in refusal(out.getvalue())


def test_an_old_or_encrypted_workbook() -> None:
    assert "wachtwoord" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))


def test_an_encrypted_entry() -> None:
    data = bytearray(bouw.xlsx_of(KLEIN))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        data[place + offset] |= 1
    assert "wachtwoord" in refusal(bytes(data))


def test_a_csv_that_is_not_in_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "plaatsingen.csv"
    path.write_text("nummer\n", encoding="utf-8")
    assert "map" in refusal(path)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(bouw.xlsx_of(KLEIN))
    size = path.stat().st_size
    assert "te groot" in refusal(path, Grenzen(bestand=size - 1))
    assert "te groot" in refusal(path.read_bytes(), Grenzen(bestand=size - 1))
    assert rows(read_werkboek(path, Grenzen(bestand=size))) == [(2, MEDEWERKER)]


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


@pytest.mark.parametrize("missing", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_that_is_missing(missing: str) -> None:
    data = rewrite(bouw.xlsx_of(KLEIN), lambda name, own: None if name == missing else own)
    assert refusal(data)


def test_error_cells_on_a_part_that_no_sheet_names() -> None:
    part = b'<worksheet><sheetData><row r="1"><c r="A1" t="e"/></row></sheetData></worksheet>'
    data = rewrite(bouw.xlsx_of(KLEIN), lambda _n, own: own, ("xl/worksheets/los.xml", part))
    assert "beschadigd" in refusal(data)


def test_damaged_bytes_never_raise_anything_else() -> None:
    data = bouw.xlsx_of(bouw.boek_met())
    chance = random.Random(20261121)
    read = refused = 0
    for _ in range(400):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 4, 40))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if chance.random() < 0.2:
            del damaged[chance.randrange(len(damaged)) :]
        try:
            werkboek = read_werkboek(bytes(damaged))
            read += sum(1 for blad in werkboek.bladen for _ in blad.bron()) > 0
        except WerkboekFout:
            refused += 1
    assert read > 10
    assert refused > 100


def test_every_damaged_byte_of_the_table_of_contents_is_survived() -> None:
    data = bouw.xlsx_of(KLEIN)
    start = data.find(b"PK\x01\x02")
    for place in range(start, len(data)):
        for value in {0, 0xFF} - {data[place]}:
            damaged = bytearray(data)
            damaged[place] = value
            try:
                read_werkboek(bytes(damaged))
            except WerkboekFout:
                continue


ODD = {
    rb"<v>[^<]*</v>": [b"<v>9e99</v>", b"<v>-1</v>", b"<v>nan</v>", b"<v>2958465.9999</v>", b"<v></v>", b"<v>x</v>"],
    rb' t="\w+"': [b' t="e"', b' t="d"', b' t="b"', b' t="str"', b""],
    rb' s="\d+"': [b' s="99"', b' s="-1"', b""],
    rb'r="[A-Z]\d+"': [b'r="C2"', b'r="AA1"', b""],
    rb'Target="[^"]+"': [b'Target="x.xml"', b'Target="sharedStrings.xml"', b'Target="worksheets/sheet2.xml"'],
    rb'r:id="\w+"': [b'r:id="rId1"', b'r:id="x"', b""],
    rb'formatCode="[^"]+"': [b'formatCode="[h]:mm"', b'formatCode="hh:mm"'],
}


def test_well_formed_nonsense_never_raises_anything_else() -> None:
    data = bouw.xlsx_of(bouw.boek_met())
    chance = random.Random(20261121)
    names = ("sheet", "workbook", "styles")

    def change(name: str, content: bytes) -> bytes:
        for pattern, others in ODD.items():
            places = list(re.finditer(pattern, content))
            if places and any(part in name for part in names) and chance.random() < 0.05:
                place = chance.choice(places)
                content = content[: place.start()] + chance.choice(others) + content[place.end() :]
        return content

    read = refused = 0
    for _ in range(150):
        try:
            keuring = check_werkboek(read_werkboek(rewrite(data, change)), bouw.NIETS, bouw.VANDAAG)
            read += bool(keuring.kolommen)
        except WerkboekFout:
            refused += 1
    assert read > 20
    assert refused > 20
