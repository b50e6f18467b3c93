"""Whose begeleiding a child is in is what triggers keep: the same as by joining the facts, whatever was corrected."""

from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Begeleiding, KindInBegeleiding, Medewerker, Plaatsing
from app.services.feiten.versions import record_feit
from app.terms import Rol
from tests.models.test_zonder_begeleider import add_child, change, guide, held, place
from tests.models.weigeren import Kind

Runs = dict[int, tuple[Any, ...]]


def by_hand(session: Session, organisatie: int) -> Runs:
    """Return each begeleiding that holds in a plaatsing that holds, by its row: from every fact, in plain Python."""
    homes = {one.feit_id: one for one in held(session, Plaatsing) if one.organisatie_id == organisatie}
    guides = [one for one in held(session, Begeleiding) if one.plaatsing_id in homes]
    found = {}
    for one in guides:
        home = homes[one.plaatsing_id]
        after = [
            other.van
            for other in guides
            if other.plaatsing_id == one.plaatsing_id and (other.van, other.id) > (one.van, one.id)
        ]
        where = (home.feit_id, home.pleegkind_id, home.pleeggezin_id, home.van, home.tot)
        found[one.id] = (*where, one.nummer, one.medewerker_id, one.van, one.tot, min(after, default=None))
    return found


def looked_up(session: Session, organisatie: int) -> Runs:
    session.expire_all()
    kept = session.scalars(select(KindInBegeleiding).where(KindInBegeleiding.organisatie_id == organisatie))
    return {
        one.begeleiding_id: (
            *(one.plaatsing_id, one.pleegkind_id, one.pleeggezin_id, one.plaatsing_van, one.plaatsing_tot),
            *(one.nummer, one.medewerker_id, one.van, one.tot, one.opgevolgd_per),
        )
        for one in kept
    }


@pytest.mark.parametrize("seed", range(12))
def test_it_says_what_the_facts_say(session: Session, kind: Kind, seed: int) -> None:
    random, recording = Random(seed), kind.recording(session)
    member = {"naam": "Bo", "email": None, "rol": Rol.PLEEGZORGBEGELEIDER, "team_id": None}
    people = [record_feit(recording, Medewerker, member) for _ in range(2)]
    children = [add_child(recording) for _ in range(3)]
    homes = [place(recording, random, kind, random.choice(children)) for _ in range(4)]
    guides = [guide(recording, random, random.choice(people), random.choice(homes)) for _ in range(8)]
    assert by_hand(session, kind.organisatie_id)
    for _ in range(10):
        assert looked_up(session, kind.organisatie_id) == by_hand(session, kind.organisatie_id)
        which: list[tuple[list[Any], list[Any]]] = [(homes, children), (guides, homes)]
        facts, elsewhere = random.choice(which)
        at = random.randrange(len(facts))
        facts[at] = change(recording, random, facts[at], elsewhere)
        session.flush()
        if facts[at].ingetrokken:
            facts.pop(at)
    assert looked_up(session, kind.organisatie_id) == by_hand(session, kind.organisatie_id)
    session.rollback()
