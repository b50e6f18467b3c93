"""Which plaatsing a row is about, on which day, and what makes it navolgbaar: tables around every edge (§6)."""

from typing import Any

import pytest

from app.norms.feiten import Dossier, Plaatsing
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.kwartaaltoets.rij import Toetsrij, audit_kind, choose_plaatsing, count_kindperiodes, peildatum_of
from app.norms.versies.catalogue import LANDELIJK, Catalogus
from app.terms import NormCode
from tests.norms.bouw import (
    CRISIS,
    DEELTIJD,
    dag,
    families_of,
    gesprek,
    kind,
    maatregel,
    plaatsing,
    talks,
    uitzondering,
)

Q3 = Kwartaal.parse("2026-Q3")


def chosen(*plaatsingen: Plaatsing) -> int | None:
    nummers = {p.id: f"P{p.id:05d}" for p in plaatsingen}
    found = choose_plaatsing(kind(*plaatsingen), nummers, Q3)
    return None if found is None else found.id


def rij(dossier: Dossier, kwartaal: Kwartaal = Q3) -> Toetsrij:
    nummers = {p.id: f"P{p.id:05d}" for p in dossier.plaatsingen}
    waar = choose_plaatsing(dossier, nummers, kwartaal)
    assert waar is not None
    return audit_kind(dossier, families_of(dossier), Catalogus(LANDELIJK), waar, kwartaal)


@pytest.mark.parametrize(
    ("van", "tot", "erin"),
    [
        ("2026-01-01", "2026-07-01", False),  # the day of leaving no longer counts
        ("2026-01-01", "2026-07-02", True),
        ("2026-09-30", None, True),
        ("2026-10-01", None, False),
        ("2026-08-01", "2026-08-01", False),  # never a day
        ("2026-08-01", "2026-08-02", True),
        ("2020-01-01", None, True),
    ],
)
def test_a_child_is_in_when_placed_on_a_day_of_the_quarter(van: str, tot: str | None, *, erin: bool) -> None:
    assert (chosen(plaatsing(van, tot)) is not None) == erin


def test_voltijd_or_crisis_goes_before_deeltijd_also_when_it_ended() -> None:
    ended = plaatsing("2026-01-01", "2026-07-10", nr=1, vorm=CRISIS)
    assert chosen(ended, plaatsing("2026-08-01", nr=2, vorm=DEELTIJD, gezin=71)) == 1


def test_then_the_latest_van_and_then_the_highest_nummer() -> None:
    assert chosen(plaatsing("2026-01-01", "2026-08-01", nr=3), plaatsing("2026-08-01", nr=2, gezin=71)) == 2
    same = [plaatsing("2026-01-01", nr=nr, vorm=DEELTIJD, gezin=nr) for nr in (9, 12, 11)]
    assert chosen(*same) == 12


@pytest.mark.parametrize(
    ("tot", "peildatum", "at_end"),
    [
        (None, "2026-09-30", True),
        ("2026-10-02", "2026-09-30", True),
        ("2026-10-01", "2026-09-30", True),
        ("2026-09-30", "2026-09-29", False),
        ("2026-07-02", "2026-07-01", False),
    ],
)
def test_the_day_is_the_last_of_the_quarter_or_of_the_plaatsing(
    tot: str | None, peildatum: str, *, at_end: bool
) -> None:
    waar = plaatsing("2026-01-01", tot)
    assert peildatum_of(waar, Q3) == dag(peildatum)
    found = rij(kind(waar))
    assert (found.peildatum, found.geplaatst_op_kwartaaleinde) == (dag(peildatum), at_end)


@pytest.mark.parametrize(
    ("van", "navolgbaar"),
    [("2026-05-30", True), ("2026-05-31", True), ("2026-05-29", False)],  # four months on: 30 September, later, before
)
def test_never_spoken_to_counts_from_the_first_day(van: str, *, navolgbaar: bool) -> None:
    found = rij(kind(plaatsing(van)))
    assert found.navolgbaar == navolgbaar
    assert found.nooit_gezien


def test_a_talk_that_does_not_count_is_not_seeing() -> None:
    by_phone = gesprek("2026-09-01", alleen=False)
    assert rij(kind(plaatsing("2026-01-01", gesprekken=[by_phone]))).nooit_gezien
    assert not rij(kind(plaatsing("2026-01-01", gesprekken=talks("2026-09-01")))).nooit_gezien


def test_a_late_streef_leaves_the_row_navolgbaar() -> None:
    dossier = kind(plaatsing("2026-01-01"), maatregelen=[maatregel("pleegoudervoogdij", "2025-01-01")])
    found = rij(dossier)
    kag_r = found.criteria[NormCode.KAG_R]
    assert kag_r is not None
    assert (kag_r.stand.value, kag_r.zwaarte.value) == ("te_laat", "streef")
    assert found.navolgbaar


def test_an_exception_leaves_it_navolgbaar_and_is_counted_apart() -> None:
    late = plaatsing("2026-01-01", checks=[])
    covered = kind(late, uitzonderingen=[uitzondering("KAG-R", "2026-08-01", "2026-10-01")])
    found = rij(covered)
    assert (found.navolgbaar, found.met_uitzondering) == (True, True)
    assert not rij(kind(late)).met_uitzondering


def test_mdo_counts_only_with_its_maatregel() -> None:
    waar = plaatsing("2026-01-01", gesprekken=talks("2026-09-01"))
    assert rij(kind(waar)).criteria[NormCode.MDO] is None
    with_ots = rij(
        kind(waar, maatregelen=[maatregel("ots", "2025-01-01"), maatregel("jeugdreclassering", "2026-01-01")])
    )
    assert not with_ots.navolgbaar
    assert with_ots.maatregelen == ("jeugdreclassering", "ots")


def test_what_belongs_to_another_plaatsing_is_not_in_the_row() -> None:
    beside = plaatsing("2026-01-01", nr=11, vorm=DEELTIJD, gezin=71)
    found = rij(kind(plaatsing("2026-01-01", nr=10), beside))
    about = {
        o.onderwerp_id for o in (*found.criteria.values(), *found.oordelen) if o and o.onderwerp_soort == "plaatsing"
    }
    assert about == {10}


@pytest.mark.parametrize(
    ("van", "tot", "gesprekken", "verwacht"),
    [
        ("2026-01-01", None, (), (2, 0)),  # January to May, May to September; the third has not ended
        ("2026-01-01", None, ("2026-01-01", "2026-02-01", "2026-03-01"), (2, 1)),  # three in one period fill one
        ("2026-01-01", None, ("2026-04-30", "2026-05-01"), (2, 2)),
        ("2026-01-01", "2026-05-01", ("2026-02-01",), (1, 1)),
        ("2026-01-01", "2026-04-30", ("2026-02-01",), (0, 0)),  # not wholly within the plaatsing
        ("2026-05-30", None, (), (1, 0)),  # ends on the peildatum itself
        ("2026-05-31", None, (), (1, 0)),  # m(31 May, 4) is 30 September
        ("2026-06-01", None, (), (0, 0)),
        ("2024-05-30", None, (), (6, 0)),  # the one that ended on m(peildatum, -24) is too long ago
        ("2024-06-01", None, (), (6, 0)),
        ("2024-05-31", None, (), (6, 0)),
        ("2010-03-15", None, (), (6, 0)),
    ],
)
def test_child_periods(van: str, tot: str | None, gesprekken: tuple[str, ...], verwacht: tuple[int, int]) -> None:
    assert count_kindperiodes([plaatsing(van, tot, gesprekken=talks(*gesprekken))], dag("2026-09-30")) == verwacht


def test_child_periods_are_of_every_voltijd_or_crisis_plaatsing() -> None:
    first = plaatsing("2026-01-01", "2026-05-01", nr=1, gesprekken=talks("2026-02-01"))
    second: Any = plaatsing("2026-05-01", nr=2, vorm=CRISIS, gezin=71)
    weekend = plaatsing("2026-01-01", nr=3, vorm=DEELTIJD, gezin=72)
    assert count_kindperiodes([first, second, weekend], dag("2026-09-30")) == (2, 1)
