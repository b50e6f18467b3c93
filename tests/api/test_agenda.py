"""The calendar of who guides children: off until asked for, read by others' programs, naming nobody, each look seen."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import vobject
from httpx2 import Response
from icalendar import Calendar
from sqlalchemy import text

from app.terms import Rol
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NU, VANDAAG, Dienst, Gebruiker, standing_still
from tests.api.mensen import add_medewerker
from tests.api.test_vertrek import withdraw
from tests.api.world import World, place_child


def fetch(user: Gebruiker, adres: str) -> Response:
    """Ask as a calendar does: with nothing but the address."""
    return user.client.request("GET", adres, content=None, headers=[])


def adres_of(user: Gebruiker) -> str:
    adres = user.read("/ik/agenda")["adres"]
    assert isinstance(adres, str)
    return adres


def turned_on(user: Gebruiker) -> str:
    user.made("/ik/agenda")
    return adres_of(user)


def days(answer: Response) -> dict[str, date]:
    """Return mark → day of each event, as two programs read it alike."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    theirs = vobject.readOne(answer.text)
    theirs.validate(raiseException=True)
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    found = {str(one["UID"]): one.decoded("DTSTART") for one in events}
    assert found == {one.uid.value: one.dtstart.value for one in theirs.vevent_list}
    return found


@dataclass(frozen=True)
class Nieuw:
    """A begeleider of their own, with two children."""

    user: Gebruiker
    uid: str
    kinderen: tuple[dict[str, str], dict[str, str]]


@pytest.fixture
def nieuw(world: World, dienst: Dienst) -> Nieuw:
    user, made = add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])
    one, two = (place_child(world["teamleider"], made.id, "2026-10-01") for _ in range(2))
    return Nieuw(user, made.id, (one, two))


def test_it_is_off_until_it_is_asked_for(nieuw: Nieuw) -> None:
    assert nieuw.user.read("/ik/agenda") == {"sinds": None, "adres": None}
    assert nieuw.user.post("/ik/agenda/intrekking").status_code == 409


def test_each_child_has_one_day_and_a_number(nieuw: Nieuw) -> None:
    answer = fetch(nieuw.user, turned_on(nieuw.user))
    assert len(days(answer)) == 2
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in events] == ["Gesprek plannen (kind 1)", "Gesprek plannen (kind 2)"]
    for one in events:
        begin, end = one.decoded("DTSTART"), one.decoded("DTEND")
        assert type(begin) is date
        assert end == begin + timedelta(days=1)
        assert begin >= VANDAAG


def test_the_day_moves_with_what_was_done_and_keeps_its_mark(nieuw: Nieuw) -> None:
    adres = turned_on(nieuw.user)
    before = days(fetch(nieuw.user, adres))
    soort = SOORTEN_VAN_FEIT["kindgesprek"]
    nieuw.user.made(soort.path(nieuw.kinderen[0]), {**soort.body(nieuw.kinderen[0]), "datum": VANDAAG.isoformat()})
    after = days(fetch(nieuw.user, adres))
    assert after.keys() == before.keys()
    assert sorted(before[mark] < after[mark] for mark in before) == [False, True]
    with standing_still(NU + timedelta(days=400)):
        assert set(days(fetch(nieuw.user, adres)).values()) == {VANDAAG + timedelta(days=400)}  # late is today


def test_a_new_key_keeps_the_marks_and_closes_the_old_one(nieuw: Nieuw) -> None:
    old = turned_on(nieuw.user)
    before = days(fetch(nieuw.user, old))
    new = turned_on(nieuw.user)
    assert days(fetch(nieuw.user, new)) == before
    assert fetch(nieuw.user, old).status_code == 404
    nieuw.user.made("/ik/agenda/intrekking")
    assert fetch(nieuw.user, new).status_code == 404


@pytest.mark.parametrize("sleutel", ["x", "a" * 43, "..%2f", "%00" * 43])
def test_what_is_no_key_opens_nothing(nieuw: Nieuw, sleutel: str) -> None:
    assert fetch(nieuw.user, f"/agenda/{sleutel}.ics").status_code == 404


def test_it_ends_with_the_employment(nieuw: Nieuw, world: World) -> None:
    adres = turned_on(nieuw.user)
    assert withdraw(world["beheerder"], nieuw.uid).status_code == 201
    assert fetch(nieuw.user, adres).status_code == 404


def test_each_look_is_logged_with_its_children(nieuw: Nieuw, world: World) -> None:
    adres = turned_on(nieuw.user)
    for _ in range(2):
        fetch(nieuw.user, adres)
    looks = world["kwaliteit"].walk(f"/inzagen?limit=200&pleegkind={nieuw.kinderen[0]['pleegkind']}")
    mine = [one for one in looks if one["medewerker"] == nieuw.uid and one["handeling"] == "GET /agenda/{sleutel}.ics"]
    assert len(mine) == 2
    assert [sorted(one["pleegkinderen"]) for one in mine] == [sorted(kind["pleegkind"] for kind in nieuw.kinderen)] * 2


def test_the_key_is_kept_nowhere(nieuw: Nieuw, dienst: Dienst) -> None:
    sleutel = turned_on(nieuw.user).removeprefix("/agenda/").removesuffix(".ics")
    with dienst.owner.connect() as connection:
        kept = [
            *connection.scalars(text("SELECT row_to_json(a)::text FROM agenda a")),
            *connection.scalars(text("SELECT convert_from(antwoord, 'UTF8') FROM idempotentie")),
        ]
    assert kept
    assert not any(sleutel in str(row) for row in kept)


def test_it_names_nobody(nieuw: Nieuw, world: World) -> None:
    said = fetch(nieuw.user, turned_on(nieuw.user)).text
    words = {nieuw.uid, nieuw.user.subject}
    for ids in nieuw.kinderen:
        shown = world["beheerder"].read(f"/pleegkinderen/{ids['pleegkind']}")
        words |= {*ids.values(), shown["roepnaam"], shown["achternaam"], shown["nummer"]}
    assert [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE)] == []


def test_who_guides_nobody_has_none(world: World) -> None:
    for name in ("kwaliteit", "beheerder", "inspecteur"):
        assert world[name].get("/ik/agenda").status_code == 403
        assert world[name].post("/ik/agenda").status_code == 403
