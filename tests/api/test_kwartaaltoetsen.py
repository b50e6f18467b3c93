"""The quarterly audit through the API: built, frozen, compared, exported; and the extra inzet that follows."""

import base64
import csv
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import db
from app.namens import Namens
from app.queries.kwartaaltoetsen import newest_kwartaaltoets
from app.services import kwartaaltoetsen as service
from app.toets.kwartaal import Kwartaal
from tests.api.client import NOBODY, VANDAAG, Dienst, Gebruiker, Gemaakt, standing_still, without_id
from tests.api.files import Kind, overdue_child
from tests.api.world import World

Q3 = {"kwartaal": "2026-Q3"}
#: within the quarter, and long enough ago to be recorded late
IN_Q3 = date(2026, 9, 1)


_INSERT = """
INSERT INTO kwartaaltoets_regel
    (organisatie_id, toets_id, positie, pleegkind_id, plaatsing_id, navolgbaar, ruisscore, inhoud)
SELECT organisatie_id, id, 9999, 1, 1, true, 0, '{}' FROM kwartaaltoets WHERE uid = :uid
"""


@dataclass(frozen=True)
class Audit:
    """A world with a child that nobody has seen, and how to audit it.

    Attributes:
        world: of its own.
        kind: late for KAG-R and KAG-3 at the end of the quarter.
        kwaliteit: who audits.
    """

    world: World
    kind: Kind
    kwaliteit: Gebruiker

    def build(self, **more: Any) -> Gemaakt:
        return self.kwaliteit.made("/kwartaaltoetsen", {**Q3, **more})

    def freeze(self, toets: Gemaakt) -> Gemaakt:
        return self.kwaliteit.made(f"/kwartaaltoetsen/{toets.id}/vaststelling")

    def row(self, toets: Gemaakt, who: Gebruiker | None = None) -> dict[str, Any]:
        """Return the row of the child."""
        rows = (who or self.kwaliteit).walk(f"/kwartaaltoetsen/{toets.id}/regels?limit=2")
        found: dict[str, Any] = {row["pleegkind"]["id"]: row for row in rows}[self.kind.ids["pleegkind"]]
        return found

    def export(self, toets: Gemaakt, formaat: str) -> bytes:
        answer = self.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/export?formaat={formaat}")
        assert answer.status_code == 200, answer.text
        return bytes(answer.content)

    def follow_up(self, who: Gebruiker, query: str = "") -> list[dict[str, Any]]:
        """Return the extra inzetten about the child that somebody sees."""
        rows = who.walk(f"/extra-inzetten?{query}")
        return [row for row in rows if row["pleegkindId"] == self.kind.ids["pleegkind"]]


@pytest.fixture
def audit(lean_world: World) -> Audit:
    return Audit(lean_world, overdue_child(lean_world, weeks=30), lean_world["kwaliteit"])


def test_a_concept_says_of_every_child_how_it_stood(audit: Audit) -> None:
    toets = audit.build()
    assert (toets.shown["status"], toets.shown["rijen"]) == ("concept", len(audit.world.files) - 1)
    row = audit.row(toets)
    assert (row["navolgbaar"], row["nooitGezien"], row["peildatum"]) == (False, True, "2026-09-30")
    assert row["criteria"]["KAG-R"]["stand"] == "te_laat"
    assert row["criteria"]["KAG-R"]["dagenTeLaat"] == (date(2026, 9, 30) - date(2026, 8, 6)).days
    assert row["criteria"]["MDO"] is None


def test_a_concept_is_rebuilt_and_stays_one(audit: Audit) -> None:
    first = audit.build()
    audit.kind.talk(IN_Q3)
    second = audit.build()
    assert (second.id, second.etag) != (first.id, first.etag)
    assert second.id == first.id
    assert second.shown["digest"] != first.shown["digest"]
    assert audit.row(second)["navolgbaar"]
    assert audit.row(second)["lateRegistraties"] == 1
    assert [one["id"] for one in audit.kwaliteit.rows("/kwartaaltoetsen")] == [first.id]


def test_a_second_build_at_the_same_time_is_refused(audit: Audit, dienst: Dienst) -> None:
    own = audit.kwaliteit.rows("/organisaties")[0]["id"]
    with Session(dienst.owner) as session:
        (key,) = session.execute(text("SELECT id FROM organisatie WHERE uid = :uid"), {"uid": own}).one()
        service._lock(session, key, Kwartaal.parse("2026-Q3"))
        answer = audit.kwaliteit.post("/kwartaaltoetsen", Q3)
    assert (answer.status_code, answer.json()["code"]) == (409, "toets_in_opbouw")
    assert audit.build().shown["status"] == "concept"


@pytest.mark.parametrize("kwartaal", ["2027-Q1", "2026-Q5", "2026", ""])
def test_a_quarter_that_is_none_is_400(world: World, kwartaal: str) -> None:
    answer = world["kwaliteit"].post("/kwartaaltoetsen", {"kwartaal": kwartaal})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["name"] == "kwartaal"


def test_a_quarter_that_runs_can_be_looked_at_but_not_frozen(audit: Audit) -> None:
    toets = audit.kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q4"})
    answer = audit.kwaliteit.post(f"/kwartaaltoetsen/{toets.id}/vaststelling")
    assert (answer.status_code, answer.json()["code"]) == (409, "kwartaal_loopt")


@pytest.mark.parametrize(("vandaag", "status"), [("2026-12-30", 409), ("2026-12-31", 409), ("2027-01-01", 201)])
def test_a_quarter_is_frozen_from_the_day_after_its_last(audit: Audit, vandaag: str, status: int) -> None:
    with standing_still(datetime.fromisoformat(f"{vandaag}T09:00:00Z")):
        kwaliteit = audit.kwaliteit.again()
        toets = kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q4"})
        assert kwaliteit.post(f"/kwartaaltoetsen/{toets.id}/vaststelling").status_code == status


def test_what_is_frozen_stays_and_the_comparison_says_why_it_differs(audit: Audit) -> None:
    toets = audit.freeze(audit.build())
    assert toets.shown["status"] == "vastgesteld"
    assert toets.shown["vastgesteldDoor"] == audit.world.medewerkers["kwaliteit"]
    before = {formaat: audit.export(toets, formaat) for formaat in ("csv", "json", "xlsx", "pdf")}
    late = audit.kind.talk(IN_Q3)
    assert {formaat: audit.export(toets, formaat) for formaat in before} == before
    (found,) = audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/vergelijking")["verschillen"]
    assert found["pleegkindId"] == audit.kind.ids["pleegkind"]
    cells = {one["veld"]: (one["was"], one["wordt"]) for one in found["velden"]}
    assert cells["navolgbaar"] == ("nee", "ja")
    assert cells["KAG-R.stand"] == ("te_laat", "op_tijd")
    assert [(one["oorzaak"], one["soort"], one["id"]) for one in found["aanleidingen"]] == [
        ("late_invoer", "kindgesprek", late.id)
    ]


def test_a_correction_and_a_withdrawal_are_named_as_such(audit: Audit) -> None:
    talk = audit.kind.talk(IN_Q3)
    toets = audit.freeze(audit.build())
    assert audit.row(toets)["navolgbaar"]
    path = f"/kindgesprekken/{talk.id}"
    corrected = audit.kind.begeleider.made(
        f"{path}/correctie", {"alleen": False, "reden": "vergissing"}, etag=talk.etag
    )
    url = f"/kwartaaltoetsen/{toets.id}/vergelijking"
    (found,) = audit.kwaliteit.read(url)["verschillen"]
    assert [(one["oorzaak"], one["reden"]) for one in found["aanleidingen"]] == [("correctie", "vergissing")]
    audit.kind.begeleider.made(f"{path}/intrekking", {"reden": "dubbel"}, etag=corrected.etag)
    (found,) = audit.kwaliteit.read(url)["verschillen"]
    assert [one["oorzaak"] for one in found["aanleidingen"]] == ["correctie", "intrekking"]
    # With what was known at the freeze nothing differs.
    assert audit.kwaliteit.read(f"{url}?bekendOp={toets.shown['bekendOp']}")["verschillen"] == []


def test_freezing_as_seen_needs_the_version_that_was_seen(audit: Audit) -> None:
    seen = audit.build()
    audit.build()
    path = f"/kwartaaltoetsen/{seen.id}/vaststelling"
    assert audit.kwaliteit.post(path, etag=seen.etag).status_code == 412
    assert audit.kwaliteit.get(f"/kwartaaltoetsen/{seen.id}").json()["status"] == "concept"


def test_freezing_unseen_takes_in_what_was_recorded_since(audit: Audit) -> None:
    toets = audit.build()
    audit.kind.talk(IN_Q3)
    assert audit.row(audit.freeze(toets))["navolgbaar"]


def test_freezing_as_seen_takes_in_nothing(audit: Audit) -> None:
    toets = audit.build()
    audit.kind.talk(IN_Q3)
    frozen = audit.kwaliteit.made(f"/kwartaaltoetsen/{toets.id}/vaststelling", etag=toets.etag)
    assert frozen.shown["digest"] == toets.shown["digest"]
    assert not audit.row(frozen)["navolgbaar"]


def test_a_correction_is_a_new_audit_that_names_the_old(audit: Audit) -> None:
    first = audit.freeze(audit.build())
    assert audit.kwaliteit.post("/kwartaaltoetsen", Q3).json()["code"] == "al_vastgesteld"
    assert audit.kwaliteit.post(f"/kwartaaltoetsen/{first.id}/vaststelling").json()["code"] == "al_vastgesteld"
    assert audit.kwaliteit.post("/kwartaaltoetsen", {**Q3, "vervangt": NOBODY}).status_code == 404
    audit.kind.talk(IN_Q3)
    second = audit.freeze(audit.build(vervangt=first.id))
    assert second.shown["vervangt"] == first.id
    shown = audit.kwaliteit.read(f"/kwartaaltoetsen/{first.id}")
    assert (shown["vervangenDoor"], shown["digest"]) == (second.id, first.shown["digest"])
    answer = audit.kwaliteit.post("/kwartaaltoetsen", {**Q3, "vervangt": first.id})
    assert answer.json()["code"] == "vervangt_onjuist"


def test_the_database_refuses_any_change_of_what_is_frozen(audit: Audit, dienst: Dienst) -> None:
    toets = audit.freeze(audit.build())
    uid = audit.kwaliteit.rows("/organisaties")[0]["id"]
    with Session(dienst.owner) as session:
        own = Namens(session.scalars(text("SELECT id FROM organisatie WHERE uid = :uid"), {"uid": uid}).one())
    for statement in (
        "UPDATE kwartaaltoets SET digest = 'x' WHERE uid = :uid",
        "UPDATE kwartaaltoets SET status = 'concept', vastgesteld_op = NULL WHERE uid = :uid",
        "DELETE FROM kwartaaltoets WHERE uid = :uid",
        "DELETE FROM kwartaaltoets_regel WHERE toets_id = (SELECT id FROM kwartaaltoets WHERE uid = :uid)",
        "UPDATE kwartaaltoets_regel SET navolgbaar = true",
        "TRUNCATE kwartaaltoets_regel",
        "TRUNCATE kwartaaltoets CASCADE",
        "DELETE FROM extra_inzet",
        "UPDATE extra_inzet_stap SET reden = 'x'",
        _INSERT,
    ):
        with pytest.raises(DBAPIError) as raised, db.unit_of_work(dienst.engine, own) as session:
            session.execute(text(statement), {"uid": toets.id} if ":uid" in statement else {})
        assert getattr(raised.value.orig, "sqlstate", "") == "42501", statement


# Exports


def test_the_exports_say_the_same_and_carry_the_digest(audit: Audit) -> None:
    toets = audit.freeze(audit.build())
    whole = json.loads(audit.export(toets, "json"))
    assert whole["digest"] == toets.shown["digest"]
    rows = list(csv.DictReader(io.StringIO(audit.export(toets, "csv").decode())))
    assert [row["pleegkind_nummer"] for row in rows] == [
        row["pleegkind"]["nummer"] for row in whole["inhoud"]["regels"]
    ]
    for formaat in ("xlsx", "pdf"):
        assert toets.shown["digest"].encode() in audit.export(toets, formaat), formaat
    answer = audit.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/export?formaat=csv")
    assert answer.headers["x-toets-digest"] == toets.shown["digest"]
    assert answer.headers["content-disposition"].endswith('2026-Q3.csv"')
    sha256 = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
    assert answer.headers["repr-digest"] == f"sha-256=:{sha256}:"
    assert audit.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/export?formaat=docx").status_code == 400


def test_names_are_in_an_export_only_when_asked(audit: Audit) -> None:
    toets = audit.build()
    naam = audit.kwaliteit.read(audit.kind.path)["roepnaam"].encode()
    assert naam not in audit.export(toets, "json") + audit.export(toets, "csv")
    assert naam not in audit.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/regels").content


# Key figures


def test_the_key_figures_are_those_of_the_rows(audit: Audit) -> None:
    toets = audit.build()
    figures = audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/kengetallen")
    whole = figures["groepen"][0]
    rows = audit.kwaliteit.walk(f"/kwartaaltoetsen/{toets.id}/regels")
    assert whole["alle"]["rijen"] == len(rows)
    assert whole["alle"]["navolgbaar"] == sum(row["navolgbaar"] for row in rows)
    assert {one["naam"] for one in figures["groepen"] if one["soort"] == "team"} >= {"noord", "zuid"}
    assert list(figures["trend"]) == ["2026-Q3"]


def test_the_trend_has_the_quarters_that_were_frozen(audit: Audit) -> None:
    earlier = audit.freeze(audit.kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q2"}))
    toets = audit.build()
    figures = audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/kengetallen")
    assert list(figures["trend"]) == ["2026-Q2", "2026-Q3"]
    compared = audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/vergelijking")
    assert compared["vorigKwartaal"] == earlier.id
    course = {one["pleegkindId"]: one["verloop"] for one in compared["verloop"]}
    assert course[audit.kind.ids["pleegkind"]] == "slechter"


# Who sees what


def test_rows_are_those_of_children_that_one_sees(audit: Audit) -> None:
    toets = audit.build()
    for name, relaties in (("teamleider", ("eigen", "team", "zonder")), ("teamleider_zuid", ("ander", "zonder"))):
        shown = {
            row["pleegkind"]["id"] for row in audit.world[name].walk(f"/kwartaaltoetsen/{toets.id}/regels?limit=3")
        }
        assert shown - {audit.kind.ids["pleegkind"]} == {audit.world.files[one]["pleegkind"] for one in relaties}
        assert (audit.kind.ids["pleegkind"] in shown) == (name == "teamleider")


@pytest.mark.parametrize("path", ["", "/regels", "/kengetallen", "/vergelijking", "/export?formaat=csv"])
def test_of_another_organisatie_it_does_not_exist(world: World, path: str) -> None:
    toets = world.files["eigen"]["kwartaaltoets"]
    strange = world["vreemde_kwaliteit"]
    absent = without_id(strange.get(f"/kwartaaltoetsen/{NOBODY}{path}"))
    assert absent[0] == 404
    assert without_id(strange.get(f"/kwartaaltoetsen/{toets}{path}")) == absent


@pytest.mark.parametrize("name", ["begeleider", "inspecteur"])
def test_without_the_right_it_is_403(world: World, name: str) -> None:
    toets = world.files["eigen"]["kwartaaltoets"]
    user = world[name]
    assert {user.get(f"/kwartaaltoetsen/{toets}{path}").status_code for path in ("", "/regels")} == {403}
    assert user.post("/kwartaaltoetsen", Q3).status_code == 403


@pytest.mark.parametrize("name", ["begeleider", "gedragswetenschapper", "teamleider", "beheerder", "inspecteur"])
def test_only_kwaliteit_freezes_and_exports(world: World, name: str) -> None:
    toets = world.files["eigen"]["kwartaaltoets"]
    user = world[name]
    assert user.post(f"/kwartaaltoetsen/{toets}/vaststelling").status_code == 403
    assert user.get(f"/kwartaaltoetsen/{toets}/export?formaat=csv").status_code == 403


# Extra inzet


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
