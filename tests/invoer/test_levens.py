"""Lives that cannot be, in tables around the edge."""

from datetime import date

import pytest

from app.invoer.datums import fault_after_last_day, fault_around_events
from app.invoer.levens import fault_against_file, fault_in_birth, fault_in_life, fault_in_recording

VANDAAG = date(2026, 11, 21)
GEBOREN = date(2015, 5, 5)


@pytest.mark.parametrize("kolom", ["datum", "van", "sinds", "inwonend_sinds"])
@pytest.mark.parametrize(
    ("day", "wrong"), [(date(2015, 5, 4), True), (date(2015, 5, 5), False), (date(2015, 5, 6), False)]
)
def test_nothing_is_before_the_birth(kolom: str, day: date, *, wrong: bool) -> None:
    assert (fault_in_life(kolom, day, GEBOREN) is not None) is wrong


@pytest.mark.parametrize(
    ("kolom", "day", "wrong"),
    [
        ("van", date(2042, 5, 4), False),
        ("van", date(2042, 5, 5), True),
        ("datum", date(2042, 5, 5), False),
        ("inwonend_sinds", date(2055, 1, 1), False),  # foster parents move house at any age
    ],
)
def test_care_does_not_begin_at_27(kolom: str, day: date, *, wrong: bool) -> None:
    assert (fault_in_life(kolom, day, GEBOREN) is not None) is wrong


def test_who_was_born_on_29_february_is_27_on_1_march() -> None:
    assert fault_in_life("van", date(2027, 2, 28), date(2000, 2, 29)) is None
    assert fault_in_life("van", date(2027, 3, 1), date(2000, 2, 29)) is not None


@pytest.mark.parametrize(("geboren", "wrong"), [(date(1915, 11, 21), True), (date(1915, 11, 22), False)])
def test_nobody_is_over_110(geboren: date, *, wrong: bool) -> None:
    assert (fault_in_birth(geboren, VANDAAG) is not None) is wrong


def test_nothing_is_recorded_before_it_was() -> None:
    assert fault_in_recording(date(2026, 1, 1), date(2026, 1, 2)) is not None
    assert fault_in_recording(date(2026, 1, 2), date(2026, 1, 2)) is None


@pytest.mark.parametrize(
    ("first", "last_van", "wrong"),
    [
        (None, None, False),
        (GEBOREN, None, False),
        (date(2015, 5, 4), None, True),
        (date(2041, 1, 1), date(2042, 5, 4), False),
        (date(2041, 1, 1), date(2042, 5, 5), True),
    ],
)
def test_a_new_birth_fits_what_is_recorded(first: date | None, last_van: date | None, *, wrong: bool) -> None:
    assert (fault_against_file(GEBOREN, first, last_van) is not None) is wrong


@pytest.mark.parametrize(
    ("kolom", "day", "wrong"),
    [
        ("datum", date(2026, 11, 21), False),
        ("datum", date(2026, 11, 22), True),
        ("van", date(2027, 11, 21), False),
        ("van", date(2027, 11, 22), True),
        ("van", date(2062, 1, 1), True),
        ("inwonend_sinds", date(2027, 11, 22), True),
        ("tot", date(2062, 1, 1), False),
        ("herzien_uiterlijk", date(2062, 1, 1), False),
    ],
)
def test_how_far_ahead_a_day_can_lie(kolom: str, day: date, *, wrong: bool) -> None:
    bezwaar = fault_after_last_day(kolom, day, VANDAAG)
    assert (bezwaar is not None) is wrong
    assert bezwaar is None or (bezwaar.kolom, bezwaar.code) == (kolom, "datum_in_toekomst")


@pytest.mark.parametrize(
    ("first", "last", "kolom"),
    [
        (date(2026, 1, 1), date(2026, 2, 1), None),
        (date(2025, 12, 31), date(2026, 2, 1), "van"),
        (date(2026, 1, 1), date(2026, 2, 2), "tot"),
    ],
)
def test_a_plaatsing_holds_what_was_recorded_in_it(first: date, last: date, kolom: str | None) -> None:
    bezwaar = fault_around_events(date(2026, 1, 1), date(2026, 2, 1), first, last)
    assert (bezwaar.kolom if bezwaar else None) == kolom
    assert fault_around_events(date(2026, 1, 1), None, date(2026, 1, 1), date(2030, 1, 1)) is None
