"""Reading files: what is in them comes out as it is."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from app.imports.read.werkboek import read_werkboek
from app.imports.werkboek import FORMULE, FOUTWAARDE
from tests.imports import bouw
from tests.imports.bestanden import KLEIN, MEDEWERKER, rewrite, rows, with_sheet


def test_an_xlsx_gives_its_sheets_headers_and_rows(tmp_path: Path) -> None:
    path = tmp_path / "klein.xlsx"
    path.write_bytes(bouw.xlsx_of(KLEIN))
    werkboek = read_werkboek(path)
    assert [blad.naam for blad in werkboek.bladen] == ["medewerkers"]
    assert werkboek.bladen[0].kop == ("nummer", "naam", "email", "rol", "team", "team_sinds")
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


def test_a_formula_gives_its_stored_value_and_is_not_empty_without_one() -> None:
    xml = (
        '<row r="1"><c r="A1" t="str"><f>"nu"&amp;"mmer"</f><v>nummer</v></c>'
        '<c r="B1" t="inlineStr"><is><t>naam</t></is></c></row>'
        '<row r="2"><c r="A2"><f>WEBSERVICE("http://x")</f><v>12</v></c><c r="B2"><f>NOW()</f></c></row>'
    )
    werkboek = read_werkboek(with_sheet(xml))
    assert werkboek.bladen[0].kop == ("nummer", "naam")
    assert rows(werkboek) == [(2, [12.0, FORMULE])]


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
