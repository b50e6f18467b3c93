"""The picture of a child's time: which mark stands on which day in which lane, and where a lane has a gap."""

from collections.abc import Iterable
from datetime import date

from app.norms.feiten import Dossier
from app.norms.tijdbeeld import Baan, Tijdbeeld, Vak, tijdbeeld_of
from app.norms.versies.catalogue import LANDELIJK, Catalogus
from tests.norms.bouw import bezoeken, checks, dag, families_of, gesprek, kind, mdo, plaatsing, signaal, stap, talks

P = "2026-11-02"


def beeld(dossier: Dossier, op: str = P) -> Tijdbeeld:
    found = tijdbeeld_of(dossier, families_of(dossier), Catalogus(LANDELIJK), dag(op))
    assert found is not None
    return found


def baan(dossier: Dossier, naam: str, op: str = P) -> Baan:
    return next(one for one in beeld(dossier, op).banen if one.naam == naam)


def marks(one: Baan) -> list[tuple[str, str]]:
    return [(f"{punt.dag:%Y-%m-%d}", punt.teken.value) for punt in one.punten]


def days(vakken: Iterable[Vak]) -> list[tuple[date, date]]:
    return [(vak.van, vak.tot) for vak in vakken]


def test_a_child_that_was_never_placed_has_no_picture() -> None:
    assert tijdbeeld_of(kind(), {}, Catalogus(LANDELIJK), dag(P)) is None


def test_it_begins_with_the_month_of_the_plaatsing_or_two_years_ago_and_shows_three_months_to_come() -> None:
    recent, long_ago = beeld(kind(plaatsing("2026-06-17"))), beeld(kind(plaatsing("2019-06-17")))
    assert (recent.van, recent.tot) == (dag("2026-06-01"), dag("2027-02-02"))
    assert (long_ago.van, long_ago.tot) == (dag("2024-11-01"), dag("2027-02-02"))


def test_each_kind_of_event_has_its_lane_and_what_does_not_count_another_mark() -> None:
    waar = plaatsing(
        "2026-01-01",
        gesprekken=[gesprek("2026-02-02"), gesprek("2026-03-03", alleen=False)],
        checks=checks("2026-04-04"),
        bezoeken=bezoeken("2026-05-05"),
    )
    dossier = kind(waar, besprekingen=[*mdo("2026-06-06"), *mdo("2026-07-07", multidisciplinair=False)])
    assert {one.naam: marks(one) for one in beeld(dossier).banen} == {
        "Gezien": [("2026-02-02", "mee"), ("2026-03-03", "mee")],
        "Alleen gesproken": [("2026-02-02", "mee"), ("2026-03-03", "niet")],
        "Veiligheidscheck": [("2026-04-04", "mee")],
        "Huisbezoek": [("2026-05-05", "mee")],
        "Casuïstiek": [("2026-06-06", "mee"), ("2026-07-07", "niet")],
        "Opvolging": [],
    }


def test_a_worry_and_what_was_done_about_it_stand_in_the_last_lane() -> None:
    dossier = kind(
        plaatsing("2026-01-01"),
        signalen=[signaal("2026-10-10", ernst="onthulling")],
        stappen=[stap("overleg", "signaal", 600, "2026-10-12")],
    )
    assert marks(baan(dossier, "Opvolging")) == [("2026-10-10", "sein"), ("2026-10-12", "stap")]


def test_what_lies_before_the_picture_or_after_the_peildatum_is_not_in_it() -> None:
    waar = plaatsing("2020-01-01", gesprekken=talks("2024-10-31", "2024-11-01", "2026-11-02", "2026-11-03"))
    assert marks(baan(kind(waar), "Alleen gesproken")) == [("2024-11-01", "mee"), ("2026-11-02", "mee")]


def test_a_gap_runs_from_the_day_after_the_last_one_up_to_the_peildatum_and_ends_with_a_talk() -> None:
    """A talk is due four months after the one before: on 1 May, and after that of 10 May on 10 September."""
    waar = plaatsing("2026-01-01", gesprekken=talks("2026-01-01", "2026-05-10"))
    lane = baan(kind(waar), "Alleen gesproken", "2026-10-01")
    assert days(lane.gaten) == [
        (dag("2026-05-02"), dag("2026-05-10")),
        (dag("2026-09-11"), dag("2026-10-02")),
    ]
    assert days(lane.gedekt)[0] == (dag("2026-01-01"), dag("2026-05-02"))


def test_windows_that_touch_are_one() -> None:
    waar = plaatsing("2026-01-01", gesprekken=talks("2026-01-01", "2026-03-01", "2026-06-01"))
    lane = baan(kind(waar), "Alleen gesproken", "2026-08-01")
    assert (days(lane.gedekt), lane.gaten) == ([(dag("2026-01-01"), dag("2026-10-02"))], [])
