"""Who left with something open is found by what triggers keep: the same children as by reading every fact."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Actie, Medewerker, OpenNaVertrek, Plaatsing, Termijn
from app.norms.opvolging import NA_VERTREK
from app.services.feiten.versions import record_feit, replace_feit
from app.services.termijnen import refresh_termijnen
from app.terms import Rol
from tests.models.test_zonder_begeleider import DAY, add_child, change, held, place
from tests.models.weigeren import Kind


def by_hand(session: Session) -> dict[int, date]:
    """Return from which day on children are nowhere, of whom a stored deadline says that something is open."""
    open_ = {one.pleegkind_id for one in session.scalars(select(Termijn)) if one.norm in NA_VERTREK and one.uiterlijk}
    ends: dict[int, list[date | None]] = {}
    for home in held(session, Plaatsing):
        ends.setdefault(home.pleegkind_id, []).append(home.tot)
    left = {kind: [tot for tot in found if tot] for kind, found in ends.items() if all(found)}
    return {kind: max(found) for kind, found in left.items() if kind in open_}


def looked_up(session: Session) -> dict[int, date]:
    session.expire_all()
    return {one.pleegkind_id: one.vertrokken_per for one in session.scalars(select(OpenNaVertrek))}


@pytest.mark.parametrize("seed", range(8))
def test_nobody_who_left_with_something_open_is_overlooked(session: Session, kind: Kind, seed: int) -> None:
    random, recording = Random(seed), kind.recording(session)
    children = [add_child(recording) for _ in range(3)]
    homes = [place(recording, random, kind, random.choice(children)) for _ in range(4)]
    member = {"naam": "Bo", "email": None, "rol": Rol.PLEEGZORGBEGELEIDER, "team_id": None}
    owner = record_feit(recording, Medewerker, member).feit_id
    what = {"omschrijving": "Bellen.", "gedaan_op": None, "eigenaar_id": owner, "vgb_id": None}
    acties = []
    for _ in range(14):
        which = random.randrange(4)
        if which == 0:
            content = {"pleegkind_id": random.choice(children).feit_id, "datum": DAY, "uiterlijk": DAY + timedelta(30)}
            acties.append(record_feit(recording, Actie, {**what, **content}))
        elif which == 1 and acties:
            replace_feit(recording, acties.pop(), {"gedaan_op": DAY}, reden="test")
        else:
            place_ = random.randrange(len(homes))
            homes[place_] = change(recording, random, homes[place_], children)
            if homes[place_].ingetrokken:
                homes[place_] = place(recording, random, kind, random.choice(children))
        refresh_termijnen(session, recording.organisatie_id, {one.feit_id for one in children}, DAY)
        assert looked_up(session) == by_hand(session)
    session.rollback()
