"""What single steps do with rows that only an older schema has."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.orm import Session

from app.models import Base, Casuistiekbespreking, Feit, Meldcodestap, Ruisscore, Signaal
from app.services.beheer import schema
from app.services.feiten.versions import record_feit
from app.terms import Ruiscode, VeiligThuis
from tests.migrations.inhoud import VANDAAG, catalog, content, step_down
from tests.models.weigeren import Kind

NU = datetime(2026, 11, 21, 8, tzinfo=UTC)
EERDER = date(2026, 9, 1)  # before anybody had to act on it

#: what 0004 made room for, and how its owner would take it out again
ADDED: list[tuple[type[Feit], dict[str, Any], str]] = [
    (Signaal, {"onthulling": True}, "UPDATE signaal SET onthulling = false"),
    (Casuistiekbespreking, {"conclusie": "Vaker zien."}, "UPDATE casuistiekbespreking SET conclusie = NULL"),
    (Ruisscore, {}, "DELETE FROM ruisscore"),
    (Meldcodestap, {}, "DELETE FROM meldcodestap"),
]


@pytest.mark.parametrize(("model", "over", "undo"), ADDED, ids=[model.__tablename__ for model, *_ in ADDED])
def test_what_0004_added_goes_only_when_it_is_empty(
    empty: Engine, model: type[Feit], over: dict[str, Any], undo: str
) -> None:
    schema.downgrade(empty, "0004")
    with columns_of_today(empty):
        record(empty, model, over)
    assert not step_down(empty)
    with empty.begin() as connection:
        assert connection.execute(text(undo)).rowcount == 1
    before, made = content(empty), catalog(empty)
    assert step_down(empty)
    schema.upgrade(empty, "0004")
    assert content(empty) == before
    assert catalog(empty) == made


@contextmanager
def columns_of_today(engine: Engine) -> Iterator[None]:
    """Add what later migrations add to the tables that are there, and take it away: the models write every column.

    And the outbox, which a fact of today is announced in.
    """
    added, outbox = [], Base.metadata.tables["bericht"]
    with engine.begin() as connection:
        outbox.create(connection)
        for name in inspect(connection).get_table_names():
            there = {column["name"] for column in inspect(connection).get_columns(name)}
            mine = Base.metadata.tables[name].columns if name in Base.metadata.tables else ()
            for column in mine:
                if column.name not in there:
                    kind = column.type.compile(dialect=engine.dialect)
                    connection.execute(text(f"ALTER TABLE {name} ADD COLUMN {column.name} {kind}"))
                    added.append((name, column.name))
    yield
    with engine.begin() as connection:
        outbox.drop(connection)
        for name, column_name in added:
            connection.execute(text(f"ALTER TABLE {name} DROP COLUMN {column_name}"))


def record(engine: Engine, model: type[Feit], over: dict[str, Any]) -> None:
    """Record a fact about a child, with the signaal that a step hangs on."""
    kind = Kind(engine)
    values: dict[type[Feit], dict[str, Any]] = {
        Signaal: {"datum": EERDER, "bekend_geworden_op": EERDER, "soort": "overig", "vraagt_veiligheidscheck": False}
        | {"calamiteit": False, "bij_twijfel": False, "gemeld_igj_op": None},
        Casuistiekbespreking: {"multidisciplinair": True},
        Ruisscore: {"code": Ruiscode.R09, "geldt_tot": VANDAAG + timedelta(30), "reden": "test"},
        Meldcodestap: {"stap": 1, "toelichting": "test", "veilig_thuis": VeiligThuis.GEEN},
    }
    owner = {"pleegkind_id": kind.pleegkind_id}
    with Session(engine) as session:
        wie = add_medewerker(session, kind.organisatie_id)
        if model is Meldcodestap:
            inhoud = {**owner, "datum": VANDAAG, **values[Signaal]}
            owner = {"signaal_id": record_feit(kind.recording(session), Signaal, inhoud).feit_id}
        author = {"medewerker_id": wie} if "medewerker_id" in model.REFERENCES else {}
        record_feit(kind.recording(session), model, {**owner, "datum": VANDAAG, **values[model], **author, **over})
        session.commit()


def add_medewerker(session: Session, organisatie_id: int, *, team: int | None = None, vorige: int | None = None) -> int:
    """Add a version of a medewerker as an older schema has it, which the model of today does not; return its id."""
    row = {"organisatie": organisatie_id, "team": team, "vorige": vorige, "op": NU + timedelta(days=200 * bool(vorige))}
    key: int = session.execute(ADD_MEDEWERKER, row).scalar_one()
    return key


ADD_MEDEWERKER = text("""
INSERT INTO medewerker (uid, eerste_id, organisatie_id, nummer, versie, vervangt_id, ingetrokken, wijzigingsreden,
                        vastgelegd_op, volgorde, naam, rol, team_id)
SELECT coalesce(v.uid, gen_random_uuid()), v.feit_id, :organisatie, 'M1', coalesce(v.versie, 0) + 1, v.id, false,
       CASE WHEN v.id IS NOT NULL THEN 'test' END, :op, 1, 'Test', 'teamleider', :team
FROM (SELECT) one LEFT JOIN medewerker v ON v.id = :vorige
RETURNING id
""")


def test_0015_gives_a_team_that_changed_the_day_of_the_change(empty: Engine) -> None:
    schema.downgrade(empty, "0014")
    with columns_of_today(empty):
        organisatie_id = Kind(empty).organisatie_id
    with Session(empty) as session:
        add = text("INSERT INTO team (uid, organisatie_id, naam) VALUES (gen_random_uuid(), :o, :n) RETURNING id")
        oost, west = (session.execute(add, {"o": organisatie_id, "n": naam}).scalar_one() for naam in ("O", "W"))
        first = add_medewerker(session, organisatie_id, team=oost)
        same = add_medewerker(session, organisatie_id, team=oost, vorige=first)
        moved = add_medewerker(session, organisatie_id, team=west, vorige=same)
        add_medewerker(session, organisatie_id, team=west, vorige=moved)
        session.commit()
    schema.upgrade(empty)
    with empty.connect() as connection:
        days = connection.scalars(text("SELECT team_sinds FROM medewerker ORDER BY versie")).all()
        logged = connection.scalars(
            text("SELECT na ->> 'team_sinds' FROM wijziging WHERE tabel = 'medewerker' ORDER BY id")
        )
        day = date(2027, 6, 9)
        assert days == [None, None, day, day]
        assert list(logged)[-2:] == [str(day)] * 2


ADD_ACTIE = text("""
INSERT INTO actie (uid, organisatie_id, nummer, versie, eerste_id, vervangt_id, ingetrokken, wijzigingsreden,
                   vastgelegd_op, volgorde, pleegkind_id, datum, omschrijving, eigenaar_id, uiterlijk, gedaan_op)
VALUES (:uid, :organisatie, :nummer, CASE WHEN CAST(:eerste AS bigint) IS NULL THEN 1 ELSE 2 END, :eerste, :eerste,
        :weg, CASE WHEN :weg THEN 'test' END, :op, :volgorde, :kind, :dag, :wat, :wie, :dag, :gedaan)
RETURNING id
""")


def test_0029_makes_a_reading_of_each_action_that_said_so(empty: Engine) -> None:
    schema.downgrade(empty, "0028")
    kind = Kind(empty)
    with Session(empty) as session:
        wie = add_medewerker(session, kind.organisatie_id)
        row = {"organisatie": kind.organisatie_id, "kind": kind.pleegkind_id, "wie": wie, "op": NU, "dag": VANDAAG}
        row |= {"eerste": None, "weg": False, "wat": "Overdracht gelezen", "gedaan": EERDER}

        def add(number: int, uid: UUID | None = None, **over: Any) -> int:
            named = {"uid": uid or uuid4(), "nummer": "A4" if uid else f"A{number}", "volgorde": number}
            key: int = session.execute(ADD_ACTIE, {**row, **named, **over}).scalar_one()
            return key

        add(1)
        add(2, gedaan=None)
        add(3, wat="School gebeld")
        wrong = uuid4()
        add(5, wrong, eerste=add(4, wrong), weg=True)
        session.commit()
    schema.upgrade(empty)
    with empty.connect() as connection:
        said = connection.execute(
            text("SELECT pleegkind_id, datum, medewerker_id, vastgelegd_op, volgorde FROM dossierlezing")
        )
        assert list(map(tuple, said)) == [(kind.pleegkind_id, EERDER, wie, NU, 1)]
        logged = connection.scalars(text("SELECT pleegkind_id FROM wijziging WHERE tabel = 'dossierlezing'"))
        assert list(logged) == [kind.pleegkind_id]
    with pytest.raises(RuntimeError, match="zou vastgelegde feiten wissen"):
        schema.downgrade(empty, "0028")
