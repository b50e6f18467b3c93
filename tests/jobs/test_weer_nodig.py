"""What nobody needed to hear any more, and must be heard after all: what had been done about it was taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.jobs.taken import TAKEN
from app.models import Begeleiding, Plaatsing, Vgb
from app.models.versions import newest
from tests.jobs.conftest import STRAKS, VANDAAG, Wereld
from tests.jobs.test_berichten import TEAM, gesprek, ingetrokken_vgb, onveilig, overleg, uitzondering
from tests.jobs.test_einde_uitzondering import EINDE, seven_on

LATER = STRAKS + timedelta(minutes=5)
NOG_LATER = STRAKS + timedelta(minutes=10)


def wrong_check(wereld: Wereld, plaatsing: Plaatsing) -> Any:
    return wereld.correct(onveilig(wereld, plaatsing), uitkomst="veilig"), {"uitkomst": "onveilig"}


def wrong_gesprek(wereld: Wereld, plaatsing: Plaatsing) -> Any:
    return wereld.correct(gesprek(wereld, plaatsing), veilig_in_gezin="ja"), {"veilig_in_gezin": "nee"}


@pytest.mark.parametrize("wrong", [wrong_check, wrong_gesprek])
def test_what_was_corrected_by_mistake_is_heard_when_that_is_mended(wereld: Wereld, wrong: Any) -> None:
    feit, mended = wrong(wereld, wereld.plaatsing_of("begeleider"))
    assert (wereld.deliver().vervallen >= 1, wereld.post.taken) == (True, [])
    wereld.correct(feit, **mended)
    wereld.deliver(NOG_LATER)
    assert wereld.post.who == TEAM
    wereld.deliver(NOG_LATER + timedelta(minutes=5))
    assert wereld.post.who == TEAM


def test_a_step_that_was_taken_back_leaves_it_to_be_heard(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    stap = overleg(wereld, plaatsing, onveilig(wereld, plaatsing))
    assert (wereld.deliver().vervallen, wereld.post.taken) == (1, [])
    wereld.correct(stap, withdraw=True)
    wereld.deliver(NOG_LATER)
    assert wereld.post.who == TEAM


def test_a_vgb_that_was_not_given_after_all(wereld: Wereld) -> None:
    vgb = ingetrokken_vgb(wereld, wereld.plaatsing_of("begeleider"))
    again = wereld.record(Vgb, gezinslid_id=vgb.gezinslid_id, status="afgegeven", datum=VANDAAG)
    assert (wereld.deliver().vervallen, wereld.post.taken) == (1, [])
    wereld.correct(again, withdraw=True)
    wereld.deliver(NOG_LATER)
    assert wereld.post.who == TEAM
    wereld.correct(vgb, withdraw=True)


def test_also_when_it_lapsed_on_its_way(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    check = onveilig(wereld, plaatsing)
    wereld.post.refuse = "451 later"
    assert wereld.deliver().mislukt == 3
    stap = overleg(wereld, plaatsing, check)
    wereld.post.refuse = ""
    assert wereld.deliver(LATER).vervallen == 3
    wereld.correct(stap, withdraw=True)
    wereld.deliver(NOG_LATER)
    assert wereld.post.who == TEAM


def test_the_end_of_an_uitzondering_of_a_child_that_did_not_leave_after_all(wereld: Wereld) -> None:
    plaatsing, morning = wereld.plaatsing_of("begeleider", 4), seven_on(EINDE - timedelta(days=14))
    made = uitzondering(wereld, plaatsing)
    ended = wereld.correct(plaatsing, tot=VANDAAG, eindreden="naar huis")
    assert wereld.deliver(morning).vervallen == 1
    wereld.correct(ended, tot=None, eindreden=None)
    wereld.deliver(morning + timedelta(minutes=1))
    assert wereld.post.who == TEAM
    wereld.correct(made, withdraw=True)


def test_what_an_uitzondering_covered_that_was_taken_back(wereld: Wereld) -> None:
    """It covers what is late already: here since yesterday."""
    plaatsing = wereld.plaatsing_of("begeleider")
    with wereld.session() as session:
        same = Plaatsing.pleeggezin_id == plaatsing.pleeggezin_id
        family = session.scalars(select(Plaatsing).where(same, newest(Plaatsing), Plaatsing.tot.is_(None))).all()
    covers = [uitzondering(wereld, one, normen=["VGB-T"]) for one in family]
    vgb = ingetrokken_vgb(wereld, plaatsing, VANDAAG - timedelta(days=1))
    assert (wereld.deliver().vervallen, wereld.post.taken) == (1, [])
    for one in covers:
        wereld.correct(one, withdraw=True)
    wereld.deliver(NOG_LATER)
    assert set(TEAM) <= set(wereld.post.who)
    wereld.correct(vgb, withdraw=True)


def hand_over(wereld: Wereld, plaatsing: Plaatsing, dag: date = VANDAAG) -> Callable[[], None]:
    """Let begeleider2 have a child from a day on; return what undoes it."""
    ended = wereld.correct(wereld.begeleiding_of(plaatsing), tot=dag)
    other = wereld.medewerker("begeleider2")
    new = wereld.record(Begeleiding, plaatsing_id=plaatsing.feit_id, medewerker_id=other, van=dag)

    def undo() -> None:
        wereld.correct(new, withdraw=True)
        wereld.correct(ended, tot=None)

    return undo


def test_a_handover_by_mistake_that_was_heard_of_and_is_undone(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider", 1)
    onveilig(wereld, plaatsing)
    undo = hand_over(wereld, plaatsing)
    wereld.deliver()
    assert wereld.post.who == ["begeleider2", *TEAM[1:]]
    undo()
    for minutes in (10, 15):
        wereld.deliver(STRAKS + timedelta(minutes=minutes))
        assert wereld.post.who == ["begeleider", "begeleider2", *TEAM[1:]]


def test_who_takes_over_hears_what_is_still_open_and_nobody_twice(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider", 1)
    onveilig(wereld, plaatsing)
    wereld.deliver()
    assert wereld.post.who == TEAM
    undo = hand_over(wereld, plaatsing)
    for minutes in (5, 10):
        wereld.deliver(STRAKS + timedelta(minutes=minutes))
        assert wereld.post.who == ["begeleider", "begeleider2", *TEAM[1:]]
    undo()


def test_who_takes_over_hears_nothing_of_what_was_done(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider", 1)
    check = onveilig(wereld, plaatsing)
    wereld.deliver()
    overleg(wereld, plaatsing, check)
    undo = hand_over(wereld, plaatsing)
    wereld.deliver(LATER)
    assert wereld.post.who == TEAM
    undo()


def test_who_takes_over_on_a_later_day_hears_it_that_morning(wereld: Wereld) -> None:
    plaatsing, dag = wereld.plaatsing_of("begeleider", 1), VANDAAG + timedelta(days=1)
    onveilig(wereld, plaatsing)
    undo = hand_over(wereld, plaatsing, dag)
    wereld.deliver()
    assert wereld.post.who == TEAM
    overdracht = next(one for one in TAKEN if one.naam == "overdracht")
    heard = []
    for moment in (seven_on(dag) - timedelta(hours=6), seven_on(dag), seven_on(dag) + timedelta(hours=1)):
        overdracht.run(wereld.plaats, wereld.organisatie_id, moment)
        wereld.deliver(moment)
        heard.append(wereld.post.who)
    assert heard == [TEAM, ["begeleider", "begeleider2", *TEAM[1:]], ["begeleider", "begeleider2", *TEAM[1:]]]
    undo()
