"""A case discussion: who was there, what came of it, and what gave cause; an old client says only that it was held."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from app.models import ExtraInzet, Kwartaaltoets, Pleegkind
from tests.api.client import Dienst
from tests.api.files import Kind, overdue_child
from tests.api.world import World

BESPREKING = {"datum": "2026-10-01", "multidisciplinair": True}
NIEUW = {"deelnemers", "gedragswetenschapperAanwezig", "conclusie", "acties", "ruisfactor", "extraInzetId"}


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


def add_extra_inzet(dienst: Dienst, kind: Kind) -> str:
    """Write an extra inzet for a child without the audit that it comes from."""
    nu, uid = datetime(2026, 10, 2, tzinfo=UTC), uuid4()
    with Session(dienst.owner) as session:
        child = session.scalars(select(Pleegkind).where(Pleegkind.uid == kind.ids["pleegkind"])).first()
        assert child is not None
        own = {"organisatie_id": child.organisatie_id}
        filled = {
            "uid": uuid4(), **own, "kwartaal": f"{1900 + child.id % 1000}-Q1", "status": "concept", "versie": 1,
            "aangemaakt_op": nu, "bekend_op": nu, "volgorde": 1, "kop": {}, "kengetallen": [], "rijen": 0, "digest": "",
        }  # fmt: skip
        toets = session.scalars(insert(Kwartaaltoets).values(filled).returning(Kwartaaltoets.id)).one()
        row = {"uid": uid, **own, "toets_id": toets, "pleegkind_id": child.feit_id, "criteria": ["MDO"]}
        session.execute(insert(ExtraInzet).values(**row, uiterlijk=date(2026, 10, 28), aangemaakt_op=nu))
        session.commit()
    return str(uid)


def post(kind: Kind, **over: Any) -> Any:
    return kind.begeleider.post(f"{kind.path}/casuistiekbesprekingen", {**BESPREKING, **over})


def test_that_it_was_held_is_enough(kind: Kind) -> None:
    shown = kind.begeleider.made(f"{kind.path}/casuistiekbesprekingen", BESPREKING).shown
    assert {name: shown[name] for name in NIEUW} == dict.fromkeys(NIEUW)


def test_everything_about_it_is_kept_and_corrected(kind: Kind, world: World, dienst: Dienst) -> None:
    whole = {
        **BESPREKING,
        "deelnemers": [world.medewerkers["begeleider"], world.medewerkers["gedragswetenschapper"]],
        "gedragswetenschapperAanwezig": True,
        "conclusie": "Er is te weinig eigen zicht; de begeleider spreekt het kind op school.",
        "ruisfactor": "R01",
        "extraInzetId": add_extra_inzet(dienst, kind),
    }
    made = kind.begeleider.made(f"{kind.path}/casuistiekbesprekingen", whole)
    assert {name: made.shown[name] for name in whole} == whole
    path = f"/casuistiekbesprekingen/{made.id}"
    right = kind.begeleider.made(f"{path}/correctie", {"reden": "vergeten", "conclusie": "Anders."}, etag=made.etag)
    assert {name: right.shown[name] for name in whole} == {**whole, "conclusie": "Anders."}
    assert kind.begeleider.read(path) == right.shown


@pytest.mark.parametrize("who", ["nobody", "vreemde_begeleider"])
def test_deelnemers_are_medewerkers_of_the_own_organisatie(kind: Kind, world: World, who: str) -> None:
    uid = world.medewerkers.get(who, str(uuid4()))
    refused = post(kind, deelnemers=[world.medewerkers["begeleider"], uid])
    faults = [(fault["name"], fault["code"]) for fault in refused.json()["errors"]]
    assert (refused.status_code, faults) == (400, [("deelnemers", "onbekende_verwijzing")])


def test_an_extra_inzet_is_of_the_same_child(kind: Kind, world: World, dienst: Dienst) -> None:
    other = add_extra_inzet(dienst, overdue_child(world))
    for uid in (other, str(uuid4())):
        refused = post(kind, extraInzetId=uid)
        faults = [(fault["name"], fault["code"]) for fault in refused.json()["errors"]]
        assert (refused.status_code, faults) == (400, [("extraInzetId", "onbekende_verwijzing")])


def test_a_new_action_is_a_fact_and_no_text(kind: Kind, world: World, dienst: Dienst) -> None:
    refused = post(kind, acties=["Begeleider: gesprek op school."])
    (wrong,) = refused.json()["errors"]
    assert (refused.status_code, wrong["name"], wrong["code"]) == (400, "acties", "ongeldige_waarde")
    assert wrong["detail"].startswith("Leg elke afspraak vast als actie")
    made = kind.begeleider.made(f"{kind.path}/casuistiekbesprekingen", BESPREKING)
    path, afspraak = f"/casuistiekbesprekingen/{made.id}", ["Begeleider: gesprek op school."]
    added = kind.begeleider.post(f"{path}/correctie", {"reden": "vergeten", "acties": afspraak}, etag=made.etag)
    assert added.status_code == 400
    with dienst.owner.begin() as connection:  # as it was recorded before an actie was a fact
        connection.execute(text("ALTER TABLE casuistiekbespreking DISABLE TRIGGER USER"))
        connection.execute(
            text("UPDATE casuistiekbespreking SET acties = :was WHERE uid = :uid"), {"was": afspraak, "uid": made.id}
        )
        connection.execute(text("ALTER TABLE casuistiekbespreking ENABLE TRIGGER USER"))
    again = kind.begeleider.get(path)
    assert again.json()["acties"] == afspraak
    said = {"reden": "aangevuld", "conclusie": "Vaker langs.", "acties": afspraak}
    kept = kind.begeleider.made(f"{path}/correctie", said, etag=again.headers["ETag"])
    assert (kept.shown["acties"], kept.shown["conclusie"]) == (afspraak, "Vaker langs.")
    more = kind.begeleider.post(f"{path}/correctie", {**said, "acties": [*afspraak, "Meer."]}, etag=kept.etag)
    assert more.status_code == 400
    there = {"pleegkindId": overdue_child(world).ids["pleegkind"], "reden": "hoort bij het andere kind"}
    moved = kind.teamleider.made(f"{path}/verplaatsing", there, etag=kept.etag)
    assert moved.shown["acties"] == afspraak


def test_an_action_names_a_discussion_of_the_same_child(kind: Kind, world: World) -> None:
    other = overdue_child(world)
    theirs = other.begeleider.made(f"{other.path}/casuistiekbesprekingen", BESPREKING).id
    own = kind.begeleider.made(f"{kind.path}/casuistiekbesprekingen", BESPREKING).id
    body = {"datum": "2026-10-01", "omschrijving": "Bellen", "uiterlijk": "2026-12-01"}
    refused = kind.begeleider.post(f"{kind.path}/acties", {**body, "casuistiekbesprekingId": theirs})
    faults = [(fault["name"], fault["code"]) for fault in refused.json()["errors"]]
    assert (refused.status_code, faults) == (400, [("casuistiekbesprekingId", "onbekende_verwijzing")])
    made = kind.begeleider.made(f"{kind.path}/acties", {**body, "casuistiekbesprekingId": own})
    assert made.shown["casuistiekbesprekingId"] == own
    line = next(one for one in kind.begeleider.rows(f"{kind.path}/tijdlijn") if one["soort"] == "actie")
    assert line["kenmerken"]["uitBespreking"] is True
