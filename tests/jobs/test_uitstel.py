"""Who put a reminder off is not reminded until that day; everybody else is, and of what asks to act everybody."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models import Medewerker, Plaatsing, Uitstel
from app.models.versions import holds
from app.norms.aandacht import Groep, aandacht_of, groep_of
from app.queries.berichten import read_waiting
from app.queries.metingen import read_numbers
from app.queries.oordelen.standen import judge_kinderen
from app.services.berichten.weekbericht import compose_week
from app.terms import NormCode
from tests.jobs.conftest import NU, VANDAAG, Wereld
from tests.jobs.test_berichten import TEAM, onveilig, uitzondering
from tests.jobs.test_einde_uitzondering import EINDE, seven_on

ALLES_KOMT = EINDE - timedelta(days=14)
WEER = ALLES_KOMT + timedelta(days=5)


def put_off(wereld: Wereld, gebruiker: str, plaatsing: Plaatsing, **what: Any) -> Any:
    values = {
        "pleegkind_id": plaatsing.pleegkind_id, "norm": None, "uitzondering_id": None, "datum": VANDAAG,
        "tot": VANDAAG + timedelta(days=14), "reden": "Op kamp.", "medewerker_id": wereld.medewerker(gebruiker),
    }  # fmt: skip
    return wereld.record(Uitstel, **{**values, **what})


def put_off_end(wereld: Wereld, made: Any, plaatsing: Plaatsing, tot: date = WEER) -> Any:
    what = {"uitzondering_id": made.feit_id, "datum": tot - timedelta(days=28), "tot": tot}
    return put_off(wereld, "begeleider", plaatsing, **what)


def done_with(wereld: Wereld, *facts: Any) -> None:
    for one in facts:
        wereld.correct(one, NU + timedelta(seconds=9), withdraw=True)


def test_of_an_end_only_who_put_it_off_hears_later(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    made = uitzondering(wereld, plaatsing)
    aside = put_off_end(wereld, made, plaatsing)
    done = wereld.deliver(seven_on(ALLES_KOMT))
    assert (done.verstuurd, done.uitgesteld, wereld.post.who) == (2, 1, TEAM[1:])
    for day in range(1, 5):
        assert wereld.deliver(seven_on(ALLES_KOMT + timedelta(days=day))).verstuurd == 0
    assert wereld.deliver(seven_on(WEER) - timedelta(seconds=1)).verstuurd == 0
    assert wereld.deliver(seven_on(WEER)).verstuurd == 1
    assert wereld.post.who == TEAM
    done_with(wereld, aside, made)


def test_who_ended_it_hears_the_next_morning(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    made = uitzondering(wereld, plaatsing)
    aside = put_off_end(wereld, made, plaatsing)
    wereld.deliver(seven_on(ALLES_KOMT))
    wereld.correct(aside, NU + timedelta(seconds=1), withdraw=True)
    assert wereld.deliver(seven_on(ALLES_KOMT + timedelta(days=1))).verstuurd == 1
    done_with(wereld, made)


def test_the_last_day_is_heard_whatever_was_put_off(wereld: Wereld) -> None:
    """The uitzondering got an earlier end since: a message that comes when it is over is none."""
    plaatsing = wereld.plaatsing_of("begeleider")
    made = uitzondering(wereld, plaatsing)
    aside = put_off_end(wereld, made, plaatsing, EINDE)
    nearer = wereld.correct(made, NU + timedelta(seconds=1), herzien_uiterlijk=WEER)
    wereld.deliver(seven_on(WEER - timedelta(days=14)))
    wereld.deliver(seven_on(WEER - timedelta(days=1)))
    assert wereld.post.who == TEAM[1:]
    wereld.deliver(seven_on(WEER))
    assert wereld.post.who == TEAM
    done_with(wereld, aside, nearer)


def test_another_begeleider_is_not_silenced(wereld: Wereld) -> None:
    """It is put off by a person: whose child it is now hears it."""
    plaatsing = wereld.plaatsing_of("begeleider")
    made = uitzondering(wereld, plaatsing)
    aside = put_off(
        wereld, "begeleider2", plaatsing, uitzondering_id=made.feit_id, datum=WEER - timedelta(days=20), tot=WEER
    )
    assert wereld.deliver(seven_on(ALLES_KOMT)).verstuurd == 3
    assert wereld.post.who == TEAM
    done_with(wereld, aside, made)


def test_what_was_put_off_does_not_count_as_undelivered(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    made = uitzondering(wereld, plaatsing)
    aside = put_off_end(wereld, made, plaatsing)
    wereld.post.refuse = "451 later"
    wereld.deliver(seven_on(ALLES_KOMT))
    wereld.post.refuse = ""
    wereld.deliver(seven_on(ALLES_KOMT) + timedelta(minutes=2))
    owner = wereld.plaats.engines.owner()
    with owner.connect() as connection:
        for nu, since in ((seven_on(ALLES_KOMT), None), (seven_on(WEER), seven_on(ALLES_KOMT))):
            an_hour_later = nu + timedelta(hours=1)
            assert read_waiting(connection, an_hour_later, mail=True).oudste == since
            _, age = read_numbers(connection, an_hour_later, mail=True)["pleegzicht_message_oldest_undelivered_seconds"]
            assert age == ((an_hour_later - since).total_seconds() if since else 0)
    owner.dispose()
    done_with(wereld, aside, made)


def test_what_asks_to_act_at_once_is_heard_by_who_put_off_everything(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    aside = [put_off(wereld, "begeleider", plaatsing, norm=norm) for norm in ("VC-J", "KAG-R", "VGB-T")]
    onveilig(wereld, plaatsing)
    assert wereld.deliver(NU + timedelta(minutes=1)).verstuurd == 3
    assert wereld.post.who == TEAM
    done_with(wereld, *aside)


def counts(wereld: Wereld, gebruiker: str) -> dict[str, int]:
    """Return what the message of the week would say to somebody today."""
    with wereld.session() as session:
        of = select(Medewerker).where(Medewerker.feit_id == wereld.medewerker(gebruiker), holds(Medewerker))
        brief = compose_week(session, session.scalars(of).one(), VANDAAG, "https://pz.test/")
    assert brief is not None
    return {
        name: int(number.rstrip(".")) for name, _, number in (one.partition(": ") for one in brief.regels) if number
    }


def open_norms(wereld: Wereld) -> list[tuple[Plaatsing, set[NormCode]]]:
    """Return the children of whom something is late and nobody has to act, with all norms that ask for attention."""
    found = []
    for place in range(8):
        plaatsing = wereld.plaatsing_of("begeleider", place)
        with wereld.session() as session:
            oordelen = judge_kinderen(session, wereld.organisatie_id, [plaatsing.pleegkind_id], VANDAAG)
        asks = [one for one in oordelen[plaatsing.pleegkind_id] if groep_of(one) is not Groep.OP_TIJD]
        if aandacht_of(asks).groep is Groep.TE_LAAT:
            found.append((plaatsing, {one.norm.code for one in asks}))
    return found


@pytest.fixture
def stil(wereld: Wereld) -> Wereld:
    """The demo, in which nobody put anything off."""
    with wereld.session() as session:
        standing = session.scalars(
            select(Uitstel).where(Uitstel.organisatie_id == wereld.organisatie_id, holds(Uitstel))
        )
        found = standing.all()
    done_with(wereld, *found)
    return wereld


def test_the_digest_of_who_put_it_off_counts_it_apart_and_no_other(stil: Wereld) -> None:
    before = {who: counts(stil, who) for who in ("begeleider", "teamleider", "kwaliteit")}
    assert before["begeleider"]["Door u uitgesteld"] == 0
    plaatsing, norms = open_norms(stil)[0]
    aside = [put_off(stil, "begeleider", plaatsing, norm=norm) for norm in norms]
    after = {who: counts(stil, who) for who in before}
    assert {who: after[who] for who in ("teamleider", "kwaliteit")} == {
        who: before[who] for who in ("teamleider", "kwaliteit")
    }
    assert after["begeleider"]["Te laat"] == before["begeleider"]["Te laat"] - 1
    assert after["begeleider"]["Door u uitgesteld"] == 1
    assert after["begeleider"]["Kinderen in uw lijst"] == before["begeleider"]["Kinderen in uw lijst"]
    done_with(stil, *aside)
    assert counts(stil, "begeleider") == before["begeleider"]


def test_an_end_that_is_past_puts_nothing_off(stil: Wereld) -> None:
    before = counts(stil, "begeleider")
    plaatsing, norms = open_norms(stil)[0]
    over = {"datum": VANDAAG - timedelta(days=7), "tot": VANDAAG}
    aside = [put_off(stil, "begeleider", plaatsing, norm=norm, **over) for norm in norms]
    assert counts(stil, "begeleider") == before
    done_with(stil, *aside)
