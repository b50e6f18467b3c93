"""Who left with something open is found by what triggers keep: the same as by reading every fact, on any day."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import scope
from app.access.reach import Scope
from app.models import Actie, Begeleiding, Medewerker, OpenNaVertrek, Plaatsing, Termijn
from app.norms.opvolging import NA_VERTREK
from app.services.feiten.versions import Recording, record_feit, replace_feit
from app.services.termijnen import refresh_termijnen
from app.terms import Rol
from tests.models.test_zonder_begeleider import DAY, add_child, change, guide, held, place
from tests.models.weigeren import Kind

DAYS = [DAY + timedelta(days) for days in (0, 5, 7, 12)]


def by_hand(session: Session) -> dict[tuple[int, int], date]:
    """Return who guided children that are nowhere from a day on, while stored deadlines say that something is open."""
    open_ = {one.pleegkind_id for one in session.scalars(select(Termijn)) if one.norm in NA_VERTREK and one.uiterlijk}
    homes = {home.feit_id: home for home in held(session, Plaatsing)}
    ends: dict[int, list[date | None]] = {}
    for home in homes.values():
        ends.setdefault(home.pleegkind_id, []).append(home.tot)
    left = {kind: max(tot for tot in found if tot) for kind, found in ends.items() if all(found)}
    guided = [
        (homes[one.plaatsing_id].pleegkind_id, one) for one in held(session, Begeleiding) if one.plaatsing_id in homes
    ]
    return {(kind, one.medewerker_id): left[kind] for kind, one in guided if kind in left and kind in open_}


def looked_up(session: Session) -> dict[tuple[int, int], date]:
    session.expire_all()
    found = session.scalars(select(OpenNaVertrek))
    return {(one.pleegkind_id, one.medewerker_id): one.vertrokken_per for one in found}


def still_open_by_hand(session: Session, medewerker: int, day: date) -> set[int]:
    """Return the children of whom somebody was the last begeleider, who are nowhere, with something open."""
    homes = {home.feit_id: home for home in held(session, Plaatsing)}
    here = {home.pleegkind_id for home in homes.values() if home.tot is None or home.tot > day}
    last: dict[int, Begeleiding] = {}
    for one in sorted(held(session, Begeleiding), key=lambda one: (one.van, one.id)):
        if one.plaatsing_id in homes and one.van <= day:
            last[homes[one.plaatsing_id].pleegkind_id] = one
    must = {
        one.pleegkind_id
        for one in session.scalars(select(Termijn))
        if one.norm in NA_VERTREK and one.uiterlijk and one.van <= day and (one.tot is None or one.tot > day)
    }
    own = {kind for kind, one in last.items() if one.medewerker_id == medewerker and (not one.tot or one.tot > one.van)}
    return (own & must) - here


def still_open(session: Session, organisatie: int, medewerker: int, day: date) -> set[int]:
    given = {"scope_organisatie": organisatie, "scope_medewerker": medewerker, "scope_vandaag": day}
    return set(session.scalars(scope._still_open(Scope.CASELOAD), given))


@pytest.mark.parametrize("seed", range(16))
def test_nobody_who_left_with_something_open_is_overlooked(session: Session, kind: Kind, seed: int) -> None:
    random, recording = Random(seed), kind.recording(session)
    children = [add_child(recording) for _ in range(2)]
    homes = [place(recording, random, kind, random.choice(children)) for _ in range(4)]
    member = {"naam": "Bo", "email": None, "rol": Rol.PLEEGZORGBEGELEIDER, "team_id": None}
    both = [record_feit(recording, Medewerker, member) for _ in range(2)]
    guides = [guide(recording, random, random.choice(both), random.choice(homes)) for _ in range(8)]
    what = {"omschrijving": "Bellen.", "gedaan_op": None, "eigenaar_id": both[0].feit_id, "vgb_id": None}
    acties = []
    for _ in range(14):
        which = random.randrange(5)
        if which == 0:
            datum = DAY + timedelta(random.randrange(9))
            content = {
                "pleegkind_id": random.choice(children).feit_id,
                "datum": datum,
                "uiterlijk": DAY + timedelta(30),
            }
            acties.append(record_feit(recording, Actie, {**what, **content}))
        elif which == 1 and acties:
            replace_feit(recording, acties.pop(), {"gedaan_op": DAY + timedelta(9)}, reden="test")
        elif which == 2:
            _change_one(
                recording, random, guides, homes, lambda: guide(recording, random, both[0], random.choice(homes))
            )
        else:
            _change_one(recording, random, homes, children, lambda: place(recording, random, kind, children[0]))
        refresh_termijnen(session, recording.organisatie_id, {one.feit_id for one in children}, DAY)
        assert looked_up(session) == by_hand(session)
        for day, one in product(DAYS, both):
            asked = still_open(session, recording.organisatie_id, one.feit_id, day)
            assert asked == still_open_by_hand(session, one.feit_id, day), day
    session.rollback()


def _change_one(
    recording: Recording, random: Random, facts: list[Any], elsewhere: list[Any], anew: Callable[[], Any]
) -> None:
    """Correct one of some facts in any way; one that was withdrawn makes place for another."""
    at = random.randrange(len(facts))
    facts[at] = change(recording, random, facts[at], elsewhere)
    if facts[at].ingetrokken:
        facts[at] = anew()
