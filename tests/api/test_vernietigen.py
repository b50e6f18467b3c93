"""Retention: nothing goes without two, what goes is gone from every table, and while there is a key it comes back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session

from app import clock, db
from app.models import Base
from app.namens import Namens
from app.queries.dossierrijen import BLIJFT, conditions_of
from app.security.dossiersleutels import DossierOnleesbaar
from app.services.vernietigingen import propose_due
from tests.api.client import NOBODY, Dienst, standing_still, without_id
from tests.api.rustdossier import LATER, NA_DE_WACHTTIJD, Rust, full_file, small_file
from tests.api.world import vernietiging_body

#: columns by which a row is of a child
_OF_A_CHILD = frozenset({"pleegkind_id", "plaatsing_id", "signaal_id", "extra_inzet_id", "noodtoegang_id"})


@pytest.fixture
def rust(dienst: Dienst, tmp_path: Path) -> Iterator[Rust]:
    made = small_file(dienst, tmp_path / "sleutels")
    with standing_still(LATER):
        yield made


@pytest.fixture
def vol(dienst: Dienst, tmp_path: Path) -> Iterator[Rust]:
    made = full_file(dienst, tmp_path / "sleutels")
    with standing_still(LATER):
        yield made


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
        of_file = (
            _WOORDEN[:1] if table.startswith(("inzage", "toezichtsmandaat")) else _WOORDEN
        )  # a mandate has words of its own
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
    assert vol.rows() == rows
    assert vol.log()[: len(log)] == log
    assert vol.faults() == ()
    assert vol.deviations(LATER) == 0
    assert vol.stand(voorstel) == "hersteld"
    assert list(vol.sleutels.folder.iterdir()) == []
    chief = vol.beheerders[0].again()
    assert chief.read(f"/pleegkinderen/{vol.kind}")["achternaam"] == "de Vries"
    assert vol.run(NA_DE_WACHTTIJD).vernietigd == 0


def test_the_key_goes_after_ninety_days_and_not_a_second_before(rust: Rust) -> None:
    voorstel = rust.propose()
    rust.approve(voorstel.id)
    rust.run()
    key = next(rust.sleutels.folder.iterdir())
    assert key.stat().st_mode & 0o777 == 0o600
    assert rust.run(NA_DE_WACHTTIJD - timedelta(microseconds=1)).vernietigd == 0
    assert key.exists()
    assert rust.run(NA_DE_WACHTTIJD).vernietigd == 1
    assert not key.exists()
    assert rust.stand(voorstel.id) == "vernietigd"
    assert rust.faults() == ()
    with Session(rust.dienst.owner) as session:
        uid, sealed = session.execute(
            text("SELECT v.uid, s.cijfertekst FROM vernietiging_stap s JOIN vernietiging v ON v.id = s.vernietiging_id "
                 "WHERE v.uid = :uid AND s.stap = 'verzegeld'"),
            {"uid": voorstel.id},
        ).one()  # fmt: skip
    with pytest.raises(DossierOnleesbaar):
        rust.sleutels.open(uid, sealed)
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
        cut.setattr("app.services.vernietigen._remove_used_keys", lambda run: None)
        assert rust.run(NA_DE_WACHTTIJD).vernietigd == 1
    assert list(rust.sleutels.folder.iterdir())
    rust.run(NA_DE_WACHTTIJD)
    assert list(rust.sleutels.folder.iterdir()) == []


# Nothing without two people


@pytest.mark.parametrize("who", [(), (0,), (1,)], ids=["nobody", "who proposed", "one other"])
def test_nothing_goes_without_two(rust: Rust, who: tuple[int, ...]) -> None:
    rows, voorstel = rust.rows(), rust.propose().id
    for number in who:
        rust.approve(voorstel, number)
    assert rust.run().verzegeld == 0
    assert rust.rows() == rows


def test_one_person_does_not_make_four_eyes(rust: Rust) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel, 0)
    again = rust.beheerders[0].again().post(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "goedgekeurd"})
    assert (again.status_code, again.json()["code"]) == (409, "vier_ogen")
    assert rust.beheerders[0].again().read(f"/vernietigingen/{voorstel}")["akkoorden"] == 1


def test_one_objection_ends_it(rust: Rust) -> None:
    voorstel, chief = rust.propose().id, rust.beheerders[1].again()
    bare = chief.post(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "afgewezen"})
    assert (bare.status_code, bare.json()["errors"][0]["name"]) == (400, "toelichting")
    chief.made(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "afgewezen", "toelichting": "Belang van een broer."})
    late = rust.beheerders[0].again().post(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "goedgekeurd"})
    assert (late.status_code, late.json()["code"]) == (409, "voorstel_afgelopen")
    assert rust.run().verzegeld == 0


def test_a_hold_keeps_what_two_approved(rust: Rust) -> None:
    rows, voorstel, chief = rust.rows(), rust.propose().id, rust.beheerders[0].again()
    rust.approve(voorstel)
    held = chief.made("/bewaarblokkades", {"pleegkindId": rust.kind, "reden": "Er loopt een strafzaak."})
    done = rust.run()
    assert done.verzegeld == 0
    assert "bewaarblokkade" in done.gelaten[0]
    assert rust.rows() == rows
    chief.made(f"/bewaarblokkades/{held.id}/opheffing", {"reden": "De zaak is gesloten."}, etag=held.etag)
    assert rust.run().verzegeld == 1


def test_of_a_child_in_care_nothing_is_proposed(rust: Rust) -> None:
    with standing_still(LATER - timedelta(days=60)):
        refused = rust.beheerders[0].again().post("/vernietigingen", vernietiging_body(rust.kind))
    assert (refused.status_code, refused.json()["code"]) == (409, "zorg_loopt")


def test_a_young_child_does_not_ask_itself(rust: Rust) -> None:
    chief = rust.beheerders[0].again()
    young = chief.made("/pleegkinderen", {"roepnaam": "Kim", "achternaam": "B", "geboortedatum": "2018-10-31"}).id
    body = {**vernietiging_body(young), "verzoeker": "kind"}
    refused = chief.post("/vernietigingen", body)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "kind_te_jong")
    made = chief.made("/vernietigingen", {**body, "verzoeker": "gezagsdrager"}).shown
    assert (made["antwoordUiterlijk"], made["stand"]) == ("2027-01-30", "voorgesteld")


# The database itself


def step(rust: Rust, voorstel: str, stap: str) -> None:
    """Make a certificate as the owner of the tables, past the application."""
    with Session(rust.dienst.owner) as session, session.begin():
        session.execute(
            text("""
                INSERT INTO vernietiging_stap (organisatie_id, vernietiging_id, stap, op, rijen, cijfertekst)
                SELECT organisatie_id, id, CAST(:stap AS text), now(),
                    CASE WHEN :stap = 'verzegeld' THEN '{}'::jsonb END,
                    CASE WHEN :stap = 'verzegeld' THEN 'x'::bytea END
                FROM vernietiging WHERE uid = :uid
            """),
            {"uid": voorstel, "stap": stap},
        )


def test_the_database_refuses_a_certificate_without_two(rust: Rust) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel, 0)
    for stap in ("verzegeld", "vernietigd", "hersteld"):
        with pytest.raises(DBAPIError) as refusal:
            step(rust, voorstel, stap)
        assert refusal.value.orig.sqlstate == ("23514" if stap == "hersteld" else "42501")  # type: ignore[union-attr]


def test_the_database_refuses_a_certificate_while_held(rust: Rust) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel)
    rust.beheerders[0].again().made("/bewaarblokkades", {"pleegkindId": rust.kind, "reden": "Er loopt een strafzaak."})
    with pytest.raises(ProgrammingError, match="zonder bewaarblokkade"):
        step(rust, voorstel, "verzegeld")


def empty_entries(session: Session, rust: Rust, more: str = "") -> None:
    session.execute(
        text(f"UPDATE wijziging SET zout = NULL, voor = NULL, na = NULL WHERE organisatie_id = :o {more}"),
        {"o": rust.organisatie_id},
    )


def test_without_a_certificate_no_entry_can_be_emptied(rust: Rust) -> None:
    with Session(rust.dienst.owner) as session, pytest.raises(ProgrammingError, match="blijft zoals het is"):
        empty_entries(session, rust)


def test_under_a_certificate_no_other_entry_can_be_emptied(rust: Rust) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel)
    rust.run()
    with Session(rust.dienst.owner) as session:
        key = session.scalar(text("SELECT id FROM vernietiging WHERE uid = :uid"), {"uid": voorstel})
        session.execute(text("SELECT set_config('pleegzicht.vernietiging', :key, true)"), {"key": str(key)})
        with pytest.raises(ProgrammingError, match="blijft zoals het is"):
            empty_entries(session, rust, "AND tabel = 'medewerker'")


# Tampering shows


def as_attacker(rust: Rust, *statements: str, **more: Any) -> None:
    """Do something for which no trigger fires."""
    with Session(rust.dienst.owner) as session, session.begin():
        session.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            session.execute(text(statement), {"o": rust.organisatie_id, "kind": rust.kind_id, **more})


def test_a_file_that_was_emptied_without_certificate_is_found(rust: Rust) -> None:
    as_attacker(
        rust,
        "DELETE FROM huisbezoek WHERE organisatie_id = :o",
        "UPDATE wijziging SET zout = NULL, voor = NULL, na = NULL WHERE organisatie_id = :o AND tabel = 'huisbezoek'",
    )
    assert any("zonder certificaat" in one for one in rust.faults())


#: attack → what it does, and what is said of it
ATTACKS = {
    "approvals gone": ("DELETE FROM vernietiging_oordeel WHERE organisatie_id = :o", "zonder akkoord van twee"),
    "one objected": (
        """UPDATE vernietiging_oordeel SET oordeel = 'afgewezen', toelichting = 'nee'
        WHERE id = (SELECT max(id) FROM vernietiging_oordeel WHERE organisatie_id = :o)""",
        "zonder akkoord van twee",
    ),
    "more rows named": (
        "UPDATE vernietiging_stap SET rijen = jsonb_set(rijen, '{medewerker}', '[1]') WHERE organisatie_id = :o",
        "rijen is anders",
    ),
    "another text": (
        "UPDATE vernietiging_stap SET cijfertekst = 'y' WHERE organisatie_id = :o",
        "cijfertekst is anders",
    ),
    "no certificate": ("DELETE FROM vernietiging_stap WHERE organisatie_id = :o", "zonder certificaat"),
    "another digest": (
        "UPDATE wijziging SET digest = sha256('x') WHERE organisatie_id = :o AND zout IS NULL",
        "past niet bij wat",
    ),
}


@pytest.mark.parametrize(("attack", "sentence"), ATTACKS.values(), ids=ATTACKS.keys())
def test_a_certificate_that_is_tampered_with_is_found(rust: Rust, attack: str, sentence: str) -> None:
    rust.approve(rust.propose().id)
    rust.run()
    assert rust.faults() == ()
    as_attacker(rust, attack)
    assert any(sentence in one for one in rust.faults()), rust.faults()


# What was kept long enough


def test_twenty_years_after_the_end_it_is_proposed_and_no_day_before(rust: Rust) -> None:
    due = clock.start_of_day(clock.civil_date(LATER).replace(year=2047, month=1, day=1))
    for at, expected in ((due - timedelta(days=1), 0), (due, 1), (due, 0)):
        with db.unit_of_work(rust.dienst.engine, Namens(rust.organisatie_id)) as session:
            assert propose_due(session, rust.organisatie_id, at, clock.civil_date(at)) == expected
    shown = rust.beheerders[0].again().rows("/vernietigingen?stand=voorgesteld")
    assert [(one["grond"], one["eindeZorg"]) for one in shown] == [("bewaartermijn", "2027-01-01")]
    assert rust.run(due + timedelta(days=400)).verzegeld == 0
