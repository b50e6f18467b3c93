"""Files that are no workbook, or a damaged one: one clear refusal, and never anything else."""

import io
import random
import re
import zipfile
from pathlib import Path

import pytest

from app.imports.check.werkboek import check_werkboek
from app.imports.faults import WerkboekFout
from app.imports.read.werkboek import read_werkboek
from app.imports.werkboek import Grenzen
from tests.imports import bouw
from tests.imports.bestanden import KLEIN, MEDEWERKER, refusal, rewrite, rows


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
