"""Of whom nobody is begeleider is found by what triggers keep: the same children as by asking of each, on every day."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import scope
from app.models import Begeleiding, Medewerker, Plaatsing, Pleegkind
from app.models.versions import holds
from app.services.feiten.versions import Recording, record_feit, replace_feit
from app.terms import Rol
from tests.models.weigeren import Kind

DAY = date(2026, 10, 5)  # actions are judged by then
DAYS = [DAY + timedelta(days) for days in range(-3, 14)]


def a_period(random: Random) -> dict[str, date | None]:
    van = DAY + timedelta(random.randrange(10))
    return {"van": van, "tot": random.choice([None, van + timedelta(random.randrange(6))])}


def add_child(recording: Recording) -> Pleegkind:
    who = {"roepnaam": "Test", "achternaam": "Verzonnen", "geboortedatum": date(2015, 1, 1), "geslacht": None}
    return record_feit(recording, Pleegkind, who)


def place(recording: Recording, random: Random, kind: Kind, child: Pleegkind) -> Plaatsing:
    where = {"pleegkind_id": child.feit_id, "pleeggezin_id": kind.pleeggezin_id, "vorm": "deeltijd"}
    return record_feit(recording, Plaatsing, {**where, "zorgvorm": "pleegzorg", "eindreden": None, **a_period(random)})


def guide(recording: Recording, random: Random, medewerker: Medewerker, plaatsing: Plaatsing) -> Begeleiding:
    of = {"plaatsing_id": plaatsing.feit_id, "medewerker_id": medewerker.feit_id}
    return record_feit(recording, Begeleiding, {**of, **a_period(random)})


def held(session: Session, model: Any) -> list[Any]:
    return list(session.scalars(select(model).where(holds(model))))


def unguided(session: Session, organisatie: int, day: date) -> set[int]:
    """Return who has no begeleider, read from every fact in plain Python (ADR 0005)."""
    found = set()
    guides = [one for one in held(session, Begeleiding) if one.van <= day and one.organisatie_id == organisatie]
    for child in held(session, Pleegkind):
        homes = [one for one in held(session, Plaatsing) if one.pleegkind_id == child.feit_id]
        going_on = [home for home in homes if home.tot is None or home.tot > day]
        guided = [home for home in homes if any(guide.plaatsing_id == home.feit_id for guide in guides)]
        if child.organisatie_id == organisatie and not [home for home in (going_on or homes) if home in guided]:
            found.add(child.feit_id)
    return found


def looked_up(session: Session, organisatie: int, day: date) -> set[int]:
    given = {"scope_organisatie": organisatie, "scope_vandaag": day}
    return set(session.scalars(scope._without_begeleider(), given))


def change(recording: Recording, random: Random, fact: Plaatsing | Begeleiding, elsewhere: Iterable[Any]) -> Any:
    """Correct days, move it to another child or plaatsing, withdraw it, or say it again."""
    kind = random.randrange(4)
    changes: dict[str, Any] = a_period(random) if kind < 2 else {}
    if kind == 2:
        column = "pleegkind_id" if isinstance(fact, Plaatsing) else "plaatsing_id"
        changes[column] = random.choice(list(elsewhere)).feit_id
    return replace_feit(recording, fact, changes, reden="test", withdraw=kind == 3)


@pytest.mark.parametrize("seed", range(12))
def test_no_child_without_begeleider_is_overlooked(session: Session, kind: Kind, seed: int) -> None:
    random, recording = Random(seed), kind.recording(session)
    member = {"naam": "Bo", "email": None, "rol": Rol.PLEEGZORGBEGELEIDER, "team_id": None}
    medewerker = record_feit(recording, Medewerker, member)
    children = [add_child(recording) for _ in range(4)]
    homes = [place(recording, random, kind, random.choice(children)) for _ in range(5)]
    guides = [guide(recording, random, medewerker, random.choice(homes)) for _ in range(4)]
    for _ in range(4):
        session.flush()
        for day in DAYS:
            assert looked_up(session, kind.organisatie_id, day) == unguided(session, kind.organisatie_id, day), day
        which: list[tuple[list[Any], list[Any]]] = [(homes, children), (guides, homes)]
        facts, elsewhere = random.choice(which)
        at = random.randrange(len(facts))
        facts[at] = change(recording, random, facts[at], elsewhere)
    session.rollback()


def test_who_is_left_without_a_plaatsing_by_a_correction_is_found(session: Session, kind: Kind) -> None:
    recording = kind.recording(session)
    member = {"naam": "Bo", "email": None, "rol": Rol.PLEEGZORGBEGELEIDER, "team_id": None}
    child, other = add_child(recording), add_child(recording)
    home = place(recording, Random(1), kind, child)
    home = replace_feit(recording, home, {"van": DAY, "tot": None}, reden="test")
    guided = guide(recording, Random(1), record_feit(recording, Medewerker, member), home)
    replace_feit(recording, guided, {"van": DAY, "tot": None}, reden="test")
    assert child.feit_id not in looked_up(session, kind.organisatie_id, DAY)
    replace_feit(recording, home, {"pleegkind_id": other.feit_id}, reden="verkeerd kind")
    found = looked_up(session, kind.organisatie_id, DAY)
    assert (child.feit_id in found, other.feit_id in found) == (True, False)
    session.rollback()
