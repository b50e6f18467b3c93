"""The audit as a workbook: what a person reads in it, what never may be in it, and that it is text where it is text."""

import re
import zipfile
from datetime import date, datetime
from io import BytesIO
from random import Random
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.exports.keurmerk import read_keurmerk
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.xlsx.schrijven import KLEUREN
from app.exports.kwartaaltoets.xlsx.workbook import write_toets_xlsx
from app.terms import Stand
from tests.exports.toetsbouw import FORMULE, KANARIE, TEAMS, as_concept, build_bestand, build_oordeel, build_regel

VAST = ["Over deze toets", "Kengetallen", "Grafieken", "Normen", "Ruisfactoren", "Kinderen"]


def parts(xlsx: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(xlsx)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def sheets(bestand: Toetsbestand) -> dict[str, list[list[Any]]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(write_toets_xlsx(bestand)))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def as_dicts(rows: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_sheets_are_there_with_one_for_each_team() -> None:
    found = sheets(build_bestand(20, (*TEAMS, None)))
    assert list(found) == [*VAST, "Zonder team", *sorted(TEAMS)]
    assert len(found["Kinderen"]) == 21
    assert [len(found[team]) for team in TEAMS] == [5] * 4
    assert {row["Team"] for row in as_dicts(found["Team Duinrand"])} == {"Team Duinrand"}


def test_a_row_has_all_of_every_criterium_in_its_own_type() -> None:
    kans = Random(1)
    late = build_oordeel(
        "KAG-R", 1, kans, stand="te_laat", zwaarte="norm", laatste={"id": "gesprek-id", "datum": "2026-01-31"},
        uiterlijk="2026-05-31", teLaatSinds="2026-06-01", dagenTeLaat=122, uitzonderingId="uitzondering-id",
    )  # fmt: skip
    regel = build_regel(
        1, {"id": "t", "naam": "Noord"}, criteria={"KAG-R": late, "VC-J": None, "MDO": None}, navolgbaar=False,
        maatregelen=["ots", "voogdij_gi"], geplaatstOpKwartaaleinde=False,
    )  # fmt: skip
    (row,) = as_dicts(sheets(build_bestand(regels=[regel]))["Kinderen"])
    assert [row[f"KAG-R\n{kop}"] for kop in ("stand", "zwaarte", "laatste", "uiterlijk", "te laat sinds")] == [
        "te laat", "norm", date(2026, 1, 31), date(2026, 5, 31), date(2026, 6, 1),
    ]  # fmt: skip
    assert (row["KAG-R\ndagen te laat"], row["VC-J\nstand"], row["MDO\nuiterlijk"]) == (122, "n.v.t.", "")
    assert (row["KAG-R\nlaatste, id"], row["KAG-R\nuitzondering, id"]) == ("gesprek-id", "uitzondering-id")
    assert (row["Navolgbaar"], row["Geplaatst op\nkwartaaleinde"]) == ("nee", "nee")
    assert (row["Maatregelen"], row["Ruisfactoren"]) == ("ots, voogdij gi", "R01")


def test_a_further_norm_shows_the_worst_of_the_family_and_says_when_it_is_only_a_streef() -> None:
    kans = Random(1)
    oordelen = [
        build_oordeel("VGB-T", 1, kans, stand="op_tijd", zwaarte="norm"),
        build_oordeel("VGB-T", 1, kans, stand="te_laat", zwaarte="norm"),
        build_oordeel("VGB-T", 1, kans, stand="uitzondering", zwaarte="norm"),
        build_oordeel("HB", 1, kans, stand="te_laat", zwaarte="streef"),
    ]
    (row,) = as_dicts(sheets(build_bestand(regels=[build_regel(1, None, oordelen=oordelen)]))["Kinderen"])
    assert (row["VGB-T"], row["HB"], row["EVAL-J"]) == ("te laat", "te laat (streef)", "n.v.t.")


def test_of_two_that_are_late_the_one_that_counts_is_shown() -> None:
    oordelen = [
        build_oordeel("VGB-T", 1, Random(1), stand="te_laat", zwaarte=zwaarte) for zwaarte in ("streef", "norm")
    ]
    (row,) = as_dicts(sheets(build_bestand(regels=[build_regel(1, None, oordelen=oordelen)]))["Kinderen"])
    assert row["VGB-T"] == "te laat"


def test_the_key_figures_are_those_of_the_content_with_real_percentages() -> None:
    bestand = build_bestand(60)
    rows = as_dicts(sheets(bestand)["Kengetallen"])
    assert len(rows) == 2 * len(bestand.kengetallen)
    whole = bestand.kengetallen[0]
    for row, van in zip(rows[:2], (whole["voltijd"], whole["alle"]), strict=True):
        assert (row["Kinderen"], row["Navolgbaar"]) == (van["rijen"], van["navolgbaar"])
        assert row["Navolgbaar %"] == pytest.approx(van["navolgbaar"] / van["rijen"])
        kag = van["criteria"]["KAG-R"]
        assert row["KAG-R\nte laat %"] == pytest.approx(kag["te_laat"] / kag["vanToepassing"])


def test_an_audit_without_rows_is_a_workbook_too() -> None:
    found = sheets(build_bestand(0))
    assert len(found["Kinderen"]) == 1
    assert as_dicts(found["Kengetallen"])[0]["Navolgbaar %"] == "–"


def test_no_cell_is_a_formula_and_no_team_is_a_link() -> None:
    xlsx = write_toets_xlsx(build_bestand(4, [FORMULE, "+1", "@cmd", "http://kwaad.test"], namen=True))
    found = parts(xlsx)
    assert not [name for name, text in found.items() if name.startswith("xl/worksheets") and re.search("<f[ >]", text)]
    assert not [name for name, text in found.items() if "<hyperlink" in text or "relationships/hyperlink" in text]
    teams = {
        row["Team"]
        for row in as_dicts(CalamineWorkbook.from_filelike(BytesIO(xlsx)).get_sheet_by_name("Kinderen").to_python())
    }
    assert teams == {FORMULE, "+1", "@cmd", "http://kwaad.test"}


def test_a_pseudonymised_workbook_has_no_name_in_any_part() -> None:
    assert not [name for name, text in parts(write_toets_xlsx(build_bestand(40))).items() if KANARIE in text]
    assert [name for name, text in parts(write_toets_xlsx(build_bestand(40, namen=True))).items() if KANARIE in text]


def test_names_stand_in_their_own_columns_for_who_may_see_them() -> None:
    row = as_dicts(sheets(build_bestand(3, namen=True))["Kinderen"])[1]
    assert (row["Naam kind"], row["Naam begeleider"]) == (f"{KANARIE} Kind1", f"{KANARIE} Begeleider1")
    assert "Naam kind" not in as_dicts(sheets(build_bestand(3))["Kinderen"])[1]


def test_it_says_what_it_is_and_how_far_it_is() -> None:
    bestand = build_bestand(3, vervangt="0199-oude-toets")
    over = {row[0]: row[1] for row in sheets(bestand)["Over deze toets"] if row[0]}
    assert over["Controlegetal van de toets (digest)"] == bestand.digest
    assert over["Status"] == "Deze toets is vastgesteld op 5 oktober 2026 om 09:30 uur door M00099."
    assert over["Vastgesteld op"] == datetime(2026, 10, 5, 9, 30)  # noqa: DTZ001 # a clock on a wall
    assert over["Bekend op"] == datetime(2026, 10, 5, 0, 15)  # noqa: DTZ001
    assert over["Vervangt"] == "de toets 0199-oude-toets"
    concept = sheets(as_concept(bestand))["Over deze toets"]
    assert concept[0][0] == "Kwartaaltoets 2026-Q3: CONCEPT"
    assert "Vastgesteld op" not in {row[0] for row in concept}


def test_norms_have_their_source_and_ruisfactoren_say_what_they_are_not() -> None:
    found = sheets(build_bestand(1))
    assert {row["Norm"]: row["Bron"] for row in as_dicts(found["Normen"])}["POV-1"].startswith("Kamerbrief")
    assert found["Ruisfactoren"][0][0].startswith("Een ruisfactor is nooit een oordeel")


def test_two_charts_are_drawn_and_described() -> None:
    found = parts(write_toets_xlsx(build_bestand(40)))
    assert {"xl/charts/chart1.xml", "xl/charts/chart2.xml"} <= set(found)
    assert found["xl/drawings/drawing1.xml"].count("descr=") == 2


def test_every_stand_differs_in_more_than_its_colour() -> None:
    styles = parts(write_toets_xlsx(build_bestand(1)))["xl/styles.xml"]
    fonts = re.search("<fonts.*</fonts>", styles)
    assert fonts
    assert all(f"<{mark}/>" in fonts[0] for mark in ("b", "i", "u"))
    assert len(set(KLEUREN.values())) == len(Stand)


def test_the_same_audit_is_the_same_file_and_the_keurmerk_is_its_comment() -> None:
    bestand = build_bestand(10)
    xlsx = write_toets_xlsx(bestand)
    assert xlsx == write_toets_xlsx(bestand)
    assert "2026-10-05T07:30:00Z" in parts(xlsx)["docProps/core.xml"]  # and not the clock
    keurmerk = read_keurmerk(xlsx)
    assert keurmerk
    assert keurmerk.digest == bestand.digest
    with zipfile.ZipFile(BytesIO(xlsx)) as archive:
        assert archive.comment.decode() == f"pleegzicht toets={bestand.digest} sha256={keurmerk.sha256}"
