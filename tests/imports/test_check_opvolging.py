"""Steps about what was seen or said, the rules of a zichtplan, and the end of an inquiry, in a workbook."""

from datetime import date
from typing import Any

import pytest

from app.imports.bekend import Bekend, BekendeAanleiding, BekendeStap, BekendFeit
from app.terms import Opvolgbesluit, OpvolgstapSoort, OverlegMet
from tests.imports import bouw

K = date(2026, 10, 2)
_CHECK = {"nummer": "C1", "datum": K, "uitkomst": "onveilig"}
_THUIS = {"tot": ""}
_STORED = BekendeStap("signalen", "X1", K, OpvolgstapSoort.OVERLEG, OverlegMet.TEAMLEIDER, None, "M1")
_OVER_CHECK = {"aanleiding_soort": "veiligheidscheck", "aanleiding": "C1"}
_PLAN = {
    "soort": "zichtplan", "waarneming_dagen": 21, "van": date(2026, 10, 1), "herzien_uiterlijk": date(2027, 4, 1),
}  # fmt: skip


def faults(**rijen: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    keuring = bouw.check(bouw.boek_met(**rijen))
    return [(blad, kolom, code) for blad, _, kolom, code in bouw.found(keuring)]


def step(**over: Any) -> list[tuple[str, str]]:
    return [
        (kolom, code)
        for _, kolom, code in faults(plaatsingen=[_THUIS], opvolgstappen=[over], veiligheidschecks=[_CHECK])
    ]


@pytest.mark.parametrize(
    ("over", "fault"),
    [
        ({}, []),
        (_OVER_CHECK, []),
        ({"datum": date(2026, 10, 1)}, [("datum", "datum_buiten_periode")]),
        ({"met": ""}, [("met", "verplicht")]),
        ({"besluit": "hulp"}, [("besluit", "ongeldige_waarde")]),
        ({"stap": "besluit", "met": ""}, [("besluit", "verplicht")]),
        ({"stap": "besluit", "besluit": "hulp"}, [("met", "ongeldige_waarde")]),
        ({"aanleiding": "X9"}, [("aanleiding", "onbekende_verwijzing")]),
        ({"aanleiding_soort": "gesprek"}, [("aanleiding_soort", "ongeldige_waarde")]),
        ({"aanleiding_soort": "kindgesprek", "aanleiding": "T1"}, [("aanleiding", "onbekende_verwijzing")]),
    ],
)
def test_a_step_and_what_it_is_about(over: dict[str, Any], fault: list[tuple[str, str]]) -> None:
    assert step(**over) == fault


@pytest.mark.parametrize(
    "signaal",
    [{"calamiteit": "nee"}, {"calamiteit": "nee", "letsel": "nee"}, {"bekend_geworden_op": date(2026, 9, 30)}],
)
def test_a_step_about_what_is_no_aanleiding(signaal: dict[str, Any]) -> None:
    assert faults(signalen=[signaal]) == [("opvolgstappen", "aanleiding", "onbekende_verwijzing")]


def test_a_step_about_another_childs_signaal() -> None:
    found = faults(pleegkinderen=[{}, {"nummer": "K2", "roepnaam": "Noor", "bsn": ""}], signalen=[{"pleegkind": "K2"}])
    assert found == [("opvolgstappen", "aanleiding", "onbekende_verwijzing")]


def test_a_step_about_a_faulty_row_is_no_fault_of_its_own() -> None:
    keuring = bouw.check(bouw.boek_met(signalen=[{"datum": "ooit", "calamiteit": "nee"}]))
    assert bouw.found(keuring) == [("signalen", 2, "datum", "ongeldige_datum")]
    assert ("opvolgstappen", 2, "aanleiding") in bouw.waiting(keuring)


def test_what_is_stored_of_an_aanleiding_counts_when_the_file_does_not_say_it() -> None:
    boek = {blad: rijen for blad, rijen in bouw.boek_met().items() if blad != "signalen"}
    feiten = {"signalen": {"X1": BekendFeit("K1", date(2025, 6, 1))}}
    known = Bekend(nummers={"signalen": {"X1"}}, feiten=feiten)
    assert [one[2:] for one in bouw.found(bouw.check(boek, known))] == [("aanleiding", "onbekende_verwijzing")]
    asked = Bekend(nummers={"signalen": {"X1"}}, aanleidingen={"signalen": {"X1": BekendeAanleiding("K1", K)}})
    assert bouw.found(bouw.check(boek, asked)) == []
    of_another = Bekend(nummers={"signalen": {"X1"}}, aanleidingen={"signalen": {"X1": BekendeAanleiding("K2", K)}})
    assert [one[2:] for one in bouw.found(bouw.check(boek, of_another))] == [("aanleiding", "onbekende_verwijzing")]
    # a workbook of before the column existed says nothing about it
    boek = bouw.boek_met(signalen=[{"calamiteit": "nee"}])
    assert bouw.found(bouw.check(boek, asked, without=frozenset({("signalen", "letsel")}))) == []


def test_a_step_that_did_not_change_is_not_judged_again() -> None:
    boek = bouw.boek_met(signalen=[{"calamiteit": "nee"}])
    assert bouw.found(bouw.check(boek, Bekend(stappen={"V1": _STORED}))) == []


@pytest.mark.parametrize(
    "other",
    [
        {"datum": date(2026, 10, 9)}, {"stap": OpvolgstapSoort.BESLUIT}, {"met": OverlegMet.VEILIG_THUIS},
        {"besluit": Opvolgbesluit.HULP}, {"medewerker": "M9"}, {"nummer": "X9"},
    ],
)  # fmt: skip
def test_a_step_that_changed_is(other: dict[str, Any]) -> None:
    boek = bouw.boek_met(signalen=[{"calamiteit": "nee"}])
    found = bouw.found(bouw.check(boek, Bekend(stappen={"V1": _STORED._replace(**other)})))
    assert [one[2:] for one in found] == [("aanleiding", "onbekende_verwijzing")]


@pytest.mark.parametrize(
    ("over", "kolom", "code"),
    [
        ({"normen": "KAG-3 VC-J"}, "soort", "ongeldige_waarde"),
        ({"van": date(2026, 9, 30), "herzien_uiterlijk": date(2027, 1, 1)}, "soort", "ongeldige_waarde"),
        ({"herzien_uiterlijk": date(2027, 4, 2)}, "herzien_uiterlijk", "ongeldige_waarde"),
        ({"waarneming_dagen": ""}, "waarneming_dagen", "verplicht"),
        ({"waarneming_dagen": 43}, "waarneming_dagen", "ongeldige_waarde"),
        ({"waarneming_dagen": "vaak"}, "waarneming_dagen", "ongeldige_waarde"),
        ({"soort": "", "herzien_uiterlijk": date(2026, 12, 1)}, "waarneming_dagen", "ongeldige_waarde"),
        (
            {"soort": "", "waarneming_dagen": "", "normen": "CAL-3", "herzien_uiterlijk": date(2026, 12, 1)},
            "normen",
            "ongeldige_waarde",
        ),
        ({"soort": "plan"}, "soort", "ongeldige_waarde"),
    ],
)
def test_a_zichtplan_keeps_to_its_rules(over: dict[str, Any], kolom: str, code: str) -> None:
    assert faults(uitzonderingen=[{**_PLAN, **over}]) == [("uitzonderingen", kolom, code)]


def test_a_zichtplan_that_keeps_them() -> None:
    assert faults(uitzonderingen=[_PLAN]) == []


@pytest.mark.parametrize(
    ("over", "fault"),
    [
        ({"bij_twijfel": "ja", "conclusie_op": K}, False),
        ({"conclusie_op": K}, True),
        ({"bij_twijfel": "ja", "conclusie_op": date(2026, 10, 1)}, True),
    ],
)
def test_an_inquiry_ends_after_doubt(over: dict[str, Any], fault: bool) -> None:  # noqa: FBT001
    assert faults(signalen=[over]) == ([("signalen", "conclusie_op", "ongeldige_waarde")] if fault else [])
