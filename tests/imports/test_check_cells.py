"""Faults of single cells, headers and sheets; every kind with a case that is just right and one that is not."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from app.imports.check.werkboek import check_werkboek
from app.imports.kolommen import Celsoort
from app.imports.sheets import BLADEN
from app.imports.werkboek import Blad, Werkboek
from app.invoer.datums import VERLEDEN
from tests.imports import bouw
from tests.imports.bouw import NIETS, VANDAAG, boek_met, check, found

# Sheets that others refer to: without their nummer those references lead nowhere, which is a fault of its own.
DOELEN = {
    naar for blad in BLADEN.values() for kolom in blad.kolommen for naar in (kolom.blad, *dict(kolom.bladen).values())
}


def columns(blad: str, *soorten: Celsoort) -> list[str]:
    return [kolom.naam for kolom in BLADEN[blad].kolommen if kolom.soort in soorten]


def sheets_with(*soorten: Celsoort) -> list[str]:
    return [blad for blad in BLADEN if columns(blad, *soorten)]


def judged_otherwise(blad: str, kolommen: Iterable[str], waarden: Iterable[Any], code: str) -> list[tuple[Any, ...]]:
    """Put each value in each cell, one at a time; return what has another finding than this one."""
    tried = [
        (kolom, waarde, found(check(boek_met(**{blad: [{kolom: waarde}]})))) for kolom in kolommen for waarde in waarden
    ]
    return [one for one in tried if one[2] != [(blad, 2, one[0], code)]]


@pytest.mark.parametrize("blad", BLADEN)
def test_an_empty_obliged_cell_is_only_that(blad: str) -> None:
    obliged = [kolom.naam for kolom in BLADEN[blad].kolommen if kolom.verplicht]
    otherwise = judged_otherwise(blad, obliged, ["", "  ", "\u00a0"], "verplicht")
    if blad in DOELEN:
        assert all((blad, 2, "nummer", "verplicht") in faults for _, _, faults in otherwise)
        otherwise = [one for one in otherwise if one[0] != "nummer"]
    assert otherwise == []


@pytest.mark.parametrize("blad", BLADEN)
def test_an_empty_free_cell_is_fine_and_reads_as_none(blad: str) -> None:
    # with whom, and what was decided: each is obliged with a step of its own kind
    free = (one.naam for one in BLADEN[blad].kolommen if not one.verplicht and one.naam not in {"met", "besluit"})
    for kolom in free:
        keuring = check(boek_met(**{blad: [{kolom: ""}]}))
        assert (kolom, found(keuring)) == (kolom, [])
        assert keuring.rijen[blad][0].waarden[kolom] is None


@pytest.mark.parametrize("blad", sheets_with(Celsoort.DATUM, Celsoort.MOMENT))
def test_a_date_that_does_not_exist(blad: str) -> None:
    wrong = ["gisteren", "31-2-2015", "29-2-2023", "21-11-26", "2026-13-01", 0.0, True]
    assert judged_otherwise(blad, columns(blad, Celsoort.DATUM, Celsoort.MOMENT), wrong, "ongeldige_datum") == []


@pytest.mark.parametrize("blad", sheets_with(Celsoort.JA_NEE, Celsoort.KEUZE, Celsoort.NORMEN))
def test_a_value_outside_its_list(blad: str) -> None:
    chosen = columns(blad, Celsoort.JA_NEE, Celsoort.KEUZE, Celsoort.NORMEN)
    assert judged_otherwise(blad, chosen, ["misschien", "Ja!", 7.0, date(2025, 1, 1)], "ongeldige_waarde") == []


@pytest.mark.parametrize("keuze", ["ja", "JA", " nee ", "Nee", True, False])
def test_yes_and_no_in_any_case(keuze: Any) -> None:
    assert found(check(boek_met(kindgesprekken=[{"alleen": keuze}]))) == []


def test_a_number_is_no_yes_also_after_a_yes_that_equals_it() -> None:
    boek = boek_met(kindgesprekken=[{"alleen": True}, {"nummer": "T2", "alleen": 1.0}])
    assert found(check(boek)) == [("kindgesprekken", 3, "alleen", "ongeldige_waarde")]


@pytest.mark.parametrize("blad", sheets_with(Celsoort.TEKST, Celsoort.LANGE_TEKST))
def test_a_text_that_cannot_be_stored(blad: str) -> None:
    wrong = ["a\x00b", "a\x07b", "a\ud800b", "#N/A", "x" * 20_001, date(2025, 1, 1)]
    assert judged_otherwise(blad, columns(blad, Celsoort.TEKST, Celsoort.LANGE_TEKST), wrong, "ongeldige_waarde") == []


@pytest.mark.parametrize("bsn", ["123456782", 123456782.0, 10000008.0, ""])
def test_a_bsn_that_is_valid_or_absent(bsn: Any) -> None:
    keuring = check(boek_met(pleegkinderen=[{"bsn": bsn}]))
    assert found(keuring) == []
    assert keuring.rijen["pleegkinderen"][0].waarden["bsn"] in {"123456782", "010000008", None}


@pytest.mark.parametrize("bsn", ["123456789", "000000000", 0.0, "10000008", "x", 123456789.0, 1e9, 0.5, True])
def test_a_bsn_that_is_not_valid(bsn: Any) -> None:
    assert found(check(boek_met(pleegkinderen=[{"bsn": bsn}]))) == [("pleegkinderen", 2, "bsn", "bsn_elfproef")]


PAST = {blad.naam: [one.naam for one in blad.kolommen if one.naam in VERLEDEN] for blad in BLADEN.values()}


@pytest.mark.parametrize("blad", [blad for blad, kolommen in PAST.items() if kolommen])
def test_a_fact_cannot_lie_after_today(blad: str) -> None:
    for kolom, days in product(PAST[blad], (-1, 0, 1, 2000)):
        boek = boek_met(plaatsingen=[{"tot": ""}])
        boek[blad][0][kolom] = VANDAAG + timedelta(days=days)
        boek["signalen"][0]["bij_twijfel"] = "ja"
        del boek["opvolgstappen"][blad == "opvolgstappen" :]  # a step before its signaal is another fault too
        # facts of before a birth are another fault, and what must be done before it was agreed on
        about_the_day = [
            fault for fault in found(check(boek)) if fault[3] not in {"datum_onmogelijk", "datum_buiten_periode"}
        ]
        assert about_the_day == ([(blad, 2, kolom, "datum_in_toekomst")] if days > 0 else []), (kolom, days)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-21T23:59:59", []),
        ("2026-11-22T00:00:00", ["datum_in_toekomst"]),
        ("2026-11-21T22:59:59Z", []),
        ("2026-11-21T23:00:00Z", ["datum_in_toekomst"]),  # midnight in Amsterdam
        (datetime(2026, 11, 21, 23, 59), []),  # noqa: DTZ001 - a spreadsheet knows no zones
        (datetime(2026, 11, 22, 0, 0), ["datum_in_toekomst"]),  # noqa: DTZ001
    ],
)
def test_today_ends_at_midnight_in_amsterdam(moment: Any, expected: list[str]) -> None:
    faults = found(check(boek_met(kindgesprekken=[{"vastgelegd_op": moment}])))
    assert faults == [("kindgesprekken", 2, "vastgelegd_op", code) for code in expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"plaatsingen": [{"tot": date(2027, 1, 1)}]},
        {"begeleidingen": [{"van": date(2027, 1, 1)}]},
        {"maatregelen": [{"van": date(2027, 1, 1), "tot": date(2028, 1, 1)}]},
        {"uitzonderingen": [{"van": date(2026, 12, 1), "herzien_uiterlijk": date(2027, 1, 1)}]},
        {"vgbs": [{"herscreening_uiterlijk": date(2030, 1, 1)}]},
        {"gezinsleden": [{"inwonend_tot": date(2027, 1, 1)}]},
    ],
)
def test_what_is_planned_may_lie_after_today(changes: dict[str, Any]) -> None:
    assert found(check(boek_met(**changes))) == []


def test_a_row_has_all_its_faults_at_once() -> None:
    boek = boek_met(kindgesprekken=[{"datum": "gisteren", "alleen": "soms", "medewerker": "", "vorm": "brief"}])
    assert found(check(boek)) == [
        ("kindgesprekken", 2, "alleen", "ongeldige_waarde"),
        ("kindgesprekken", 2, "datum", "ongeldige_datum"),
        ("kindgesprekken", 2, "medewerker", "verplicht"),
        ("kindgesprekken", 2, "vorm", "ongeldige_waarde"),
    ]


def one_sheet(naam: str, kop: list[str], *rijen: list[Any]) -> Werkboek:
    return Werkboek((Blad.of(naam, kop, rijen),))


def check_one(naam: str, kop: list[str], *rijen: list[Any]) -> bouw.Gevonden:
    return found(check_werkboek(one_sheet(naam, kop, *rijen), NIETS, VANDAAG))


def test_a_missing_obliged_column_is_reported_once_whatever_the_rows() -> None:
    keuring = check_werkboek(one_sheet("medewerkers", ["nummer", "naam"], ["M1", "Anna"], ["M2", ""]), NIETS, VANDAAG)
    assert found(keuring) == [
        ("medewerkers", 1, "rol", "verplicht"),
        ("medewerkers", 3, "naam", "verplicht"),
    ]
    assert keuring.rijen["medewerkers"] == []
    assert bouw.waiting(keuring) == [("medewerkers", 2, "rol")]


def test_every_missing_obliged_column_is_reported() -> None:
    assert check_one("huisbezoeken", ["datum"]) == [
        ("huisbezoeken", 1, "medewerker", "verplicht"),
        ("huisbezoeken", 1, "nummer", "verplicht"),
        ("huisbezoeken", 1, "plaatsing", "verplicht"),
    ]


def test_a_missing_free_column_is_fine_and_is_told_apart_from_an_empty_one() -> None:
    werkboek = one_sheet("medewerkers", ["rol", "nummer", "naam"], ["teamleider", "M1", "Anna"])
    keuring = check_werkboek(werkboek, NIETS, VANDAAG)
    assert found(keuring) == []
    assert keuring.kolommen["medewerkers"] == ("nummer", "naam", "rol")
    assert keuring.rijen["medewerkers"][0].waarden["email"] is None


def test_an_unknown_column_is_reported_on_row_1_and_its_values_are_left_alone() -> None:
    boek = boek_met(huisbezoeken=[{"gevoel": "goed"}])
    keuring = check(boek)
    assert found(keuring) == [("huisbezoeken", 1, "gevoel", "onbekende_kolom")]
    assert len(keuring.rijen["huisbezoeken"]) == 1


def test_a_second_column_of_one_name_is_reported_and_the_first_counts() -> None:
    kop = ["nummer", "naam", "rol", "Naam"]
    werkboek = one_sheet("medewerkers", kop, ["M1", "Anna", "teamleider", "Bram"])
    keuring = check_werkboek(werkboek, NIETS, VANDAAG)
    assert found(keuring) == [("medewerkers", 1, "Naam", "onbekende_kolom")]
    assert keuring.rijen["medewerkers"][0].waarden["naam"] == "Anna"


def test_headers_and_sheet_names_may_have_capitals_and_spaces() -> None:
    assert check_one(" Medewerkers", [" Nummer ", "NAAM", "Rol"], ["M1", "Anna", "teamleider"]) == []


def test_the_column_fouten_of_a_returned_workbook_is_ignored() -> None:
    assert check_one("medewerkers", ["nummer", "naam", "rol", "Fouten"], ["M1", "A", "teamleider", "x"]) == []


def test_an_unknown_sheet_is_row_0_without_a_column() -> None:
    boek = boek_met()
    boek["recepten"] = []
    assert found(check(boek)) == [("recepten", 0, "", "onbekend_blad")]


def test_a_sheet_that_is_there_twice_is_reported_and_the_first_counts() -> None:
    first = Blad.of("medewerkers", ["nummer", "naam", "rol"], [["M1", "Anna", "teamleider"]])
    second = Blad.of("Medewerkers", ["nummer", "naam", "rol"], [["M2", "", "tovenaar"]])
    keuring = check_werkboek(Werkboek((first, second)), NIETS, VANDAAG)
    assert found(keuring) == [("Medewerkers", 0, "", "onbekend_blad")]
    assert len(keuring.rijen["medewerkers"]) == 1


def test_a_missing_sheet_and_an_empty_one_are_fine() -> None:
    assert check_one("medewerkers", []) == []
    assert found(check({})) == []


def test_rows_without_a_value_are_passed_over_and_numbers_stay_those_of_the_sheet() -> None:
    kop = ["nummer", "naam", "rol", "fouten"]
    keuring = check_werkboek(
        one_sheet("medewerkers", kop, ["", " ", "", ""], ["", "", "", "oud"], ["M1", "A", "x", ""]),
        NIETS,
        VANDAAG,
    )
    assert found(keuring) == [("medewerkers", 4, "rol", "ongeldige_waarde")]


def test_a_short_row_lacks_its_last_cells_and_a_long_one_is_a_fault() -> None:
    kop = ["nummer", "naam", "rol"]
    assert check_one("medewerkers", kop, ["M1", "Anna"], ["M2", "Wit", "teamleider", "Bram"]) == [
        ("medewerkers", 2, "rol", "verplicht"),
        ("medewerkers", 3, "", "ongeldige_waarde"),
    ]


def test_a_value_under_no_header_is_a_fault_of_its_row() -> None:
    kop = ["nummer", "", "naam", "rol"]
    assert check_one("medewerkers", kop, ["M1", "", "A", "teamleider"], ["M2", "?", "B", "teamleider"]) == [
        ("medewerkers", 3, "", "ongeldige_waarde"),
    ]


def test_without_any_known_column_only_the_header_is_at_fault_and_the_rows_wait() -> None:
    keuring = check_werkboek(one_sheet("medewerkers", ["", ""], ["M1", "Anna"]), NIETS, VANDAAG)
    assert found(keuring) == [("medewerkers", 1, kolom, "verplicht") for kolom in ("naam", "nummer", "rol")]
    assert bouw.waiting(keuring) == [("medewerkers", 2, "nummer")]


def test_no_sentence_repeats_what_the_file_says() -> None:
    geheim = "Geheim-7391"
    for blad in BLADEN.values():
        for kolom in blad.kolommen:
            for cel in (geheim, geheim * 2000, f"{geheim}\x00"):
                keuring = check(boek_met(**{blad.naam: [{kolom.naam: cel}]}))
                assert not any(geheim in fout.melding for fout in (*keuring.fouten, *keuring.afhankelijk))


def test_every_sentence_is_one_with_a_repair() -> None:
    keuring = check(boek_met(kindgesprekken=[{"datum": "gisteren", "plaatsing": "P9", "alleen": "soms"}]))
    for fout in keuring.fouten:
        assert fout.melding[0].isupper()
        assert fout.melding.endswith(".")
        assert ";" in fout.melding


def test_progress_is_told_per_sheet() -> None:
    told: list[tuple[str, int]] = []
    rows = [[f"M{number}", "Anna", "teamleider"] for number in range(2500)]
    check_werkboek(
        one_sheet("medewerkers", ["nummer", "naam", "rol"], *rows),
        NIETS,
        VANDAAG,
        voortgang=lambda blad, rijen: told.append((blad, rijen)),
    )
    assert told[-1] == ("medewerkers", 2500)
    assert [rijen for _, rijen in told] == sorted(rijen for _, rijen in told)
    assert len(told) == 3
