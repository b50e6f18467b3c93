"""The quarterly audit through the API: built, frozen, compared, exported."""

import base64
import csv
import hashlib
import io
import json
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.namens import Namens
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.services.kwartaaltoetsen import toetsen as service
from tests.api.client import NOBODY, Dienst, standing_still
from tests.api.toetswereld import IN_Q3, Q3, Audit
from tests.api.world import place_child

_INSERT = """
INSERT INTO kwartaaltoets_regel
    (organisatie_id, toets_id, positie, pleegkind_id, plaatsing_id, navolgbaar, ruisscore, inhoud)
SELECT organisatie_id, id, 9999, 1, 1, true, 0, '{}' FROM kwartaaltoets WHERE uid = :uid
"""


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
        with pytest.raises(DBAPIError) as raised, sessions.unit_of_work(dienst.engine, own) as session:
            session.execute(text(statement), {"uid": toets.id} if ":uid" in statement else {})
        assert getattr(raised.value.orig, "sqlstate", "") == "42501", statement


def test_the_exports_say_the_same_and_carry_the_digest(audit: Audit) -> None:
    place_child(audit.world["teamleider"])
    toets = audit.freeze(audit.build())
    whole = json.loads(audit.export(toets, "json"))
    assert whole["digest"] == toets.shown["digest"]
    rows = list(csv.DictReader(io.StringIO(audit.export(toets, "csv").decode())))
    assert [row["pleegkind_nummer"] for row in rows] == [
        row["pleegkind"]["nummer"] for row in whole["inhoud"]["regels"]
    ]
    assert len(rows) == toets.shown["rijen"] == 3
    for formaat in ("xlsx", "pdf"):
        assert toets.shown["digest"].encode() in audit.export(toets, formaat), formaat
    answer = audit.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/export?formaat=csv")
    assert answer.headers["x-toets-digest"] == toets.shown["digest"]
    assert answer.headers["content-disposition"].endswith('2026-Q3.csv"')
    sha256 = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
    assert answer.headers["repr-digest"] == f"sha-256=:{sha256}:"
    assert audit.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/export?formaat=docx").status_code == 400


def test_the_trend_has_the_quarters_that_were_frozen(audit: Audit) -> None:
    earlier = audit.freeze(audit.kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q2"}))
    toets = audit.build()
    figures = audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/kengetallen")
    assert list(figures["trend"]) == ["2026-Q2", "2026-Q3"]
    compared = audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/vergelijking")
    assert compared["vorigKwartaal"] == earlier.id
    course = {one["pleegkindId"]: one["verloop"] for one in compared["verloop"]}
    assert course[audit.kind.ids["pleegkind"]] == "slechter"
