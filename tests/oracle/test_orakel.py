"""The oracle itself: against both expected exports, the audit, and the edges that those do not reach.

Everything expected here was worked out by hand from normen.md, or came with the data.
"""

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.werkboeken import AANBIEDER_A, DATA

from .kalender import add_maanden, add_werkdagen, get_eerste_paasdag, get_verjaardag
from .orakel import KOLOMMEN, als_csv, format_cel, oordelen
from .werkboek_lezen import parse_datum, read_werkboek

Werkboek = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def aanbieder() -> Werkboek:
    return read_werkboek(AANBIEDER_A)


@pytest.mark.parametrize("peildatum", ["2026-09-30", "2024-02-29"])
def test_export_equals_the_expected_bytes(aanbieder: Werkboek, peildatum: str) -> None:
    verwacht = (DATA / f"aanbieder-a.termijnen-{peildatum}.csv").read_bytes()
    assert als_csv(oordelen(aanbieder, date.fromisoformat(peildatum))).encode() == verwacht


def test_judgements_equal_the_audit_on_each_rows_own_peildatum(aanbieder: Werkboek) -> None:
    with (DATA / "aanbieder-a.kwartaaltoets-2026-Q3.csv").open(encoding="utf-8", newline="") as bestand:
        regels = list(csv.DictReader(bestand))
    assert len(regels) > 300
    per_kind = split_per_kind(aanbieder)
    for regel in regels:
        cellen = dict(list_cellen(per_kind[regel["pleegkind_nummer"]], regel))
        assert cellen.items() <= regel.items()


def split_per_kind(werkboek: Werkboek) -> dict[str, Werkboek]:
    """The children's own sheets, one small workbook each: no family's members, no evaluaties."""
    gedeeld = {blad: werkboek[blad] for blad in ("pleeggezinnen", "medewerkers")}
    per_kind: dict[str, Werkboek] = {rij["nummer"]: {**gedeeld} for rij in werkboek["pleegkinderen"]}
    kind_van = {rij["nummer"]: rij["pleegkind"] for rij in werkboek["plaatsingen"]}
    for blad, rijen in werkboek.items():
        for rij in rijen:
            kind = rij["nummer"] if blad == "pleegkinderen" else rij.get("pleegkind")
            kind = kind or kind_van.get(rij.get("plaatsing"))
            if kind is not None:
                per_kind[kind].setdefault(blad, []).append(rij)
    return per_kind


def list_cellen(werkboek: Werkboek, regel: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The cells of an audit row that are judgements, as the oracle sees them."""
    kind, plaatsing = regel["pleegkind_nummer"], regel["plaatsing_nummer"]
    rijen = oordelen(werkboek, date.fromisoformat(regel["peildatum"]))
    gevonden = {(rij["norm"], rij["onderwerp_nummer"]): rij for rij in rijen}
    for norm, nummer in (("KAG-R", plaatsing), ("VC-J", plaatsing), ("MDO", kind), ("KAG-3", plaatsing)):
        naam = norm.lower().replace("-", "_")
        rij = gevonden.get((norm, nummer), {"stand": "nvt"})
        yield f"{naam}_stand", rij["stand"]
        if norm != "KAG-3":
            yield f"{naam}_laatste", format_cel(rij.get("laatste_datum"))
            yield f"{naam}_uiterlijk", format_cel(rij.get("uiterlijk"))


# --- the calendar ---


@pytest.mark.parametrize(
    ("anker", "aantal", "uitkomst"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 2, date(2025, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2025, 10, 31), 4, date(2026, 2, 28)),
        (date(2025, 12, 5), 1, date(2026, 1, 5)),
    ],
)
def test_months_count_from_the_anchor_and_clamp(anker: date, aantal: int, uitkomst: date) -> None:
    assert add_maanden(anker, aantal) == uitkomst


@pytest.mark.parametrize(
    ("bekend", "uitkomst"),
    [
        (date(2026, 11, 20), date(2026, 11, 25)),  # a Friday: Monday, Tuesday, Wednesday
        (date(2026, 11, 21), date(2026, 11, 25)),  # a Saturday
        (date(2026, 4, 2), date(2026, 4, 9)),  # Maundy Thursday: Good Friday and Easter Monday do not count
        (date(2026, 5, 13), date(2026, 5, 19)),  # the day before Ascension
        (date(2026, 5, 22), date(2026, 5, 28)),  # the Friday before Whitsun
        (date(2026, 4, 24), date(2026, 4, 30)),  # Monday 27 April is King's day
        (date(2025, 4, 25), date(2025, 4, 30)),  # Saturday 26 April is King's day: Monday 28 is a working day
        (date(2026, 5, 4), date(2026, 5, 8)),  # 5 May, every year
        (date(2025, 12, 24), date(2025, 12, 31)),
        (date(2024, 12, 31), date(2025, 1, 6)),
    ],
)
def test_third_working_day(bekend: date, uitkomst: date) -> None:
    assert add_werkdagen(bekend, 3) == uitkomst


@pytest.mark.parametrize(
    ("jaar", "maand", "dag"),
    [
        (1943, 4, 25),
        (1954, 4, 18),
        (1981, 4, 19),
        (2000, 4, 23),
        (2008, 3, 23),
        (2019, 4, 21),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2038, 4, 25),
    ],
)
def test_easter(jaar: int, maand: int, dag: int) -> None:
    assert get_eerste_paasdag(jaar) == date(jaar, maand, dag)


def test_birthday_of_29_february() -> None:
    assert get_verjaardag(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert get_verjaardag(date(2008, 2, 29), 12) == date(2020, 2, 29)


@pytest.mark.parametrize("tekst", ["46082", "2026-03-01", "1-3-2026", "2026-03-01T10:00:00Z", "46082.5"])
def test_dates_of_a_workbook(tekst: str) -> None:
    assert parse_datum(tekst) == date(2026, 3, 1)


def test_csv_guards_against_formulas_and_quotes() -> None:
    rij: dict[str, Any] = dict.fromkeys(KOLOMMEN)
    rij.update(pleegkind_nummer="=1+1", onderwerp_nummer="a,b", dagen_te_laat=3, uiterlijk=date(2024, 1, 31))
    assert als_csv([rij]).splitlines()[1] == '\'=1+1,,,"a,b",,,2024-01-31,,,3'
