"""The oracle itself: against both expected exports, the audit, and the edges that those do not reach.

Everything expected here was worked out by hand from domein.md, or came with the data.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .dagen_trekken import VANDAAG
from .feiten import BLADEN, build_bladen, get_begin_aaneengesloten, pick_versies, select, select_actief
from .fouten import build_toestand, list_fouten, list_momenten
from .geschiedenissen import Geval, gevallen, werkboeken
from .kalender import add_maanden, add_werkdagen, get_eerste_paasdag, get_verjaardag
from .normen import NORMCODES
from .orakel import KOLOMMEN, als_csv, format_cel, oordelen
from .werkboek_lezen import parse_datum, read_werkboek

DATA = Path(__file__).parents[2].parent / "shared" / "data"
Werkboek = dict[str, list[dict[str, Any]]]

met_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not beside the repository")
TRAAG = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@pytest.fixture(scope="module")
def aanbieder() -> Werkboek:
    return read_werkboek(DATA / "aanbieder-a.xlsx")


@met_data
@pytest.mark.parametrize("peildatum", ["2026-09-30", "2024-02-29"])
def test_export_equals_the_expected_bytes(aanbieder: Werkboek, peildatum: str) -> None:
    verwacht = (DATA / f"aanbieder-a.termijnen-{peildatum}.csv").read_bytes()
    assert als_csv(oordelen(aanbieder, date.fromisoformat(peildatum))).encode() == verwacht


@met_data
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


# --- edges that the data do not reach: one small file, changed in one place ---

P = date(2024, 1, 31)


def build_werkboek(**bladen: list[dict[str, Any]]) -> Werkboek:
    """A child K in the family G since P, voltijd, with a pleegouder L."""
    gezin = {"nummer": "G", "soort": "bestand", "pleegcontract_op": None}
    basis: Werkboek = {blad: [] for blad in BLADEN}
    basis["pleegkinderen"] = [{"nummer": "K", "geboortedatum": date(2014, 2, 28)}]
    basis["pleeggezinnen"] = [gezin]
    basis["plaatsingen"] = [build_plaatsing("P", P, None)]
    basis["gezinsleden"] = [build_lid("L", "pleegouder", date(1980, 1, 1), date(2015, 1, 1))]
    basis["medewerkers"] = [
        {"nummer": "M1", "rol": "pleegzorgbegeleider"},
        {"nummer": "M2", "rol": "gedragswetenschapper"},
        {"nummer": "M3", "rol": "teamleider"},
    ]
    return {**basis, **bladen}


def build_plaatsing(nummer: str, van: date, tot: date | None, **anders: object) -> dict[str, Any]:
    vast = {"pleegkind": "K", "pleeggezin": "G", "vorm": "voltijd"}
    return {**vast, "nummer": nummer, "van": van, "tot": tot, **anders}


def build_lid(nummer: str, rol: str, geboren: date, sinds: date, tot: date | None = None) -> dict[str, Any]:
    vast = {"nummer": nummer, "pleeggezin": "G", "rol": rol, "geboortedatum": geboren}
    return {**vast, "inwonend_sinds": sinds, "inwonend_tot": tot}


def build_gesprek(nummer: str, dag: date, **anders: object) -> dict[str, Any]:
    goed = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheid_besproken": True}
    return {"nummer": nummer, "plaatsing": "P", "datum": dag, **goed, **anders}


def build_signaal(bekend: date, **anders: object) -> dict[str, Any]:
    vast = {"nummer": "X", "pleegkind": "K", "datum": bekend, "bekend_geworden_op": bekend}
    geen = {"vraagt_veiligheidscheck": False, "calamiteit": False, "bij_twijfel": None, "gemeld_igj_op": None}
    return {**vast, **geen, **anders}


def build_vgb(nummer: str, status: str, dag: date, **anders: object) -> dict[str, Any]:
    vast = {"nummer": nummer, "gezinslid": "L", "status": status, "datum": dag}
    return {**vast, "herscreening_uiterlijk": None, **anders}


def build_maatregel(soort: str, van: date, tot: date | None) -> dict[str, Any]:
    return {"nummer": f"R{soort}{van}", "pleegkind": "K", "soort": soort, "van": van, "tot": tot}


def build_uitzondering(nummer: str, van: date, **anders: object) -> dict[str, Any]:
    vast = {"nummer": nummer, "pleegkind": "K", "normen": ("KAG-R", "VGB-T"), "van": van}
    einde = {"herzien_uiterlijk": van + timedelta(days=30)}
    return {**vast, **einde, "opgesteld_door": "M1", "goedgekeurd_door": "M2", **anders}


def judge_een(werkboek: Werkboek, p: date, norm: str, onderwerp: str | None = None) -> dict[str, Any] | None:
    rijen = [
        rij for rij in oordelen(werkboek, p) if rij["norm"] == norm and onderwerp in (None, rij["onderwerp_nummer"])
    ]
    assert len(rijen) <= 1
    return rijen[0] if rijen else None


def get_uiterlijk(werkboek: Werkboek, p: date, norm: str, onderwerp: str | None = None) -> date | None:
    rij = judge_een(werkboek, p, norm, onderwerp)
    assert rij is not None
    uiterlijk: date | None = rij["uiterlijk"]
    return uiterlijk


@pytest.mark.parametrize(
    ("p", "stand", "dagen"),
    [
        (date(2024, 4, 30), "op_tijd", None),
        (date(2024, 5, 1), "nadert", None),
        (date(2024, 5, 31), "nadert", None),
        (date(2024, 6, 1), "te_laat", 1),
    ],
)
def test_never_done_counts_from_the_anchor(p: date, stand: str, dagen: int | None) -> None:
    rij = judge_een(build_werkboek(), p, "KAG-R")
    assert rij is not None
    assert (rij["uiterlijk"], rij["stand"], rij["dagen_te_laat"]) == (date(2024, 5, 31), stand, dagen)


@pytest.mark.parametrize(
    ("dagen", "uiterlijk"),
    [
        ([], date(2024, 5, 31)),
        ([date(2024, 2, 1), date(2024, 2, 1)], date(2024, 9, 30)),  # one day counts once
        ([date(2024, 2, 1), date(2024, 3, 1)], date(2025, 1, 31)),
        ([date(2024, 2, 1), date(2024, 2, 29), date(2024, 4, 1)], date(2025, 2, 1)),
        ([date(2024, 2, 1), date(2024, 2, 29), date(2024, 4, 1), date(2024, 5, 1)], date(2025, 2, 28)),
    ],
)
def test_three_talks_a_year(dagen: list[date], uiterlijk: date) -> None:
    gesprekken = [build_gesprek(f"T{plaats}", dag) for plaats, dag in enumerate(dagen)]
    werkboek = build_werkboek(kindgesprekken=gesprekken)
    assert get_uiterlijk(werkboek, date(2024, 5, 5), "KAG-3") == uiterlijk


@pytest.mark.parametrize(
    "gebrek",
    [
        {"doorgegaan": False},
        {"alleen": False},
        {"vorm": "telefoon"},
        {"vorm": "beeldbellen"},
        {"veiligheid_besproken": False},
        {"datum": date(2024, 3, 3)},  # after the peildatum
        {"_ingetrokken": True},
    ],
)
def test_a_talk_that_does_not_count_never_resets_the_clock(gebrek: dict[str, object]) -> None:
    werkboek = build_werkboek(kindgesprekken=[build_gesprek("T", date(2024, 3, 1), **gebrek)])
    rij = judge_een(werkboek, date(2024, 3, 2), "KAG-R")
    assert rij is not None
    assert (rij["laatste_datum"], rij["uiterlijk"]) == (None, date(2024, 5, 31))


@pytest.mark.parametrize(
    ("bekend", "checks", "uiterlijk"),
    [
        (P, [], date(2025, 1, 31)),  # the day of the anchor itself does not
        (date(2024, 2, 1), [], date(2024, 2, 8)),
        (date(2024, 3, 1), [date(2024, 3, 1)], date(2025, 3, 1)),
        (date(2024, 3, 2), [date(2024, 3, 1)], date(2024, 3, 9)),
        (date(2024, 3, 2), [date(2024, 4, 1)], date(2025, 4, 1)),
        (date(2025, 1, 30), [], date(2025, 1, 31)),  # only if that is earlier
    ],
)
def test_a_signal_asks_for_a_check_within_a_week(bekend: date, checks: list[date], uiterlijk: date) -> None:
    werkboek = build_werkboek(
        signalen=[build_signaal(bekend, datum=date(2024, 1, 1), vraagt_veiligheidscheck=True)],
        veiligheidschecks=[{"nummer": f"C{dag}", "plaatsing": "P", "datum": dag} for dag in checks],
    )
    assert get_uiterlijk(werkboek, date(2025, 1, 30), "VC-J") == uiterlijk


def test_the_earliest_signal_decides() -> None:
    signalen = [build_signaal(date(2024, 3, dag), nummer=f"X{dag}", vraagt_veiligheidscheck=True) for dag in (9, 4)]
    werkboek = build_werkboek(signalen=signalen)
    assert get_uiterlijk(werkboek, date(2024, 3, 3), "VC-J") == date(2025, 1, 31)
    assert get_uiterlijk(werkboek, date(2024, 3, 10), "VC-J") == date(2024, 3, 11)


@pytest.mark.parametrize(("dag_na_tot", "z"), [(0, date(2023, 1, 1)), (1, date(2023, 1, 1)), (2, date(2023, 6, 3))])
def test_zorgperiode_bridges_one_day(dag_na_tot: int, z: date) -> None:
    weg = date(2023, 6, 1)
    terug = weg + timedelta(days=dag_na_tot)
    werkboek = build_werkboek(
        plaatsingen=[build_plaatsing("P1", date(2023, 1, 1), weg), build_plaatsing("P2", terug, None)]
    )
    assert get_uiterlijk(werkboek, date(2023, 7, 1), "VP") == add_maanden(z, 3)
    # On a bridged day the child is not in zorg: only CAL-3 could stand on it.
    assert (judge_een(werkboek, weg, "VP") is None) == (dag_na_tot > 0)


def test_a_long_plaatsing_bridges_what_a_short_one_does_not() -> None:
    werkboek = build_werkboek(
        plaatsingen=[
            build_plaatsing("P1", date(2023, 1, 1), date(2023, 9, 1)),
            build_plaatsing("P2", date(2023, 2, 1), date(2023, 3, 1), vorm="deeltijd"),
            build_plaatsing("P3", date(2023, 9, 1), None),
        ]
    )
    assert get_uiterlijk(werkboek, date(2023, 10, 1), "VP") == date(2023, 4, 1)


@pytest.mark.parametrize(
    ("maatregelen", "uiterlijk"),
    [
        ([("ots", date(2023, 1, 1), None)], date(2024, 8, 15)),
        ([("ots", date(2024, 5, 1), None)], date(2024, 11, 1)),
        (
            [("ots", date(2024, 1, 1), date(2024, 5, 1)), ("voogdij_gi", date(2024, 5, 2), None)],
            date(2024, 8, 15),
        ),
        (
            [("ots", date(2024, 1, 1), date(2024, 5, 1)), ("voogdij_gi", date(2024, 5, 3), None)],
            date(2024, 11, 3),
        ),
        (
            [("vrijwillig", date(2024, 1, 1), date(2024, 5, 1)), ("ots", date(2024, 5, 1), None)],
            date(2024, 11, 1),
        ),
    ],
)
def test_mdo_counts_from_the_measure_or_the_discussion(
    maatregelen: list[tuple[str, date, date | None]], uiterlijk: date
) -> None:
    besprekingen = [
        {"nummer": "S1", "pleegkind": "K", "datum": date(2024, 2, 15), "multidisciplinair": True},
        {"nummer": "S2", "pleegkind": "K", "datum": date(2024, 4, 1), "multidisciplinair": False},
    ]
    werkboek = build_werkboek(
        maatregelen=[build_maatregel(*maatregel) for maatregel in maatregelen],
        casuistiekbesprekingen=besprekingen,
    )
    rij = judge_een(werkboek, date(2024, 6, 1), "MDO")
    assert rij is not None
    # L is counted from Z, also when it is before the measure.
    assert (rij["laatste_datum"], rij["uiterlijk"]) == (date(2024, 2, 15), uiterlijk)


def test_no_mdo_on_a_day_between_two_measures() -> None:
    werkboek = build_werkboek(
        maatregelen=[
            build_maatregel("ots", date(2024, 2, 1), date(2024, 5, 1)),
            build_maatregel("ots", date(2024, 5, 2), None),
        ]
    )
    assert judge_een(werkboek, date(2024, 5, 1), "MDO") is None
    assert get_uiterlijk(werkboek, date(2024, 5, 2), "MDO") == date(2024, 8, 1)


@pytest.mark.parametrize(
    ("geboren", "uiterlijk"),
    [(date(2020, 7, 31), date(2025, 1, 31)), (date(2020, 8, 1), date(2024, 7, 31))],
)
def test_development_is_mapped_twice_as_often_before_4(geboren: date, uiterlijk: date) -> None:
    werkboek = build_werkboek(pleegkinderen=[{"nummer": "K", "geboortedatum": geboren}])
    assert get_uiterlijk(werkboek, date(2024, 3, 1), "ONT-J") == uiterlijk


def test_vertrouwenspersoon_also_from_before_z_and_the_latest_is_shown() -> None:
    personen = [{"nummer": f"W{dag}", "pleegkind": "K", "sinds": dag} for dag in (date(2020, 1, 1), date(2022, 1, 1))]
    rij = judge_een(build_werkboek(vertrouwenspersonen=personen), date(2026, 1, 1), "VP")
    assert rij is not None
    assert (rij["laatste_datum"], rij["uiterlijk"], rij["stand"]) == (date(2022, 1, 1), None, "op_tijd")


@pytest.mark.parametrize(
    ("terug", "geldig", "f"),
    [
        (date(2022, 2, 28), True, date(2019, 1, 1)),  # m(29 Feb 2020, 24), that day included
        (date(2022, 3, 1), False, date(2022, 3, 1)),
    ],
)
def test_a_family_run_ends_after_24_months(terug: date, geldig: bool, f: date) -> None:  # noqa: FBT001
    werkboek = build_werkboek(
        plaatsingen=[
            build_plaatsing("P1", date(2019, 1, 1), date(2020, 2, 29)),
            build_plaatsing("P2", terug, None),
        ],
        vgbs=[build_vgb("V", "afgegeven", date(2019, 1, 1))],
    )
    p = date(2022, 4, 1)
    assert get_uiterlijk(werkboek, p, "VGB-T") == (None if geldig else f)
    assert get_uiterlijk(werkboek, p, "EVAL-J") == add_maanden(f, 12)


@pytest.mark.parametrize(("dag", "geldig"), [(date(2020, 2, 28), False), (date(2020, 2, 29), True)])
def test_a_vgb_from_the_end_of_the_earlier_run_is_valid(dag: date, geldig: bool) -> None:  # noqa: FBT001
    werkboek = build_werkboek(
        plaatsingen=[
            build_plaatsing("P1", date(2019, 1, 1), date(2020, 2, 29)),
            build_plaatsing("P2", date(2023, 1, 1), None),
        ],
        vgbs=[build_vgb("V", "afgegeven", dag)],
    )
    assert (get_uiterlijk(werkboek, date(2023, 2, 1), "VGB-T") is None) == geldig


A, W, I, Q = "afgegeven", "geweigerd", "ingetrokken", "aangevraagd"  # noqa: E741


@pytest.mark.parametrize(
    ("beslissingen", "netwerk", "uiterlijk"),
    [
        ([], False, P),
        ([], True, date(2024, 5, 11)),  # contract of 10 February 2024 + 91 d
        ([(Q, date(2024, 2, 1))], True, date(2024, 5, 11)),
        ([(I, date(2023, 1, 1))], True, P),  # a withdrawal before B: B
        ([(A, date(2024, 2, 1)), (I, date(2024, 6, 1))], True, date(2024, 6, 1)),
        ([(I, date(2024, 6, 1)), (A, date(2024, 6, 1))], False, None),  # on one day the later row wins
        ([(A, date(2024, 6, 1)), (W, date(2024, 6, 1))], False, date(2024, 6, 1)),
        ([(A, date(2024, 6, 2)), (W, date(2024, 6, 1))], False, None),  # another day: the date wins
        ([(W, date(2024, 6, 1)), (Q, date(2024, 6, 2))], True, date(2024, 6, 1)),
    ],
)
def test_vgb_of_a_pleegouder(
    beslissingen: list[tuple[str, date]],
    netwerk: bool,  # noqa: FBT001
    uiterlijk: date | None,
) -> None:
    soort = "netwerk" if netwerk else "bestand"
    werkboek = build_werkboek(
        pleeggezinnen=[{"nummer": "G", "soort": soort, "pleegcontract_op": date(2024, 2, 10)}],
        vgbs=[build_vgb(f"V{plaats}", *paar) for plaats, paar in enumerate(beslissingen)],
    )
    assert get_uiterlijk(werkboek, date(2024, 7, 1), "VGB-T") == uiterlijk


@pytest.mark.parametrize(
    ("twaalf", "norm"),
    [(P - timedelta(days=1), "VGB-T"), (P, "VGB-T"), (P + timedelta(days=1), "VGB-12")],
)
def test_an_inwonende_of_12_on_b_or_after(twaalf: date, norm: str) -> None:
    lid = build_lid("L", "inwonende", twaalf.replace(year=twaalf.year - 12), date(2015, 1, 1))
    werkboek = build_werkboek(gezinsleden=[lid])
    rijen = [rij for rij in oordelen(werkboek, date(2024, 3, 1)) if rij["onderwerp_nummer"] == "L"]
    assert [(rij["norm"], rij["uiterlijk"]) for rij in rijen] == [(norm, max(P, twaalf))]


def test_the_12th_birthday_is_announced_60_days_before() -> None:
    twaalf = date(2024, 9, 1)
    lid = build_lid("L", "inwonende", date(2012, 9, 1), date(2015, 1, 1))
    werkboek = build_werkboek(gezinsleden=[lid])
    assert judge_een(werkboek, twaalf - timedelta(days=61), "VGB-12") is None
    rij = judge_een(werkboek, twaalf - timedelta(days=60), "VGB-12")
    assert rij is not None
    assert (rij["stand"], rij["zwaarte"]) == ("nadert", "streef")


def test_who_left_needs_no_vgb_from_that_day() -> None:
    weg = date(2024, 6, 1)
    werkboek = build_werkboek(gezinsleden=[build_lid("L", "pleegouder", date(1980, 1, 1), date(2015, 1, 1), weg)])
    assert judge_een(werkboek, weg - timedelta(days=1), "VGB-T") is not None
    assert judge_een(werkboek, weg, "VGB-T") is None


def test_an_evaluation_before_the_contract_is_not_the_last() -> None:
    werkboek = build_werkboek(
        pleeggezinnen=[{"nummer": "G", "soort": "bestand", "pleegcontract_op": date(2024, 3, 1)}],
        evaluaties=[{"nummer": "E", "pleeggezin": "G", "datum": date(2024, 2, 29)}],
    )
    rij = judge_een(werkboek, date(2024, 4, 1), "EVAL-J")
    assert rij is not None
    assert (rij["laatste_datum"], rij["uiterlijk"]) == (None, date(2025, 3, 1))
    # On a day before the contract there is no C: then the evaluation counts.
    assert get_uiterlijk(werkboek, date(2024, 2, 29), "EVAL-J") == date(2025, 2, 28)


def test_two_plaatsingen_in_one_family_show_it_once() -> None:
    plaatsingen = [build_plaatsing("P", P, None), build_plaatsing("P2", P, None, vorm="deeltijd")]
    rijen = oordelen(build_werkboek(plaatsingen=plaatsingen), date(2024, 3, 1))
    assert sorted((rij["norm"], rij["onderwerp_nummer"]) for rij in rijen) == [
        ("EVAL-J", "G"),
        ("HB", "P"),
        ("HVP-6", "K"),
        ("KAG-3", "P"),
        ("KAG-R", "P"),
        ("ONT-J", "K"),
        ("VC-J", "P"),
        ("VC-J", "P2"),
        ("VGB-T", "L"),
        ("VP", "K"),
    ]


@pytest.mark.parametrize(
    ("geboren", "p", "zwaarte"),
    [
        (date(2006, 3, 1), date(2024, 2, 29), "norm"),
        (date(2006, 3, 1), date(2024, 3, 1), "streef"),
        (date(2008, 2, 29), date(2026, 2, 28), "norm"),
        (date(2008, 2, 29), date(2026, 3, 1), "streef"),
    ],
)
def test_from_the_18th_birthday_child_and_plaatsing_are_streef(geboren: date, p: date, zwaarte: str) -> None:
    werkboek = build_werkboek(
        pleegkinderen=[{"nummer": "K", "geboortedatum": geboren}],
        signalen=[build_signaal(P, calamiteit=True)],
    )
    rijen = {rij["norm"]: rij["zwaarte"] for rij in oordelen(werkboek, p)}
    assert {rijen[norm] for norm in ("KAG-3", "KAG-R", "VC-J", "ONT-J", "HVP-6")} == {zwaarte}
    # Family, members and signaal are not the child or its plaatsing.
    assert (rijen["VGB-T"], rijen["CAL-3"]) == ("norm", "norm")


def test_pleegoudervoogdij_makes_the_talks_streef_and_keeps_the_check() -> None:
    werkboek = build_werkboek(
        maatregelen=[build_maatregel("pleegoudervoogdij", P, date(2024, 6, 1))],
    )
    rijen = {rij["norm"]: rij["zwaarte"] for rij in oordelen(werkboek, date(2024, 5, 31))}
    assert (rijen["KAG-3"], rijen["KAG-R"], rijen["HB"]) == ("streef", "streef", "streef")
    assert (rijen["VC-J"], rijen["POV-1"]) == ("norm", "norm")
    assert {rij["norm"]: rij["zwaarte"] for rij in oordelen(werkboek, date(2024, 6, 1))}["KAG-R"] == "norm"


@pytest.mark.parametrize(
    ("uitzonderingen", "genoemd"),
    [
        ([build_uitzondering("U", date(2024, 8, 1))], "U"),  # p is the first day
        ([build_uitzondering("U", date(2024, 7, 2))], "U"),  # p is the last day
        ([build_uitzondering("U", date(2024, 7, 1))], None),
        ([build_uitzondering("U", date(2024, 8, 2))], None),
        ([build_uitzondering("U", date(2024, 8, 1), goedgekeurd_door=None)], None),
        ([build_uitzondering("U", date(2024, 8, 1), goedgekeurd_door="M1", opgesteld_door="M3")], None),
        ([build_uitzondering("U", date(2024, 8, 1), goedgekeurd_door="M3", opgesteld_door="M3")], None),
        ([build_uitzondering("U", date(2024, 8, 1), goedgekeurd_door="M3")], "U"),
        ([build_uitzondering("U", date(2024, 8, 1), normen=("KAG-3",))], None),
        ([build_uitzondering("U", date(2024, 8, 1), pleegkind="ANDER")], None),
        ([build_uitzondering(f"U{dag}", date(2024, 7, dag)) for dag in (20, 10, 15)], "U10"),
    ],
)
def test_uitzondering(uitzonderingen: list[dict[str, Any]], genoemd: str | None) -> None:
    werkboek = build_werkboek(uitzonderingen=uitzonderingen)
    for norm, dagen in (("KAG-R", 62), ("VGB-T", 183)):
        rij = judge_een(werkboek, date(2024, 8, 1), norm)
        assert rij is not None
        assert rij["uitzondering_nummer"] == genoemd
        assert rij["stand"] == ("uitzondering" if genoemd else "te_laat")
        assert rij["dagen_te_laat"] == dagen


def test_an_uitzondering_changes_nothing_that_is_not_late() -> None:
    werkboek = build_werkboek(uitzonderingen=[build_uitzondering("U", date(2024, 5, 31))])
    rij = judge_een(werkboek, date(2024, 5, 31), "KAG-R")
    assert rij is not None
    assert (rij["stand"], rij["uitzondering_nummer"], rij["te_laat_sinds"]) == ("nadert", None, None)


@pytest.mark.parametrize(
    ("anders", "laatste", "uiterlijk"),
    [
        ({}, None, date(2024, 3, 27)),
        ({"bij_twijfel": True}, None, date(2024, 5, 3)),
        ({"gemeld_igj_op": date(2024, 6, 1)}, date(2024, 6, 1), None),
        ({"gemeld_igj_op": date(2024, 6, 2)}, None, date(2024, 3, 27)),
    ],
)
def test_calamiteit_also_of_a_child_that_left(
    anders: dict[str, object], laatste: date | None, uiterlijk: date | None
) -> None:
    werkboek = build_werkboek(
        plaatsingen=[build_plaatsing("P", P, date(2024, 3, 1))],
        signalen=[build_signaal(date(2024, 3, 22), calamiteit=True, **anders)],
    )
    rijen = oordelen(werkboek, date(2024, 6, 1))
    assert [(rij["norm"], rij["laatste_datum"], rij["uiterlijk"]) for rij in rijen] == [("CAL-3", laatste, uiterlijk)]


def test_herscreening_only_with_a_date_or_n() -> None:
    normen = [
        {
            "code": "VGB-H",
            "versie": 1,
            "geldig_van": date(1900, 1, 1),
            "geldig_tot": None,
            "zwaarte": "norm",
            "waarschuwing_dagen": 60,
            "parameters": {"maanden": 36},
        }
    ]
    zonder = build_werkboek(vgbs=[build_vgb("V", "afgegeven", P)])
    met = build_werkboek(vgbs=[build_vgb("V", "afgegeven", P, herscreening_uiterlijk=date(2025, 1, 1))])
    p = date(2024, 3, 1)
    assert judge_een(zonder, p, "VGB-H") is None
    assert [rij["uiterlijk"] for rij in oordelen(zonder, p, normen)] == [date(2027, 1, 31)]
    assert [rij["uiterlijk"] for rij in oordelen(met, p, normen)] == [date(2025, 1, 1)]


def test_the_version_in_force_on_p_decides() -> None:
    versie = {
        "code": "KAG-R",
        "versie": 1,
        "geldig_van": date(1900, 1, 1),
        "geldig_tot": date(2024, 4, 1),
        "zwaarte": "norm",
        "waarschuwing_dagen": 30,
        "parameters": {"maanden": 4},
    }
    nieuw = {**versie, "versie": 2, "geldig_van": date(2024, 4, 1), "geldig_tot": None}
    normen = [versie, {**nieuw, "zwaarte": "streef", "parameters": {"maanden": 1}}]
    voor, na = (oordelen(build_werkboek(), dag, normen)[0] for dag in (date(2024, 3, 31), date(2024, 4, 1)))
    assert (voor["uiterlijk"], voor["zwaarte"]) == (date(2024, 5, 31), "norm")
    assert (na["uiterlijk"], na["zwaarte"]) == (date(2024, 2, 29), "streef")


def test_versions_correction_and_withdrawal() -> None:
    gesprekken = [
        build_gesprek("T", date(2024, 2, 10)),
        build_gesprek("T", date(2024, 2, 20), _volgorde=2),
        build_gesprek("T", date(2024, 2, 20), _volgorde=4, _ingetrokken=True),
    ]
    werkboek = build_werkboek(kindgesprekken=gesprekken)
    laatste = [
        oordelen(werkboek, date(2024, 3, 1), bekend_tot=moment)[3]["laatste_datum"] for moment in (0, 1, 2, 3, 4, None)
    ]
    dag_10, dag_20 = date(2024, 2, 10), date(2024, 2, 20)
    assert laatste == [dag_10, dag_10, dag_20, dag_20, None, None]


def test_a_correction_keeps_the_place_of_its_first_version() -> None:
    dag = date(2024, 2, 1)
    vgbs = [
        build_vgb("V1", "aangevraagd", dag),
        build_vgb("V2", "geweigerd", dag),
        build_vgb("V1", "afgegeven", dag, _volgorde=5),
    ]
    assert [rij["nummer"] for rij in pick_versies(vgbs, None)] == ["V1", "V2"]
    assert get_uiterlijk(build_werkboek(vgbs=vgbs), date(2024, 3, 1), "VGB-T") == dag


def test_csv_guards_against_formulas_and_quotes() -> None:
    rij: dict[str, Any] = dict.fromkeys(KOLOMMEN)
    rij.update(pleegkind_nummer="=1+1", onderwerp_nummer="a,b", dagen_te_laat=3, uiterlijk=P)
    assert als_csv([rij]).splitlines()[1] == '\'=1+1,,,"a,b",,,2024-01-31,,,3'


# --- the drawn histories ---


@settings(max_examples=60, deadline=None, suppress_health_check=TRAAG)
@given(werkboeken())
def test_drawn_workbooks_have_no_import_fault_at_any_moment(werkboek: Werkboek) -> None:
    assert set(werkboek) == set(BLADEN)
    for moment in list_momenten(werkboek):
        assert list_fouten(build_toestand(werkboek, moment), VANDAAG) == []


@settings(max_examples=60, deadline=None, suppress_health_check=TRAAG)
@given(gevallen())
def test_z_found_by_walking_back_day_by_day(geval: Geval) -> None:
    """The same zorgperiode by another road: walk back while some plaatsing holds or has just ended."""
    bladen = build_bladen(geval.werkboek, geval.peildatum, geval.bekend_tot)
    for kind in bladen["pleegkinderen"]:
        plaatsingen = select(bladen["plaatsingen"], "pleegkind", kind["nummer"])
        if not select_actief(plaatsingen, geval.peildatum):
            continue
        dag = geval.peildatum
        # The day of leaving is the one day that may be bridged.
        while any(rij["van"] <= dag - timedelta(days=1) <= (rij["tot"] or date.max) for rij in plaatsingen):
            dag -= timedelta(days=1)
        assert get_begin_aaneengesloten(plaatsingen) == dag


@settings(max_examples=60, deadline=None, suppress_health_check=TRAAG)
@given(gevallen(eigen_goedkeuring=True))
def test_a_judgement_is_consistent_with_its_uiterlijk(geval: Geval) -> None:
    rijen = oordelen(geval.werkboek, geval.peildatum, geval.normversies, geval.bekend_tot)
    sleutels = [tuple(rij[kolom] for kolom in KOLOMMEN[:4]) for rij in rijen]
    assert sleutels == sorted(set(sleutels))
    for rij in rijen:
        te_laat = rij["uiterlijk"] is not None and geval.peildatum > rij["uiterlijk"]
        assert te_laat == (rij["stand"] in ("te_laat", "uitzondering"))
        assert te_laat == (rij["te_laat_sinds"] is not None)
        assert (rij["uitzondering_nummer"] is not None) == (rij["stand"] == "uitzondering")
        assert rij["norm"] in NORMCODES


@settings(max_examples=60, deadline=None, suppress_health_check=TRAAG)
@given(werkboeken(), st.dates(date(2019, 1, 1), VANDAAG))
def test_knowing_everything_is_knowing_up_to_the_last_moment(werkboek: Werkboek, peildatum: date) -> None:
    laatste = max(list_momenten(werkboek))
    assert oordelen(werkboek, peildatum) == oordelen(werkboek, peildatum, bekend_tot=laatste)
