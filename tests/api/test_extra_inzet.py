"""The extra inzet that follows when an audit is frozen: whose it is, until when, and what closes it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.opgeslagen import newest_kwartaaltoets
from app.services.kwartaaltoetsen import toetsen as service
from tests.api.client import NOBODY, VANDAAG, Dienst, without_id
from tests.api.toetswereld import Audit
from tests.api.world import World


def opened(audit: Audit) -> dict[str, Any]:
    audit.freeze(audit.build())
    (one,) = audit.follow_up(audit.kwaliteit)
    return one


def test_freezing_opens_one_for_the_begeleider_with_a_deadline(audit: Audit) -> None:
    one = opened(audit)
    assert one["criteria"] == ["KAG-R"]
    assert (one["uiterlijk"], one["teLaat"], one["afgesloten"]) == ("2026-10-28", True, False)
    assert (one["eigenaarId"], one["eigenaarRol"]) == (audit.world.medewerkers["begeleider"], "pleegzorgbegeleider")
    assert audit.follow_up(audit.kind.begeleider, "mijn=true") == [one]
    assert audit.follow_up(audit.world["collega"]) == []
    assert audit.follow_up(audit.world["vreemde_teamleider"]) == []


def test_an_overdue_one_is_on_the_list_of_the_teamleider_and_later_of_kwaliteit(audit: Audit) -> None:
    one = opened(audit)
    assert one["teLaat"]
    assert [row["id"] for row in audit.follow_up(audit.kind.teamleider, "mijn=true")] == [one["id"]]
    assert (VANDAAG - date(2026, 10, 28)).days < 14
    assert audit.follow_up(audit.kwaliteit, "mijn=true") == []


def test_a_child_with_an_open_one_gets_no_second(audit: Audit) -> None:
    first = audit.freeze(audit.build())
    audit.freeze(audit.build(vervangt=first.id))
    assert len(audit.follow_up(audit.kwaliteit)) == 1


def test_the_event_that_repaired_it_closes_it(audit: Audit) -> None:
    one = opened(audit)
    path = f"/extra-inzetten/{one['id']}/afsluiting"
    by_phone = audit.kind.talk(VANDAAG, vorm="telefoon")
    refused = audit.kind.begeleider.post(path, {"feitSoort": "kindgesprek", "feitId": by_phone.id})
    assert (refused.status_code, refused.json()["code"]) == (409, "niet_hersteld")
    alone = audit.kind.talk(VANDAAG)
    assert audit.kind.begeleider.post(path, {"feitSoort": "kindgesprek", "feitId": by_phone.id}).status_code == 409
    closed = audit.kind.begeleider.made(path, {"feitSoort": "kindgesprek", "feitId": alone.id})
    assert (closed.shown["afgesloten"], closed.shown["feitId"]) == (True, alone.id)
    assert [step["soort"] for step in closed.shown["stappen"]] == ["opening", "afsluiting"]
    assert audit.follow_up(audit.kwaliteit) == []
    assert [row["id"] for row in audit.follow_up(audit.kwaliteit, "afgesloten=true")] == [one["id"]]
    again = audit.kind.begeleider.post(path, {"feitSoort": "kindgesprek", "feitId": alone.id})
    assert again.json()["code"] == "al_afgesloten"


def test_only_a_gedragswetenschapper_closes_it_by_decision(audit: Audit) -> None:
    one = opened(audit)
    path, body = f"/extra-inzetten/{one['id']}/afsluiting", {"reden": "Het kind wordt elders gezien; zie het besluit."}
    for name in ("begeleider", "teamleider", "kwaliteit"):
        assert audit.world[name].post(path, body).status_code == 403, name
    closed = audit.world["gedragswetenschapper"].made(path, body)
    assert (closed.shown["afgesloten"], closed.shown["reden"]) == (True, body["reden"])


@pytest.mark.parametrize(
    "body", [{}, {"feitSoort": "kindgesprek"}, {"feitId": NOBODY}, {"feitSoort": "gerucht", "feitId": NOBODY}]
)
def test_a_closing_needs_a_ground(world: World, body: dict[str, str]) -> None:
    one = world.files["eigen"]["extra_inzet"]
    assert world["begeleider"].post(f"/extra-inzetten/{one}/afsluiting", body).status_code == 400


def test_it_is_handed_over_when_the_begeleider_leaves(audit: Audit) -> None:
    one = opened(audit)
    beheerder, wie = audit.world["beheerder"], audit.world.medewerkers["begeleider"]
    etag = beheerder.get(f"/medewerkers/{wie}").headers["etag"]
    assert not audit.follow_up(audit.kwaliteit, "zonderEigenaar=true")
    beheerder.made(f"/medewerkers/{wie}/intrekking", {"reden": "uit dienst"}, etag=etag)
    assert [row["id"] for row in audit.follow_up(audit.kind.teamleider, "zonderEigenaar=true")] == [one["id"]]
    body = {"eigenaarId": audit.world.medewerkers["collega"], "reden": "neemt de caseload over"}
    given = audit.kind.teamleider.made(f"/extra-inzetten/{one['id']}/overdracht", body)
    assert given.shown["eigenaarId"] == audit.world.medewerkers["collega"]
    assert audit.follow_up(audit.kwaliteit, "zonderEigenaar=true") == []
    strange = {**body, "eigenaarId": audit.world.medewerkers["vreemde_begeleider"]}
    assert audit.kind.teamleider.post(f"/extra-inzetten/{one['id']}/overdracht", strange).status_code == 400


def test_outside_the_scope_it_does_not_exist(audit: Audit) -> None:
    one = opened(audit)
    for name in ("collega", "teamleider_zuid", "vreemde_kwaliteit"):
        user = audit.world[name]
        absent = without_id(user.get(f"/extra-inzetten/{NOBODY}"))
        assert without_id(user.get(f"/extra-inzetten/{one['id']}")) == absent
        assert absent[0] in (403, 404)


def test_a_freeze_that_fails_leaves_a_concept_and_no_extra_inzet(
    audit: Audit, dienst: Dienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    toets = audit.build()

    def fail(*_: object) -> int:
        raise service.KwartaalLoopt

    monkeypatch.setattr(service, "open_extra_inzetten", fail)
    assert audit.kwaliteit.post(f"/kwartaaltoetsen/{toets.id}/vaststelling").status_code == 409
    assert audit.follow_up(audit.kwaliteit) == []
    own = audit.kwaliteit.rows("/organisaties")[0]["id"]
    with Session(dienst.owner) as session:
        (key,) = session.execute(text("SELECT id FROM organisatie WHERE uid = :uid"), {"uid": own}).one()
        assert newest_kwartaaltoets(session, key, Kwartaal.parse("2026-Q3"), frozen=True) is None
