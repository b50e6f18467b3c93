"""What a reader gives as empty and nobody left empty: formulas without a value, merged cells; and hidden rows."""

from datetime import date, datetime
from typing import Any

import pytest

from app.imports.bekend import Bekend
from app.imports.check.werkboek import check_werkboek
from app.imports.keuring import Keuring
from app.imports.read.werkboek import read_werkboek
from app.imports.return_workbook import write_return_workbook
from tests.imports import bouw
from tests.imports.bestanden import KLEIN, rewrite

SAMEN = "samengevoegde_cellen"
KOP = ["nummer", "naam", "email", "rol", "team"]


def keur(data: bytes) -> Keuring:
    return check_werkboek(read_werkboek(data), Bekend(), bouw.VANDAAG)


def found(data: bytes) -> bouw.Gevonden:
    return bouw.found(keur(data))


def medewerkers(*cells: str, after: str = "") -> bytes:
    """A workbook of one medewerker on row 2, one of whose cells is this XML."""
    given = {cell[6]: cell for cell in cells}
    text = {"A": "M1", "B": "Anna", "D": "teamleider"}
    row = "".join(
        given.get(
            column, f'<c r="{column}2" t="inlineStr"><is><t>{text[column]}</t></is></c>' if column in text else ""
        )
        for column in "ABCDE"
    )
    kop = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{naam}</t></is></c>' for column, naam in zip("ABCDE", KOP, strict=True)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetData><row r="1">{kop}</row><row r="2">{row}</row></sheetData>{after}</worksheet>'
    )
    return rewrite(bouw.xlsx_of(KLEIN), lambda name, data: xml.encode() if "sheet1.xml" in name else data)


@pytest.mark.parametrize(
    ("cell", "faulty"),
    [
        ('<c r="E2"><f>A1</f></c>', True),
        ('<c r="E2"><f>A1</f><v></v></c>', True),
        ('<c r="E2"><f>A1</f><v/></c>', True),
        ('<c r="E2"><f t="shared" si="0"/></c>', True),
        ('<c r="E2" t="str"><f>A1</f></c>', True),
        ('<c r="E2" t="str"><f>IF(1,"","")</f><v></v></c>', False),  # the outcome is the empty text
        ('<c r="E2" t="str"><f>A1</f><v>Noord</v></c>', False),
        ('<c r="E2"><f>1+1</f><v>2</v></c>', False),
        ('<c r="E2"><v></v></c>', False),
        ('<c r="E2" s="0"/>', False),
    ],
)
def test_a_formula_without_its_value(cell: str, *, faulty: bool) -> None:
    expected = [("medewerkers", 2, "team", "formule_zonder_waarde")] if faulty else []
    assert found(medewerkers(cell)) == expected


def test_a_formula_without_its_value_where_it_is_obliged_is_that_one_fault() -> None:
    assert found(medewerkers('<c r="B2"><f>A1</f></c>')) == [("medewerkers", 2, "naam", "formule_zonder_waarde")]


def test_rows_of_nothing_but_such_formulas_are_not_passed_over() -> None:
    def fill(target: Any) -> None:
        sheet = target.add_worksheet("medewerkers")
        sheet.write_row(0, 0, KOP)
        for row in (1, 2):
            for column in range(5):
                sheet.write_formula(row, column, "=1+1", value="weg")

    def forget(name: str, data: bytes) -> bytes:
        return data.replace(b' t="str"', b"").replace(b"<v>weg</v>", b"") if "sheet1" in name else data

    codes = [(rij, code) for _, rij, _, code in found(rewrite(bouw.xlsx(fill), forget))]
    assert codes == [(rij, "formule_zonder_waarde") for rij in (2, 3) for _ in range(5)]


def test_a_header_that_is_a_formula_without_its_value() -> None:
    def fill(target: Any) -> None:
        sheet = target.add_worksheet("medewerkers")
        sheet.write_row(0, 0, KOP)
        sheet.write_formula(0, 4, "=1+1", value="weg")
        sheet.write_row(1, 0, ["M1", "Anna", "", "teamleider", "Noord"])

    def forget(name: str, data: bytes) -> bytes:
        return data.replace(b' t="str"', b"").replace(b"<v>weg</v>", b"") if "sheet1" in name else data

    assert found(rewrite(bouw.xlsx(fill), forget)) == [("medewerkers", 1, "", "formule_zonder_waarde")]


def test_what_comes_back_is_still_no_value() -> None:
    data = medewerkers('<c r="E2"><f>A1</f></c>')
    returned = write_return_workbook(read_werkboek(data), keur(data))
    assert [fault[2:] for fault in found(returned)] == [("team", "ongeldige_waarde")]


def sheet_with(merges: list[tuple[int, int, int, int]], rows: int = 4, hidden: tuple[int, ...] = ()) -> bytes:
    """Medewerkers M1, M2 … from row 2 on, with an unknown column F; cells are merged by (row, column) from 0."""

    def fill(target: Any) -> None:
        sheet = target.add_worksheet("medewerkers")
        values = [KOP] + [[f"M{n}", "Anna", "", "teamleider", "Noord"] for n in range(1, rows + 1)]
        for number, row in enumerate(values):
            sheet.write_row(number, 0, row)
        for first_row, first, last_row, last in merges:
            value = values[first_row][first] if first_row < len(values) and first < len(values[first_row]) else ""
            sheet.merge_range(first_row, first, last_row, last, value)
        for below in hidden:
            sheet.set_row(below, None, None, {"hidden": True})

    return bouw.xlsx(fill)


@pytest.mark.parametrize(
    ("merges", "faults"),
    [
        ([(1, 4, 4, 4)], [(2, "team")]),
        ([(0, 4, 4, 4)], [(2, "team")]),  # from the header down
        ([(1, 4, 2, 4), (3, 4, 4, 4)], [(2, "team"), (4, "team")]),
        ([(2, 1, 2, 2)], [(3, "naam")]),
        ([(1, 1, 3, 4)], [(2, "naam")]),  # one range, however many columns
        ([(4, 4, 9, 4)], [(5, "team")]),  # beyond the last row
        ([(0, 6, 0, 8)], []),  # next to the header
        ([(1, 7, 3, 8)], []),  # next to the table
        ([(8, 0, 9, 4)], [(9, "nummer")]),  # below it: whoever merged them meant rows there
        ([(8, 3, 9, 7), (11, 1, 11, 2)], [(9, "rol"), (12, "naam")]),
        ([(8, 6, 9, 8)], []),  # below it, and next to it
    ],
)
def test_merged_cells_are_one_fault_each(merges: list[Any], faults: list[tuple[int, str]]) -> None:
    assert found(sheet_with(merges)) == [("medewerkers", rij, kolom, SAMEN) for rij, kolom in faults]


def test_merged_cells_without_values_keep_no_row_out() -> None:
    data = sheet_with([(8, 0, 9, 4)])
    keuring = keur(data)
    assert [rij.rij for rij in keuring.rijen["medewerkers"]] == [2, 3, 4, 5]
    returned = read_werkboek(write_return_workbook(read_werkboek(data), keuring))
    assert [blad.naam for blad in returned.bladen] == ["leeg"]


def test_merged_cells_are_a_fault_where_they_are_obliged_too_and_only_once() -> None:
    assert found(sheet_with([(1, 3, 4, 3)])) == [("medewerkers", 2, "rol", SAMEN)]


def test_the_other_rows_of_merged_cells_wait() -> None:
    keuring = keur(sheet_with([(1, 4, 3, 4)]))
    assert bouw.waiting(keuring) == [("medewerkers", 3, ""), ("medewerkers", 4, "")]
    assert [rij.rij for rij in keuring.rijen["medewerkers"]] == [5]


def test_hidden_rows_are_read_and_counted() -> None:
    keuring = keur(sheet_with([], hidden=(2, 3, 9)))
    assert bouw.found(keuring) == []
    assert len(keuring.rijen["medewerkers"]) == 4
    assert dict(keuring.verborgen) == {"medewerkers": 2}


def dates(value: Any, form: str | None = None) -> list[tuple[str, str]]:
    """What is found when the date of birth of the child is this."""

    def fill(target: Any) -> None:
        sheet = target.add_worksheet("pleegkinderen")
        sheet.write_row(0, 0, ["nummer", "roepnaam", "achternaam", "geboortedatum"])
        sheet.write_row(1, 0, ["K1", "Sam", "Bakker"])
        if form is None:
            sheet.write(1, 3, value)
        else:
            sheet.write_datetime(1, 3, value, target.add_format({"num_format": form}))

    return [fault[2:] for fault in found(bouw.xlsx(fill))]


@pytest.mark.parametrize(
    ("value", "faulty"),
    [(2014, True), (1, True), (2199, True), (2199.5, True), (42004, False), (42004.5, True), (0, True), (-5, True),
     ("2014", True), ("2014-01-01 00:00:00", False), ("1-1-2014 0:00", False), ("2014-01-01T08:00", True),
     ("2014-01-01T00:00:00Z", True)],
)  # fmt: skip
def test_a_year_alone_is_no_date(value: Any, *, faulty: bool) -> None:
    assert dates(value) == ([("geboortedatum", "ongeldige_datum")] if faulty else [])


@pytest.mark.parametrize(
    ("kolom", "year", "said"),
    [
        ("van", 2014, "ongeldige_datum"),
        ("tot", 2199, "ongeldige_datum"),
        ("tot", 2014.0, "ongeldige_datum"),
        ("tot", 1900, "ongeldige_datum"),
        ("tot", 2200, "datum_buiten_periode"),  # a day of 1906 like any other
    ],
)
@pytest.mark.parametrize("mac", [False, True])
def test_a_year_in_a_cell_for_dates_is_no_date(kolom: str, year: float, said: str, *, mac: bool) -> None:
    """Somebody types 2014 where the spreadsheet shows dates: it shows, and gives, 6 July 1905."""

    def fill(target: Any) -> None:
        sheet = target.add_worksheet("plaatsingen")
        sheet.write_row(0, 0, ["nummer", "pleegkind", "pleeggezin", "vorm", "zorgvorm", "van", "tot"])
        sheet.write_row(1, 0, ["P1", "K1", "G1", "voltijd", "pleegzorg", "2025-01-10"])
        day = target.add_format({"num_format": "d-m-yyyy"})
        sheet.write_number(1, 5 if kolom == "van" else 6, year, day)

    bekend = Bekend(nummers={"pleegkinderen": {"K1"}, "pleeggezinnen": {"G1"}})
    keuring = check_werkboek(read_werkboek(bouw.xlsx(fill, date_1904=mac)), bekend, bouw.VANDAAG)
    assert bouw.found(keuring) == [("plaatsingen", 2, kolom, said)]


@pytest.mark.parametrize("state", ["hide", "very_hidden"])
def test_all_rows_of_a_hidden_sheet_are_hidden(state: str) -> None:
    def fill(target: Any) -> None:
        target.add_worksheet("huisbezoeken").write_row(0, 0, ["nummer", "plaatsing", "datum", "medewerker"])
        sheet = target.add_worksheet("medewerkers")
        for number, row in enumerate([KOP, ["M1", "Anna", "", "teamleider", ""], ["M2", "Bo", "", "teamleider", ""]]):
            sheet.write_row(number, 0, row)
        getattr(sheet, state)()

    keuring = keur(bouw.xlsx(fill))
    assert (bouw.found(keuring), dict(keuring.verborgen)) == ([], {"medewerkers": 2})


def test_references_to_merged_nummers_wait_and_are_no_faults() -> None:
    """Which nummer it was cannot be told, so no reference to the sheet is known to be wrong."""

    def fill(target: Any) -> None:
        sheet = target.add_worksheet("medewerkers")
        for number, row in enumerate([KOP, *([f"M{n}", "Anna", "", "teamleider", ""] for n in (1, 2, 3))]):
            sheet.write_row(number, 0, row)
        sheet.merge_range(1, 0, 2, 0, "M1")
        visits = target.add_worksheet("huisbezoeken")
        visits.write_row(0, 0, ["nummer", "plaatsing", "datum", "medewerker"])
        for number in (1, 2, 3):
            visits.write_row(number, 0, [f"H{number}", "P1", "2025-06-01", f"M{number}"])

    bekend = Bekend(nummers={"plaatsingen": {"P1"}})
    keuring = check_werkboek(read_werkboek(bouw.xlsx(fill)), bekend, bouw.VANDAAG)
    assert bouw.found(keuring) == [("medewerkers", 2, "nummer", SAMEN)]
    assert bouw.waiting(keuring) == [
        ("huisbezoeken", 2, "medewerker"),
        ("huisbezoeken", 3, "medewerker"),
        ("medewerkers", 3, ""),
    ]


def test_a_date_with_a_time_says_so() -> None:
    midnight, morning = datetime(2014, 1, 1), datetime(2014, 1, 1, 8, 30)  # noqa: DTZ001 - a spreadsheet knows no zones
    assert dates(midnight, "yyyy-mm-dd hh:mm") == []
    assert dates(morning, "yyyy-mm-dd hh:mm") == [("geboortedatum", "ongeldige_datum")]
    assert dates(date(2014, 1, 1), "yyyy-mm-dd") == []
    for value in (morning, 42004.5, "1-1-2014 8:30"):
        boek = bouw.boek_met(pleegkinderen=[{"geboortedatum": value}])
        (fout,) = bouw.check(boek).fouten
        assert "tijd" in fout.melding
    (year,) = bouw.check(bouw.boek_met(kindgesprekken=[{"vastgelegd_op": 2014}])).fouten
    assert (year.kolom, year.code.value) == ("vastgelegd_op", "ongeldige_datum")
