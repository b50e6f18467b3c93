"""Who left with something open is found by what triggers keep: the same as by reading every fact, on any day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import scope
from app.access.reach import Scope
from app.models import Actie, Begeleiding, Medewerker, OpenNaVertrek, Plaatsing, Team, Termijn
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


def still_open_by_hand(session: Session, medewerkers: set[int], day: date, reach: Scope) -> set[int]:
    """Return the children of whom one of these was the last begeleider, who are nowhere, with something open.

    One that took over and never guided was no begeleider for itself, and is for its team.
    """
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
    theirs = {kind: one for kind, one in last.items() if one.medewerker_id in medewerkers}
    own = {kind for kind, one in theirs.items() if reach is Scope.TEAM or not one.tot or one.tot > one.van}
    return (own & must) - here


def still_open(session: Session, medewerker: Medewerker, day: date, reach: Scope) -> set[int]:
    who = {"scope_medewerker": medewerker.feit_id, "scope_team": medewerker.team_id}
    given = {"scope_organisatie": medewerker.organisatie_id, "scope_vandaag": day, **who}
    return set(session.scalars(scope._still_open(reach), given))


def test_nobody_who_left_with_something_open_is_overlooked(session: Session, kind: Kind) -> None:
    compared = {one for seed in range(10) for one in _compare(session, kind, Random(seed))}
    assert compared == set(product((Scope.CASELOAD, Scope.TEAM), (True, False)))


def _compare(session: Session, kind: Kind, random: Random) -> Iterator[tuple[Scope, bool]]:
    """Change facts, compare of each medewerker and team on each day, and yield whether there was anybody."""
    recording = kind.recording(session)
    children = [add_child(recording) for _ in range(2)]
    homes = [place(recording, random, kind, random.choice(children)) for _ in range(4)]
    both = [_add_medewerker(recording, in_team=team) for team in (True, False)]
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
        for day, one, reach in product(DAYS, both, (Scope.CASELOAD, Scope.TEAM)):
            asked = still_open(session, one, day, reach)
            who = {one.feit_id} if reach is Scope.CASELOAD or one.team_id else set[int]()
            assert asked == still_open_by_hand(session, who, day, reach), (day, reach)
            yield reach, bool(asked)
    session.rollback()


def _add_medewerker(recording: Recording, *, in_team: bool) -> Medewerker:
    team = Team(uid=uuid4(), organisatie_id=recording.organisatie_id, naam=uuid4().hex)
    recording.session.add(team)
    recording.session.flush()
    member = {"naam": "Bo", "email": None, "rol": Rol.PLEEGZORGBEGELEIDER, "team_id": team.id if in_team else None}
    return record_feit(recording, Medewerker, {**member, "team_sinds": None})


def _change_one(
    recording: Recording, random: Random, facts: list[Any], elsewhere: list[Any], anew: Callable[[], Any]
) -> None:
    """Correct one of some facts in any way; one that was withdrawn makes place for another."""
    at = random.randrange(len(facts))
    facts[at] = change(recording, random, facts[at], elsewhere)
    if facts[at].ingetrokken:
        facts[at] = anew()
