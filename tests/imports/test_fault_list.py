import csv
from io import StringIO

import pytest

from app.imports.fault_list import write_fault_csv, write_fault_text
from app.imports.faults import Fout, FoutCode

VERPLICHT = Fout("huisbezoeken", 382, "plaatsing", FoutCode.VERPLICHT, "Deze cel is verplicht; vul hem in.")
BLAD = Fout("recepten", 0, "", FoutCode.ONBEKEND_BLAD, "Dit blad is niet bekend, verwijder het.")


def test_csv_has_the_header_of_the_contract_and_lines_that_end_in_lf() -> None:
    assert write_fault_csv([VERPLICHT, BLAD]) == (
        "blad,rij,kolom,code,melding\n"
        "huisbezoeken,382,plaatsing,verplicht,Deze cel is verplicht; vul hem in.\n"
        'recepten,0,,onbekend_blad,"Dit blad is niet bekend, verwijder het."\n'
    )


def test_csv_without_faults_is_the_header() -> None:
    assert write_fault_csv([]) == "blad,rij,kolom,code,melding\n"


@pytest.mark.parametrize("sign", ["\t", "\r", "\n"])
def test_a_sign_that_a_spreadsheet_skips_before_a_formula_becomes_a_space(sign: str) -> None:
    line = write_fault_csv([Fout(f"{sign}=1", 0, f"{sign}", FoutCode.ONBEKEND_BLAD, "Onbekend.")])
    assert line.splitlines()[1:] == [" =1,0, ,onbekend_blad,Onbekend."]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_formula_in_a_name_from_the_file_is_neutralised(sign: str) -> None:
    fout = Fout(f"{sign}blad", 0, f"{sign}HYPERLINK()", FoutCode.ONBEKEND_BLAD, "Onbekend.")
    row = list(csv.reader(StringIO(write_fault_csv([fout]), newline="")))[1]
    assert row == [f"'{sign}blad", "0", f"'{sign}HYPERLINK()", "onbekend_blad", "Onbekend."]


def test_text_has_one_fault_on_a_line_and_counts_them() -> None:
    assert write_fault_text([VERPLICHT, BLAD]) == (
        "huisbezoeken, rij 382, kolom plaatsing: Deze cel is verplicht; vul hem in. [verplicht]\n"
        "recepten: Dit blad is niet bekend, verwijder het. [onbekend_blad]\n"
        "2 fouten.\n"
    )


@pytest.mark.parametrize(("fouten", "last"), [([], "Geen fouten."), ([BLAD], "1 fout.")])
def test_text_counts_none_and_one(fouten: list[Fout], last: str) -> None:
    assert write_fault_text(fouten).splitlines()[-1] == last


def test_a_line_end_in_a_name_does_not_make_a_second_line() -> None:
    assert len(write_fault_text([Fout("a\nb\x1b[31m", 0, "", FoutCode.ONBEKEND_BLAD, "x")]).splitlines()) == 2


def test_faults_sort_by_row_as_a_number() -> None:
    rows = [Fout("vgbs", rij, "datum", FoutCode.VERPLICHT, "") for rij in (10, 9, 2)]
    assert [fout.rij for fout in sorted(rows)] == [2, 9, 10]


def rows(*rijen: int) -> list[Fout]:
    return [Fout("vgbs", rij, "status", FoutCode.ONGELDIGE_WAARDE, "Kies er een.") for rij in rijen]


def test_a_sentence_about_a_whole_column_is_one_line_with_a_count_and_five_rows() -> None:
    assert write_fault_text(rows(*range(2, 402))).splitlines() == [
        "vgbs, 400 rijen (2, 3, 4, 5, 6, …), kolom status: Kies er een. [ongeldige_waarde]",
        "400 fouten.",
    ]
    assert write_fault_text(rows(2, 9)).startswith("vgbs, 2 rijen (2, 9), kolom status: ")
    assert len(write_fault_csv(rows(*range(2, 402))).splitlines()) == 401


def test_what_hangs_on_a_fault_is_counted_behind_it() -> None:
    waiting = [
        Fout("begeleidingen", rij, "plaatsing", FoutCode.AFHANKELIJK, f"Wacht op {rij}.", root)
        for rij, root in ((2, ("huisbezoeken", 382)), (3, ("huisbezoeken", 382)), (4, ("recepten", 0)))
    ]
    fouten = sorted([VERPLICHT, BLAD, *waiting])
    assert write_fault_text(fouten).splitlines() == [
        f"huisbezoeken, rij 382, kolom plaatsing: {VERPLICHT.melding} [verplicht] 2 rijen wachten hierop.",
        "recepten: Dit blad is niet bekend, verwijder het. [onbekend_blad] 1 rij wacht hierop.",
        "2 fouten; 3 rijen wachten daarop.",
    ]
    assert [line.split(",")[0] for line in write_fault_csv(fouten).splitlines()[1:]] == [
        "huisbezoeken", "recepten", "begeleidingen", "begeleidingen", "begeleidingen",
    ]  # fmt: skip
