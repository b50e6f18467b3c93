"""Fourteen days before an uitzondering or zichtplan ends it is heard, once, and only while it still ends that day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.terms import Berichtreden
from tests.jobs.conftest import NU, VANDAAG, Wereld
from tests.jobs.test_berichten import TEAM, outbox, uitzondering

EINDE = VANDAAG + timedelta(days=60)


def seven_on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)  # in winter


ZICHTPLAN: dict[str, Any] = {"soort": "zichtplan", "normen": ["KAG-R", "KAG-3"], "waarneming_dagen": 14}


@pytest.mark.parametrize("other", [{}, ZICHTPLAN], ids=["uitzondering", "zichtplan"])
def test_it_is_heard_fourteen_days_before_and_once(wereld: Wereld, other: dict[str, Any]) -> None:
    uitzondering(wereld, wereld.plaatsing_of("begeleider"), **other)
    (bericht,) = outbox(wereld)
    morning = seven_on(EINDE - timedelta(days=14))
    assert (bericht.reden, bericht.vanaf) == (Berichtreden.UITZONDERING_EINDIGT, morning)
    assert wereld.deliver(morning - timedelta(seconds=1)).verstuurd == 0
    assert wereld.deliver(morning).verstuurd == 3
    assert wereld.post.who == TEAM
    assert wereld.deliver(morning + timedelta(days=7)).verstuurd == 0


@pytest.mark.parametrize(
    "other",
    [{"approved": False}, {"herzien_uiterlijk": VANDAAG + timedelta(days=14)}],
    ids=["nobody approved it", "it is a short one"],
)
def test_nobody_hears_of_what_does_not_hold_or_just_began(wereld: Wereld, other: dict[str, Any]) -> None:
    uitzondering(wereld, wereld.plaatsing_of("begeleider"), **other)
    assert outbox(wereld) == []


def test_a_zichtplan_that_a_teamleider_approved_is_heard_by_nobody(wereld: Wereld) -> None:
    """It covers nothing; the rule says so when its day has come."""
    uitzondering(wereld, wereld.plaatsing_of("begeleider"), **ZICHTPLAN, goedkeurder_rol="teamleider")
    assert wereld.deliver(seven_on(EINDE - timedelta(days=14))).vervallen == 1


def test_what_was_withdrawn_meanwhile_is_heard_by_nobody(wereld: Wereld) -> None:
    wereld.correct(uitzondering(wereld, wereld.plaatsing_of("begeleider")), withdraw=True)
    assert wereld.deliver(seven_on(EINDE - timedelta(days=14))).vervallen == 1


def test_another_end_is_heard_on_its_own_day(wereld: Wereld) -> None:
    """Also when the first was told already: it is not the same that is told."""
    made = uitzondering(wereld, wereld.plaatsing_of("begeleider"))
    later = EINDE + timedelta(days=20)
    longer = wereld.correct(made, NU + timedelta(seconds=1), herzien_uiterlijk=later)
    assert wereld.deliver(seven_on(EINDE - timedelta(days=14))).vervallen == 1
    assert wereld.deliver(seven_on(later - timedelta(days=14))).verstuurd == 3
    wereld.correct(longer, NU + timedelta(seconds=2), withdraw=True)


def test_of_a_child_that_left_nobody_hears_it(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider", 4)
    uitzondering(wereld, plaatsing)
    ended = wereld.correct(plaatsing, NU + timedelta(seconds=1), tot=VANDAAG, eindreden="naar huis")
    assert wereld.deliver(seven_on(EINDE - timedelta(days=14))).vervallen == 1
    wereld.correct(ended, NU + timedelta(seconds=2), tot=None, eindreden=None)
