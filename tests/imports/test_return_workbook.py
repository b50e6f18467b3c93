"""The workbook that comes back: the right rows as they were, readable, repairable, and safe to open."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.imports import return_workbook
from app.imports.check.werkboek import check_werkboek
from app.imports.faults import WerkboekFout
from app.imports.read.werkboek import read_werkboek
from app.imports.return_workbook import write_return_workbook
from app.imports.werkboek import FOUTWAARDE, Blad, Cel, Werkboek
from tests.imports import bouw
from tests.werkboeken import ROMMELIG


def back(werkboek: Werkboek) -> Werkboek:
    keuring = check_werkboek(werkboek, bouw.NIETS, bouw.VANDAAG)
    return read_werkboek(write_return_workbook(werkboek, keuring))


def contents(werkboek: Werkboek) -> dict[str, list[list[Cel]]]:
    return {blad.naam: [list(blad.kop), *(list(row) for _, row in blad.bron())] for blad in werkboek.bladen}


def one_sheet(naam: str, kop: list[Any], *rijen: list[Any]) -> Werkboek:
    return Werkboek((Blad.of(naam, kop, rijen),))


def test_only_faulty_and_waiting_rows_come_back_with_their_sentences() -> None:
    boek = bouw.boek_met(
        medewerkers=[{}, {}, {"nummer": "M3", "rol": "tovenaar", "naam": ""}],
        evaluaties=[{}, {"nummer": "E2", "datum": "31-2-2025"}],
    )
    boek["huisbezoeken"][0]["medewerker"] = "M3"
    found = contents(back(bouw.werkboek(boek)))
    assert list(found) == ["medewerkers", "huisbezoeken", "evaluaties"]
    medewerkers = found["medewerkers"]
    assert medewerkers[0] == ["nummer", "naam", "email", "rol", "team", "team_sinds", "fouten"]
    assert len(medewerkers) == 2
    assert medewerkers[1][:6] == ["M3", "", "m1@voorbeeld.test", "tovenaar", "", ""]
    assert medewerkers[1][6] == (
        "naam: Deze cel is verplicht; vul hem in.; rol: Deze waarde staat niet in de lijst; kies uit "
        "pleegzorgbegeleider, gedragswetenschapper, teamleider, kwaliteitsmedewerker, beheerder."
    )
    assert found["evaluaties"][1][:3] == ["E2", "G1", "31-2-2025"]
    assert found["huisbezoeken"][1][2] == date(2025, 6, 1)
    assert str(found["huisbezoeken"][1][-1]).startswith("medewerker: Deze rij verwijst naar het blad medewerkers")


def test_repaired_and_imported_again_everything_is_in() -> None:
    boek = bouw.boek_met(pleegkinderen=[{"geboortedatum": "31-2-2015"}], uitzonderingen=[{"normen": "KAG"}])
    werkboek = bouw.werkboek(boek)
    first = check_werkboek(werkboek, bouw.NIETS, bouw.VANDAAG)
    repaired = contents(read_werkboek(write_return_workbook(werkboek, first)))
    repaired["pleegkinderen"][1][3] = "28-2-2015"
    repaired["uitzonderingen"][1][2] = "KAG-3"
    again = Werkboek(tuple(Blad.of(naam, rows[0], rows[1:]) for naam, rows in repaired.items()))
    second = check_werkboek(again, bouw.stored(first), bouw.VANDAAG)
    assert second.fouten == ()
    assert second.afhankelijk == ()
    numbers = sum(len(rijen) for keuring in (first, second) for rijen in keuring.rijen.values())
    assert numbers == sum(map(len, boek.values()))


def test_the_messy_workbook_comes_back_with_the_same_faults() -> None:
    werkboek = read_werkboek(ROMMELIG)
    first = check_werkboek(werkboek, bouw.NIETS, bouw.VANDAAG)
    returned = read_werkboek(write_return_workbook(werkboek, first))
    second = check_werkboek(returned, bouw.stored(first), bouw.VANDAAG)

    def kinds(fouten: Any) -> list[tuple[str, str, str]]:
        return sorted((fout.blad, fout.kolom, fout.code) for fout in fouten if fout.rij)

    assert kinds(second.fouten) == kinds(first.fouten)
    assert len(second.afhankelijk) == len(first.afhankelijk)
    assert not any(second.rijen.values())
    rows_back = sum(1 for blad in returned.bladen for _ in blad.bron())
    assert rows_back == len({(f.blad, f.rij) for f in (*first.fouten, *first.afhankelijk) if f.rij > 1})


def test_a_second_return_replaces_the_sentences_of_the_first() -> None:
    boek = bouw.boek_met(evaluaties=[{"datum": "x", "pleeggezin": ""}])
    once = back(bouw.werkboek(boek))
    stored = bouw.stored(check_werkboek(bouw.werkboek(boek), bouw.NIETS, bouw.VANDAAG))
    keuring = check_werkboek(once, stored, bouw.VANDAAG)
    twice = read_werkboek(write_return_workbook(once, keuring))
    assert contents(twice) == contents(once)


def test_values_stand_in_it_as_they_stood_in_the_file() -> None:
    day, moment = date(1984, 2, 29), datetime(2025, 6, 1, 13, 45, 10)  # noqa: DTZ001
    cells: list[Any] = [
        "=HYPERLINK(1)", "http://x.test", "007", "_x0041_", " a\n b ", 12.5, 45000.0, True, False, day, moment,
        time(13, 30), timedelta(hours=30), "", "Łucja 'x",
    ]  # fmt: skip
    kop = [f"k{number}" for number in range(len(cells))]
    found = contents(back(one_sheet("recepten", kop, cells)))["recepten"]
    assert found[0] == [*kop, "fouten"]
    assert found[1][:-1] == cells


def test_what_a_spreadsheet_cannot_hold_comes_back_as_text() -> None:
    cells: list[Any] = [date(1850, 1, 1), FOUTWAARDE, float("inf"), 10**400, "a\ud800b", "x" * 40_000]
    found = contents(back(one_sheet("recepten", list("abcdef"), cells)))["recepten"]
    assert found[1][:-1] == ["1850-01-01", "#FOUT", "inf", str(10**400), "a?b", "x" * 32_767]


def test_no_cell_is_a_formula_or_a_link() -> None:
    werkboek = one_sheet("medewerkers", ["nummer", "naam", "rol", "=1"], ["=1+1", "http://x", "@x", "+1"])
    data = write_return_workbook(werkboek, check_werkboek(werkboek, bouw.NIETS, bouw.VANDAAG))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in everything
    assert b"<hyperlink" not in everything


def test_a_missing_obliged_column_is_added_and_its_rows_come_back() -> None:
    werkboek = one_sheet("medewerkers", ["nummer", "naam"], ["M1", "Anna"])
    found = contents(back(werkboek))["medewerkers"]
    assert found[0] == ["nummer", "naam", "rol", "fouten"]
    assert found[1][:3] == ["M1", "Anna", ""]


def test_an_unknown_sheet_and_a_second_one_of_a_name_come_back_as_a_whole() -> None:
    first = Blad.of("medewerkers", ["nummer", "naam", "rol"], [["M1", "Anna", "x"]])
    second = Blad.of("Medewerkers", ["nummer"], [["M2"]])
    found = contents(back(Werkboek((first, second, Blad.of("a/b:c", ["q"], [[1.0]])))))
    assert list(found) == ["medewerkers", "Medewerkers (2)", "a b c"]
    assert found["a b c"][1][0] == 1.0


def test_long_rows_keep_their_extra_cells() -> None:
    werkboek = one_sheet("medewerkers", ["nummer", "naam", "rol"], ["M1", "Wit", "teamleider", "Bram"])
    assert contents(back(werkboek))["medewerkers"][0] == ["nummer", "naam", "rol", "", "fouten"]


def test_days_of_an_old_mac_stay_the_same_days() -> None:
    kop = ["nummer", "pleeggezin", "datum"]
    werkboek = Werkboek((Blad.of("evaluaties", kop, [["E1", "G9", 43830.0], ["E2", "G9", date(2024, 1, 1)]]),), True)  # noqa: FBT003
    returned = back(werkboek)
    assert returned.datum_1904
    assert [row[2] for row in contents(returned)["evaluaties"][1:]] == [43830.0, date(2024, 1, 1)]


def test_without_faults_it_is_an_empty_workbook() -> None:
    assert [blad.kop for blad in back(bouw.werkboek(bouw.boek_met())).bladen] == [()]


def test_more_rows_than_a_sheet_can_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(return_workbook, "_MAX_RIJEN", 3)
    kop = ["nummer", "naam", "rol"]
    two = [["M1", "A", "x"], ["M2", "B", "x"]]
    assert back(one_sheet("medewerkers", kop, *two)).bladen[0].naam == "medewerkers"
    with pytest.raises(WerkboekFout, match="medewerkers"):
        back(one_sheet("medewerkers", kop, *two, ["M3", "C", "x"]))
