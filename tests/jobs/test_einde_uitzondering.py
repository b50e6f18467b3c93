"""Fourteen days before an uitzondering or zichtplan ends it is heard, once, and only while it still ends that day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.jobs.taken import TAKEN
from app.jobs.uitvoeren import run_due
from app.models import Bericht, Bezorging
from app.terms import Berichtafloop, Berichtreden, Bezorgafloop
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


def as_before_it_was_announced(wereld: Wereld) -> None:
    """Forget what was announced: recorded by an older version of the service, or imported by one."""
    owner = wereld.plaats.engines.owner()
    with owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM bericht")
    owner.dispose()


def run_job(wereld: Wereld, nu: datetime) -> None:
    jobs = [taak for taak in TAKEN if taak.naam == "berichten"]
    assert [one.fout for one in run_due(wereld.plaats, [wereld.organisatie_id], jobs, nu)] == [""]


def ends_of(wereld: Wereld, made: Any) -> list[tuple[str, datetime]]:
    return [(one.tijdvak, one.vanaf) for one in outbox(wereld) if one.feit_uid == made.uid]


def test_of_what_was_never_announced_the_end_is_announced_once(wereld: Wereld) -> None:
    made = uitzondering(wereld, wereld.plaatsing_of("begeleider"))
    unapproved = uitzondering(wereld, wereld.plaatsing_of("begeleider", 1), approved=False)
    short = uitzondering(wereld, wereld.plaatsing_of("begeleider", 1), herzien_uiterlijk=VANDAAG + timedelta(days=14))
    as_before_it_was_announced(wereld)
    for minutes in (1, 2):
        run_job(wereld, NU + timedelta(minutes=minutes))
        assert ends_of(wereld, made) == [(EINDE.isoformat(), seven_on(EINDE - timedelta(days=14)))]
    assert ends_of(wereld, unapproved) + ends_of(wereld, short) == []
    for one in (made, unapproved, short):
        wereld.correct(one, NU + timedelta(seconds=9), withdraw=True)


def test_who_should_have_heard_by_now_hears_at_once(wereld: Wereld) -> None:
    made = uitzondering(wereld, wereld.plaatsing_of("begeleider"))
    as_before_it_was_announced(wereld)
    run_job(wereld, seven_on(EINDE - timedelta(days=3)))
    with wereld.session() as session:
        ((key, afloop),) = session.execute(select(Bericht.id, Bericht.afloop).where(Bericht.feit_uid == made.uid))
        told = session.scalars(select(Bezorging.afloop).where(Bezorging.bericht_id == key)).all()
    assert (afloop, told) == (Berichtafloop.GEADRESSEERD, [Bezorgafloop.VERSTUURD] * 3)
    wereld.correct(made, NU + timedelta(seconds=9), withdraw=True)


def test_of_what_has_ended_nobody_hears(wereld: Wereld) -> None:
    made = uitzondering(wereld, wereld.plaatsing_of("begeleider"))
    as_before_it_was_announced(wereld)
    run_job(wereld, seven_on(EINDE + timedelta(days=1)))
    assert ends_of(wereld, made) == []
    wereld.correct(made, NU + timedelta(seconds=9), withdraw=True)
