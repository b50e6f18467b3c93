"""Retention: nothing goes without two, what goes is gone from every table, and while there is a key it comes back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import Base
from app.queries.dossier.rijen import BLIJFT, conditions_of
from app.queries.vernietigingen.lijst import read_destroyed
from app.security.dossiersleutels import DossierOnleesbaar
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NOBODY, standing_still, without_id
from tests.api.rustdossier import LATER, NA_DE_WACHTTIJD, Rust
from tests.api.world import place_child

#: columns by which a row is of a child
_OF_A_CHILD = frozenset({"pleegkind_id", "plaatsing_id", "signaal_id", "extra_inzet_id", "noodtoegang_id"})


#: tables that stay and have words of their own: the purpose of a mandate, the name of a GI
_EIGEN_WOORDEN = ("inzage", "toezichtsmandaat", "kwartaaltoets")
#: who the child is, and what was said: of its file alone
_WOORDEN = ("de Vries", "KANARIEGEEL", "J. Roodborst", "Ooievaar")


def test_every_table_of_a_child_goes_or_stays_for_a_reason() -> None:
    of_a_child = {name for name, table in Base.metadata.tables.items() if _OF_A_CHILD & set(table.columns.keys())}
    assert of_a_child | {"pleegkind"} == (conditions_of(0).keys() | BLIJFT.keys())


def test_what_two_people_approved_is_gone_from_every_table(vol: Rust) -> None:
    before = vol.whole_database()
    assert all(any(name in content for content in before.values()) for name in _WOORDEN)
    uids = {row[3] for rows in vol.rows().values() for row in rows if len(row) > 3 and row[3].count("-") == 4}
    voorstel = vol.propose().id
    vol.approve(voorstel)
    done = vol.run()
    assert (done.verzegeld, done.hersteld, done.vernietigd, done.gelaten) == (1, 0, 0, ())
    assert all(rows == [] for rows in vol.rows().values())
    for table, content in vol.whole_database().items():
        of_file = _WOORDEN[:1] if table.startswith(_EIGEN_WOORDEN) else _WOORDEN  # a mandate has words of its own
        assert not [name for name in of_file if name in content], table
        if not table.startswith(("inzage", "kwartaaltoets_regel", "wijziging", "vernietiging")):
            assert not [uid for uid in uids if uid in content], table
    assert vol.faults() == ()
    assert vol.deviations(LATER) == 0
    assert vol.stand(voorstel) == "verzegeld"


def test_afterwards_the_child_is_as_one_that_never_was(vol: Rust) -> None:
    vol.approve(vol.propose().id)
    vol.run()
    chief = vol.beheerders[0].again()
    for path in (f"/pleegkinderen/{vol.kind}", f"/pleegkinderen/{vol.kind}/tijdlijn"):
        absent = chief.get(path.replace(vol.kind, NOBODY))
        assert without_id(chief.get(path)) == without_id(absent)
        assert absent.status_code == 404
    assert vol.kind not in {one["id"] for one in chief.walk("/pleegkinderen?limit=200")}
    assert chief.post("/pleegkinderen/_zoek", {"naam": "Vries"}).json()["resultaten"] == []
    assert [one["pleegkindId"] for one in chief.walk("/vernietigingen")] == [vol.kind]


def test_an_answer_that_is_kept_to_be_repeated_goes_along(rust: Rust) -> None:
    kept = text("SELECT sleutel FROM idempotentie WHERE organisatie_id = :o AND antwoord IS NOT NULL")
    with Session(rust.dienst.owner) as session:
        before = set(session.scalars(kept, {"o": rust.organisatie_id}))
    rust.approve(rust.propose().id)
    rust.run()
    with Session(rust.dienst.owner) as session:
        after = set(session.scalars(kept, {"o": rust.organisatie_id}))
    assert before - after == {"pleegkind-1", "plaatsing-1", "huisbezoek-1"}
    assert "pleeggezin-1" in after


def test_an_approval_that_is_taken_back_brings_everything_back(vol: Rust) -> None:
    rows, log = vol.rows(), vol.log()
    voorstel = vol.propose().id
    vol.approve(voorstel)
    vol.run()
    vol.take_back(voorstel)
    assert vol.stand(voorstel) == "ingetrokken"
    done = vol.run(LATER + timedelta(days=89))
    assert (done.verzegeld, done.hersteld, done.vernietigd) == (0, 1, 0)
    back = vol.rows()
    assert {**back, "termijn": []} == {**rows, "termijn": []}  # those follow from the facts: ``deviations``
    assert back["termijn"]
    assert vol.log()[: len(log)] == log
    assert vol.faults() == ()
    assert vol.deviations(LATER) == 0
    assert vol.stand(voorstel) == "hersteld"
    key = next(vol.sleutels.folder.iterdir())  # a backup of that time may still be put back
    vol.run(LATER + timedelta(days=178))
    assert key.exists()
    vol.run(LATER + timedelta(days=180))
    assert not key.exists()
    chief = vol.beheerders[0].again()
    assert chief.read(f"/pleegkinderen/{vol.kind}")["achternaam"] == "de Vries"


def test_the_key_goes_after_ninety_days_and_not_a_second_before(rust: Rust) -> None:
    voorstel = rust.propose()
    rust.approve(voorstel.id)
    rust.run()
    key = next(rust.sleutels.folder.iterdir())
    assert key.stat().st_mode & 0o777 == 0o600
    shown = rust.beheerders[0].again().read(f"/vernietigingen/{voorstel.id}")
    due = datetime.fromisoformat(shown["vernietigbaarVanaf"])
    assert due - datetime.fromisoformat(shown["verzegeldOp"]) == timedelta(days=90)
    assert rust.run(due - timedelta(microseconds=1)).vernietigd == 0
    assert key.exists()
    assert rust.run(due).vernietigd == 1
    assert not key.exists()
    assert rust.stand(voorstel.id) == "vernietigd"
    assert rust.faults() == ()
    with Session(rust.dienst.owner) as session:
        uid, closed = session.execute(
            text("SELECT v.uid, s.cijfertekst FROM vernietiging_stap s JOIN vernietiging v ON v.id = s.vernietiging_id "
                 "WHERE v.uid = :uid AND s.stap = 'verzegeld'"),
            {"uid": voorstel.id},
        ).one()  # fmt: skip
    with pytest.raises(DossierOnleesbaar):
        rust.sleutels.open(uid, closed)
    with standing_still(NA_DE_WACHTTIJD):
        late = rust.beheerders[1].again().post(
            f"/vernietigingen/{voorstel.id}/oordeel", {"oordeel": "ingetrokken", "toelichting": "te laat"}
        )  # fmt: skip
    assert (late.status_code, late.json()["code"]) == (409, "voorstel_afgelopen")


def test_a_run_that_was_cut_short_is_finished_by_the_next(rust: Rust, monkeypatch: pytest.MonkeyPatch) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel)
    rust.run()
    with monkeypatch.context() as cut:
        cut.setattr("app.services.vernietigingen.uitvoeren._remove_used_keys", lambda run: None)
        assert rust.run(NA_DE_WACHTTIJD).vernietigd == 1
    assert list(rust.sleutels.folder.iterdir())
    rust.run(NA_DE_WACHTTIJD)
    assert list(rust.sleutels.folder.iterdir()) == []


def test_what_another_file_kept_of_a_moved_fact_goes_and_comes_back_with_it(rust: Rust) -> None:
    """A talk of this child that was recorded with another one: its words lie in both files."""
    said, leider = "Ik mis de konijnen.", rust.leider.again()
    other = place_child(leider)
    talk = SOORTEN_VAN_FEIT["kindgesprek"]
    made = leider.made(talk.path(other), {**talk.body(other), "stemVanHetKind": said})
    naar = {"reden": "verkeerd kind", "plaatsingId": rust.ids["plaatsing"]}
    new = leider.made(f"/kindgesprekken/{made.id}/verplaatsing", naar, etag=made.etag)
    before = rust.rows()["kindgesprek"]
    assert len(before) == 3
    voorstel = rust.propose().id
    rust.approve(voorstel)
    assert rust.run().verzegeld == 1
    assert not [table for table, content in rust.whole_database().items() if said in content]
    for gone in (made, new):
        assert leider.get(f"/kindgesprekken/{gone.id}").status_code == 404
    assert leider.get(f"/pleegkinderen/{other['pleegkind']}").status_code == 200
    assert rust.faults() == ()
    rust.take_back(voorstel)
    assert rust.run().hersteld == 1
    assert rust.rows()["kindgesprek"] == before
    assert rust.faults() == ()


def test_the_other_file_of_a_child_goes_and_comes_back_with_it(rust: Rust) -> None:
    """Two files were made one: nothing of the one that went up stays behind, and its nummer is known as destroyed."""
    leider, naam = rust.leider.again(), "Vroegergeheten"
    soort = SOORTEN_VAN_FEIT["pleegkind"]
    ander = leider.made(soort.path({}), {**soort.body({}), "achternaam": naam})
    signaal = SOORTEN_VAN_FEIT["signaal"]
    leider.made(signaal.path({"pleegkind": ander.id}), {**signaal.body({}), "soort": "zei Fladderik"})
    body = {"anderKindId": ander.id, "reden": "twee keer ingevoerd"}
    proposed = leider.made(f"/pleegkinderen/{rust.kind}/samenvoeging", body).id
    rust.beheerders[0].again().made(f"/samenvoegingen/{proposed}/goedkeuring")
    voorstel = rust.propose().id
    rust.approve(voorstel)
    assert rust.run().verzegeld == 1
    left = rust.whole_database()
    assert not [table for table, content in left.items() if naam in content or "Fladderik" in content]
    for uid in (rust.kind, ander.id):
        assert leider.get(f"/pleegkinderen/{uid}").status_code == 404
    with Session(rust.dienst.owner) as session:
        assert ander.shown["nummer"] in read_destroyed(session, rust.organisatie_id)
    assert rust.faults() == ()
    rust.take_back(voorstel)
    assert rust.run().hersteld == 1
    assert leider.read(f"/pleegkinderen/{ander.id}")["id"] == rust.kind
    assert len(leider.rows(f"/pleegkinderen/{ander.id}/signalen")) == 1
    assert rust.faults() == ()
