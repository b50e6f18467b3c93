"""What is open about a child goes along to its next begeleider on the day, however that was planned, and not before."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.clock import start_of_day
from app.db import sessions
from app.db.namens import Namens
from app.services.feiten.recording import RequestTime
from app.services.meegaan import take_along_due
from tests.api.client import NU, VANDAAG, Dienst, Gemaakt, standing_still
from tests.api.toetswereld import Audit

DAG = date(2026, 11, 9)


def agreed(audit: Audit, owner: str) -> Gemaakt:
    wat = {"datum": "2026-10-20", "uiterlijk": "2026-11-20", "omschrijving": "Bel school."}
    body = {**wat, "eigenaarId": audit.world.medewerkers[owner]}
    return audit.world["teamleider"].again().made(f"{audit.kind.path}/acties", body)


def by_handover(audit: Audit) -> None:
    one = {
        "pleegkindId": audit.kind.ids["pleegkind"],
        "medewerkerId": audit.world.medewerkers["collega"],
        "van": str(DAG),
    }
    path = f"/medewerkers/{audit.world.medewerkers['begeleider']}/overdracht"
    assert audit.world["teamleider"].post(path, {"kinderen": [one], "reden": "ander werk"}).status_code == 201


def by_begeleiding(audit: Audit) -> None:
    leider, path = audit.world["teamleider"], f"/plaatsingen/{audit.kind.ids['plaatsing']}/begeleidingen"
    (now,) = leider.rows(path)
    leider.made(path, {"medewerkerId": audit.world.medewerkers["collega"], "van": str(DAG)})
    etag = leider.get(f"/begeleidingen/{now['id']}").headers["etag"]
    ended = leider.post(f"/begeleidingen/{now['id']}/correctie", {"tot": str(DAG), "reden": "ander werk"}, etag=etag)
    assert ended.status_code == 201, ended.text


def go_along(dienst: Dienst, audit: Audit, dag: date) -> int:
    """Do what the job does in that organisatie on a day."""
    find = text("SELECT organisatie_id FROM pleegkind WHERE uid = :uid LIMIT 1")
    with Session(dienst.owner) as session:
        organisatie: int = session.scalars(find, {"uid": audit.kind.ids["pleegkind"]}).one()
    with sessions.unit_of_work(dienst.engine, Namens(organisatie)) as session:
        return take_along_due(session, organisatie, RequestTime(start_of_day(dag), dag))


def owners(audit: Audit) -> dict[str, Any]:
    found = audit.world["beheerder"].again().rows(f"{audit.kind.path}/acties?limit=200")
    return {one["id"]: one["eigenaarId"] for one in found}


@pytest.mark.parametrize("plan", [by_handover, by_begeleiding])
def test_what_is_open_goes_along_on_the_day(dienst: Dienst, audit: Audit, plan: Any) -> None:
    people = audit.world.medewerkers
    mine, other = agreed(audit, "begeleider"), agreed(audit, "gedragswetenschapper")
    audit.freeze(audit.build())
    plan(audit)
    assert go_along(dienst, audit, DAG - timedelta(days=1)) == 0
    assert owners(audit)[mine.id] == people["begeleider"]
    assert go_along(dienst, audit, DAG) == 1
    with standing_still(NU + (DAG - VANDAAG)):
        assert owners(audit) == {mine.id: people["collega"], other.id: people["gedragswetenschapper"]}
        (extra,) = audit.follow_up(audit.kwaliteit.again())
        assert extra["eigenaarId"] == people["collega"]
        shown = audit.world["collega"].again().read(f"/acties/{mine.id}")
        assert shown["wijzigingsreden"] == "De begeleiding ging op 9 november 2026 over."
        assert mine.id in {one["id"] for one in audit.world["collega"].again().rows("/acties?mijn=true&limit=200")}
    assert go_along(dienst, audit, DAG) == 0


def test_what_somebody_took_on_afterwards_stays_with_them(dienst: Dienst, audit: Audit) -> None:
    by_handover(audit)
    with standing_still(NU + (DAG - VANDAAG)):
        later = agreed(audit, "begeleider")
        assert go_along(dienst, audit, DAG) == 0
        assert owners(audit) == {later.id: audit.world.medewerkers["begeleider"]}


def test_also_when_something_of_before_goes_along_later(dienst: Dienst, audit: Audit) -> None:
    people, mine = audit.world.medewerkers, agreed(audit, "begeleider")
    by_handover(audit)
    with standing_still(NU + (DAG - VANDAAG)):
        later = agreed(audit, "begeleider")
        assert go_along(dienst, audit, DAG) == 1
        assert owners(audit) == {mine.id: people["collega"], later.id: people["begeleider"]}


def test_who_guides_the_child_again_keeps_it(dienst: Dienst, audit: Audit) -> None:
    mine = agreed(audit, "begeleider")
    by_begeleiding(audit)
    path = f"/plaatsingen/{audit.kind.ids['plaatsing']}/begeleidingen"
    audit.world["teamleider"].made(path, {"medewerkerId": audit.world.medewerkers["begeleider"], "van": str(DAG)})
    assert go_along(dienst, audit, DAG) == 0
    assert owners(audit) == {mine.id: audit.world.medewerkers["begeleider"]}
