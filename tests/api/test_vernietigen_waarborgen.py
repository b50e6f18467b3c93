"""The walls around retention: what the database refuses, and what ``verifieer`` finds when somebody is past it."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session

from app.queries.vernietigingen.certificaten import TOEVOEGEN
from tests.api.rustdossier import Rust

# The database itself


def step(rust: Rust, voorstel: str, stap: str) -> None:
    """Make a certificate as the owner of the tables, past the application."""
    with Session(rust.dienst.owner) as session, session.begin():
        session.execute(
            text("""
                INSERT INTO vernietiging_stap
                    (organisatie_id, vernietiging_id, stap, op, rijen, wijzigingen, cijfertekst)
                SELECT organisatie_id, id, CAST(:stap AS text), now(),
                    CASE WHEN :stap = 'verzegeld' THEN '{"ids": []}'::jsonb END,
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
        assert refusal.value.orig.sqlstate == ("23514" if stap == "hersteld" else "42501")  # type: ignore[union-attr]  # the driver's own error


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


@pytest.mark.parametrize("table", TOEVOEGEN)
def test_what_was_decided_does_not_change(rust: Rust, table: str) -> None:
    """Not even by the owner, with every trigger on."""
    for order in (f"UPDATE {table} SET organisatie_id = 1", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with Session(rust.dienst.owner) as session, pytest.raises(ProgrammingError, match="blijft zoals het is"):
            session.execute(text(order))


def test_the_database_keeps_the_wait(rust: Rust) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel)
    rust.run()
    with pytest.raises(ProgrammingError, match="wachttijd"):
        step(rust, voorstel, "vernietigd")


def test_a_file_that_is_back_cannot_be_emptied_under_its_old_certificate(rust: Rust) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel)
    rust.run()
    rust.take_back(voorstel)
    rust.run()
    with Session(rust.dienst.owner) as session:
        key = session.scalar(text("SELECT id FROM vernietiging WHERE uid = :uid"), {"uid": voorstel})
        session.execute(text("SELECT set_config('pleegzicht.vernietiging', :key, true)"), {"key": str(key)})
        with pytest.raises(ProgrammingError, match="blijft zoals het is"):
            empty_entries(session, rust, "AND tabel = 'huisbezoek' AND zout IS NOT NULL")


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
    "an entry passed off as one of them": (
        """UPDATE wijziging w SET zout = NULL, voor = NULL, na = NULL, tabel = e.tabel, rij_id = e.rij_id,
            handeling = e.handeling, pleegkind_id = e.pleegkind_id
        FROM (SELECT * FROM wijziging WHERE organisatie_id = :o AND zout IS NULL LIMIT 1) e
        WHERE w.id = (SELECT max(id) FROM wijziging WHERE organisatie_id = :o AND tabel = 'medewerker')""",
        "zonder certificaat",
    ),
    "an emptied entry about another row": (
        """UPDATE wijziging SET rij_id = rij_id + 1
        WHERE id = (SELECT min(id) FROM wijziging WHERE organisatie_id = :o AND zout IS NULL)""",
        "is niet wat het certificaat zegt",
    ),
    "content put back": (
        """UPDATE wijziging SET zout = gen_random_uuid(), na = '{"roepnaam": "Anders"}'
        WHERE id = (SELECT min(id) FROM wijziging WHERE organisatie_id = :o AND zout IS NULL)""",
        "past niet bij de inhoud",
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
