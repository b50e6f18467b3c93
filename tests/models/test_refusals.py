"""What the database itself refuses, whatever the application does: all with the application's own role.

One organisatie has a row of every kind, by an import of the small workbook; a second one has the same.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from psycopg import errors
from sqlalchemy import Engine, Enum, Table, insert, literal, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import db
from app.ids import new_uid
from app.models import Base, EigenNorm, Feit, Kindgesprek, Organisatie, Plaatsing, Pleeggezin, Pleegkind
from app.security.secrets import load_secrets
from app.services.demo import MODELLEN
from app.services.organisaties import create_organisatie
from app.services.recording import Recording, begin_recording, record_feit, replace_feit
from app.terms import NormCode, OrganisatieSoort, PlaatsingVorm, Zwaarte
from tests.imports import bouw
from tests.services.importeer import Importeur

NU = datetime(2026, 11, 21, 12, tzinfo=UTC)
PATIENCE = 20.0  # seconds until a waiting transaction must have shown itself

#: every table of the database: a new one must be given its place here
FACTS = frozenset(model.__tablename__ for model in MODELLEN) | {"eigen_norm"}
CHANGEABLE = frozenset({"organisatie", "team", "vastlegteller", "account", "idempotentie"})
DERIVED = frozenset({"termijn", "plaatsing_bezetting"})
VERBS = {
    "UPDATE": 'UPDATE "{0}" SET organisatie_id = organisatie_id WHERE false',
    "DELETE": 'DELETE FROM "{0}" WHERE false',
    "TRUNCATE": 'TRUNCATE "{0}"',
}


def refused(run: Callable[[], object]) -> Any:
    """Run what must be refused by the database, and return how it was refused."""
    with pytest.raises(DBAPIError) as refusal:
        run()
    return refusal.value.orig


@pytest.fixture(scope="module")
def beide(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, int]:
    """Return two organisaties with one row of every kind."""
    folder = tmp_path_factory.mktemp("weigeringen")
    sleutels = load_secrets(folder / "sleutels.json", create=True)
    ids = []
    for _ in range(2):
        importeur = Importeur(engine, sleutels, f"R{uuid4().hex[:10]}", folder)
        assert importeur.boek(bouw.boek_met(plaatsingen=[{"tot": ""}]), nu=NU).exit_code == 0
        with Session(engine) as session:
            ids.append(importeur.organisatie(session).id)
            session.add(_eigen_norm(ids[-1]))
            session.commit()
    return ids[0], ids[1]


def _eigen_norm(organisatie_id: int) -> EigenNorm:
    return EigenNorm(
        uid=new_uid(),
        organisatie_id=organisatie_id,
        code=NormCode.KAG_R,
        versie=2,
        geldig_van=date(2027, 1, 1),
        zwaarte=Zwaarte.NORM,
        waarschuwing_dagen=30,
        parameters={"maanden": 3},
        toelichting="strenger",
        vastgelegd_op=NU,
    )


# --- a fact is never changed ---


def test_every_table_has_its_place() -> None:
    assert FACTS | CHANGEABLE | DERIVED == Base.metadata.tables.keys()
    assert not (FACTS & CHANGEABLE or FACTS & DERIVED or CHANGEABLE & DERIVED)


def test_the_database_has_no_other_tables(session: Session) -> None:
    found = session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
    assert set(found) == FACTS | CHANGEABLE | DERIVED | {"alembic_version"}


@pytest.mark.parametrize(
    ("tabel", "verb"),
    [(tabel, verb) for tabel in sorted(FACTS | {"alembic_version"}) for verb in VERBS]
    + [(tabel, verb) for tabel in sorted(CHANGEABLE) for verb in ("DELETE", "TRUNCATE")]
    + [(tabel, "TRUNCATE") for tabel in sorted(DERIVED)],
)
def test_the_app_may_not(session: Session, tabel: str, verb: str) -> None:
    statement = VERBS[verb].format(tabel).replace("organisatie_id", _any_column(tabel))
    refusal = refused(lambda: session.execute(text(statement)))
    assert refusal.sqlstate == "42501"


def _any_column(tabel: str) -> str:
    if tabel == "alembic_version":
        return "version_num"
    return "naam" if tabel == "organisatie" else "organisatie_id"


def test_the_app_owns_nothing_and_is_nobody_special(session: Session) -> None:
    role = session.execute(
        text("""
        SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolcanlogin,
            EXISTS (SELECT FROM pg_class WHERE relowner = r.oid)
        FROM pg_roles r WHERE rolname = current_user AND rolname = 'pleegzicht_app'
        """)
    ).one()
    assert tuple(role) == (False,) * 6
    definers = text("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")
    assert session.scalars(definers).all() == []


@pytest.mark.parametrize("tabel", sorted(FACTS))
def test_no_column_of_a_fact_may_be_changed_either(session: Session, tabel: str) -> None:
    allowed = text("SELECT has_any_column_privilege(:tabel, 'UPDATE'), has_table_privilege(:tabel, 'SELECT, INSERT')")
    assert tuple(session.execute(allowed, {"tabel": tabel}).one()) == (False, True)


# --- closed lists ---

CODES = [
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Enum)
]


def test_there_are_as_many_closed_lists_as_the_domain_has() -> None:
    assert len(CODES) == 20, CODES


@pytest.mark.parametrize(("tabel", "kolom"), CODES)
def test_an_unknown_code_is_refused(session: Session, beide: tuple[int, int], tabel: str, kolom: str) -> None:
    table = Base.metadata.tables[tabel]
    refusal = refused(lambda: copy_row(session, table, beide[0], {kolom: literal("onzin")}))
    assert isinstance(refusal, errors.CheckViolation)
    assert refusal.diag.constraint_name == f"ck_{tabel}_{kolom}"


@pytest.mark.parametrize(("tabel", "kolom"), CODES)
def test_the_list_in_the_database_is_the_one_in_the_code(session: Session, tabel: str, kolom: str) -> None:
    definition = session.scalars(
        text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :naam"),
        {"naam": f"ck_{tabel}_{kolom}"},
    ).one()
    kind: Any = Base.metadata.tables[tabel].columns[kolom].type
    assert set(re.findall(r"'([^']*)'", definition)) == set(kind.enums)


@pytest.mark.parametrize("normen", [[], ["KAG-R", "ONZIN"]], ids=["none", "unknown"])
def test_an_uitzondering_names_known_norms(session: Session, beide: tuple[int, int], normen: list[str]) -> None:
    table = Base.metadata.tables["uitzondering"]
    refusal = refused(lambda: copy_row(session, table, beide[0], {"normen": literal(normen, table.c.normen.type)}))
    assert refusal.diag.constraint_name == "ck_uitzondering_bekende_normen"


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"herzien_uiterlijk": date(2025, 8, 31)}, "hoogstens_90_dagen"),  # 91 days after van
        ({"herzien_uiterlijk": date(2025, 5, 31)}, "hoogstens_90_dagen"),
        ({"goedkeurder_rol": None}, "rol_bij_goedkeuring"),
        ({"goedgekeurd_door": None}, "rol_bij_goedkeuring"),
    ],
)
def test_an_uitzondering_is_bounded_and_approved_with_a_rol(
    session: Session, beide: tuple[int, int], changes: dict[str, Any], constraint: str
) -> None:
    refusal = refused(lambda: copy_row(session, Base.metadata.tables["uitzondering"], beide[0], changes))
    assert refusal.diag.constraint_name == f"ck_uitzondering_{constraint}"


def test_nobody_approves_their_own_uitzondering(session: Session, beide: tuple[int, int]) -> None:
    table = Base.metadata.tables["uitzondering"]
    refusal = refused(lambda: copy_row(session, table, beide[0], {"goedgekeurd_door": table.c.opgesteld_door}))
    assert refusal.diag.constraint_name == "ck_uitzondering_vier_ogen"


def copy_row(session: Session, table: Table, organisatie_id: int, changes: dict[str, Any]) -> None:
    """Insert a copy of an organisatie's first row with some columns changed."""
    own = table.c.id if table.name == "organisatie" else table.c.organisatie_id
    columns = [column for column in table.columns if column.computed is None and column.name != "id"]
    given = [
        literal(changes[column.name], column.type)
        if column.name in changes and not hasattr(changes[column.name], "compile")
        else changes.get(column.name, column)
        for column in columns
    ]
    source = select(*given).where(own == organisatie_id).limit(1)
    session.execute(insert(table).from_select([column.name for column in columns], source))


# --- periods ---


@pytest.mark.parametrize(
    ("tabel", "kolom", "constraint"),
    [
        ("plaatsing", "tot", "tot_niet_voor_van"),
        ("begeleiding", "tot", "tot_niet_voor_van"),
        ("maatregel", "tot", "tot_niet_voor_van"),
        ("gezinslid", "inwonend_tot", "tot_niet_voor_sinds"),
    ],
)
def test_no_period_ends_before_it_begins(
    session: Session, beide: tuple[int, int], tabel: str, kolom: str, constraint: str
) -> None:
    refusal = refused(lambda: copy_row(session, Base.metadata.tables[tabel], beide[0], {kolom: date(2001, 1, 1)}))
    assert refusal.diag.constraint_name == f"ck_{tabel}_{constraint}"


# --- overlapping plaatsingen ---


class Kind:
    """A child with a family in an organisatie of its own; writes without the services and their checks."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with Session(engine) as session:
            code = f"K{uuid4().hex[:10]}"
            self.organisatie_id = create_organisatie(session, code, code, OrganisatieSoort.AANBIEDER).id
            recording = begin_recording(session, self.organisatie_id, NU, None)
            kind = {"roepnaam": "Test", "achternaam": "Verzonnen", "geboortedatum": date(2015, 1, 1), "geslacht": None}
            gezin = {"naam": "Gezin", "soort": "bestand", "gemeente": None, "pleegcontract_op": None}
            self.pleegkind_id = record_feit(recording, Pleegkind, kind).feit_id
            self.pleeggezin_id = record_feit(recording, Pleeggezin, gezin).feit_id
            session.commit()
        self._number = 100

    def recording(self, session: Session) -> Recording:
        """Return a right to record that does not lock the head, so that two transactions can meet."""
        self._number += 1
        return Recording(session, self.organisatie_id, NU, None, range(self._number, self._number + 1))

    def place(self, session: Session, van: date, tot: date | None, vorm: str = "voltijd") -> Plaatsing:
        inhoud = {"pleegkind_id": self.pleegkind_id, "pleeggezin_id": self.pleeggezin_id, "vorm": PlaatsingVorm(vorm)}
        inhoud |= {"zorgvorm": "pleegzorg", "van": van, "tot": tot, "eindreden": None}
        return record_feit(self.recording(session), Plaatsing, inhoud)

    def correct(self, session: Session, plaatsing: Plaatsing, **changes: Any) -> Plaatsing:
        return replace_feit(self.recording(session), plaatsing, changes, reden="test")


@pytest.fixture
def kind(engine: Engine) -> Kind:
    return Kind(engine)


JAN, FEB, MRT, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("van", "tot", "vorm"),
    [
        (JAN, None, "voltijd"),
        (date(2026, 2, 28), APR, "crisis"),
        (date(2025, 1, 1), date(2026, 1, 2), "voltijd"),
        (FEB, date(2026, 2, 2), "crisis"),
        (date(2025, 1, 1), None, "crisis"),
    ],
)
def test_two_stays_never_share_a_day(session: Session, kind: Kind, van: date, tot: date | None, vorm: str) -> None:
    kind.place(session, JAN, MRT)
    refusal = refused(lambda: kind.place(session, van, tot, vorm))
    assert isinstance(refusal, errors.ExclusionViolation)


@pytest.mark.parametrize(
    ("van", "tot", "vorm"),
    [(MRT, None, "voltijd"), (date(2025, 1, 1), JAN, "crisis"), (FEB, None, "deeltijd"), (FEB, FEB, "voltijd")],
    ids=["leaves and enters", "until the first day", "deeltijd", "empty"],
)
def test_what_shares_no_day_may_stand_beside_it(
    session: Session, kind: Kind, van: date, tot: date | None, vorm: str
) -> None:
    kind.place(session, JAN, MRT)
    kind.place(session, van, tot, vorm)
    session.commit()


def test_a_correction_may_not_bring_an_overlap_and_a_withdrawal_makes_room(session: Session, kind: Kind) -> None:
    first = kind.place(session, JAN, FEB)
    kind.place(session, FEB, MRT)
    session.commit()
    assert isinstance(refused(lambda: kind.correct(session, first, tot=None)), errors.ExclusionViolation)
    session.rollback()
    first = session.get_one(Plaatsing, first.id)
    replace_feit(kind.recording(session), first, {}, reden="test", withdraw=True)
    kind.place(session, JAN, FEB, "crisis")
    session.commit()


def test_deeltijd_becomes_voltijd_only_where_there_is_room(session: Session, kind: Kind) -> None:
    kind.place(session, JAN, MRT)
    deeltijd = kind.place(session, FEB, None, "deeltijd")
    changed = refused(lambda: kind.correct(session, deeltijd, vorm=PlaatsingVorm.CRISIS))
    assert isinstance(changed, errors.ExclusionViolation)


def test_two_transactions_at_once_cannot_both_place(engine: Engine, owner: Engine, kind: Kind) -> None:
    """The second one waits for the first, and is refused when that one commits."""
    outcome: list[Any] = []
    with Session(engine) as first, Session(engine) as second:
        pid = second.execute(text("SELECT pg_backend_pid()")).scalar_one()
        kind.place(first, JAN, None)

        def place() -> None:
            try:
                kind.place(second, FEB, None)
            except DBAPIError as error:
                outcome.append(error.orig)
            else:
                outcome.append(None)

        thread = threading.Thread(target=place)
        thread.start()
        wait_until_waiting(owner, pid)
        assert outcome == []
        first.commit()
        thread.join(PATIENCE)
    assert [type(error) for error in outcome] == [errors.ExclusionViolation]


@pytest.fixture
def owner(database_url: str) -> Iterator[Engine]:
    """Yield an engine that sees what other backends wait for."""
    owner = db.make_engine(database_url, role=None)
    yield owner
    owner.dispose()


def wait_until_waiting(owner: Engine, pid: int) -> None:
    """Return when a backend waits for a lock."""
    waits = text("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = :pid")
    until = time.monotonic() + PATIENCE
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        while not watching.execute(waits, {"pid": pid}).scalar():
            assert time.monotonic() < until, "the second transaction never waited"
            time.sleep(0.01)


def _past_each_other(session: Session, kind: Kind) -> None:
    """Let two plaatsingen change places, one correction after the other."""
    first, second = kind.place(session, JAN, FEB), kind.place(session, FEB, MRT)
    session.flush()
    kind.correct(session, first, van=FEB, tot=MRT)
    kind.correct(session, second, van=JAN, tot=FEB)
    session.commit()


def test_one_transaction_may_move_two_past_each_other_when_it_says_so(session: Session, kind: Kind) -> None:
    assert isinstance(refused(lambda: _past_each_other(session, kind)), errors.ExclusionViolation)
    session.rollback()
    session.execute(text("SET CONSTRAINTS ex_plaatsing_bezetting_overlap DEFERRED"))
    _past_each_other(session, kind)
    found = session.execute(
        text("SELECT lower(periode) FROM plaatsing_bezetting WHERE pleegkind_id = :kind ORDER BY plaatsing_id"),
        {"kind": kind.pleegkind_id},
    )
    assert list(found.scalars()) == [FEB, JAN]


def test_what_still_overlaps_at_the_end_is_refused_at_commit(session: Session, kind: Kind) -> None:
    session.execute(text("SET CONSTRAINTS ex_plaatsing_bezetting_overlap DEFERRED"))
    kind.place(session, JAN, None)
    kind.place(session, FEB, None)
    assert isinstance(refused(session.commit), errors.ExclusionViolation)


# --- the chain of versions ---


@pytest.fixture
def gesprek(session: Session, beide: tuple[int, int]) -> Iterator[Kindgesprek]:
    """Return the talk of the first organisatie; nothing of the test stays."""
    yield session.scalars(select(Kindgesprek).where(Kindgesprek.organisatie_id == beide[0])).one()
    session.rollback()


def next_version(gesprek: Kindgesprek, **changes: Any) -> dict[str, Any]:
    """Return a row that rightly continues a first version, with some columns changed."""
    row = {column.key: getattr(gesprek, column.key) for column in Kindgesprek.__table__.columns}
    for name in ("id", "feit_id"):
        del row[name]
    row |= {"eerste_id": gesprek.id, "vervangt_id": gesprek.id, "versie": 2, "wijzigingsreden": "test", "volgorde": 999}
    return row | changes


def test_a_version_that_continues_its_predecessor_is_taken(session: Session, gesprek: Kindgesprek) -> None:
    session.execute(insert(Kindgesprek).values(next_version(gesprek)))


@pytest.mark.parametrize(
    ("kolom", "waarde"),
    [
        ("uid", uuid4()),
        ("nummer", "T-ANDERS"),
        ("versie", 3),
        ("versie", 2**31),
        ("eerste_id", None),
        ("vervangt_id", None),
        ("vervangt_id", 2**60),
        ("wijzigingsreden", None),
    ],
)
def test_a_version_that_does_not_is_refused(session: Session, gesprek: Kindgesprek, kolom: str, waarde: Any) -> None:
    row = next_version(gesprek, **{kolom: waarde})
    refusal = refused(lambda: session.execute(insert(Kindgesprek).values(row)))
    assert isinstance(refusal, errors.CheckViolation)


def test_a_version_of_another_organisatie_is_refused(
    session: Session, gesprek: Kindgesprek, beide: tuple[int, int]
) -> None:
    row = next_version(gesprek, organisatie_id=beide[1])
    assert isinstance(
        refused(lambda: session.execute(insert(Kindgesprek).values(row))),
        errors.CheckViolation | errors.ForeignKeyViolation,
    )


def test_a_first_version_is_not_withdrawn_and_replaces_nothing(session: Session, gesprek: Kindgesprek) -> None:
    alone = {"uid": uuid4(), "nummer": "T-NIEUW", "versie": 1, "wijzigingsreden": None}
    for wrong in ({"ingetrokken": True, "eerste_id": None, "vervangt_id": None}, {"eerste_id": None}):
        row = next_version(gesprek, **alone, **wrong)
        refusal = refused(lambda row=row: session.execute(insert(Kindgesprek).values(row)))  # type: ignore[misc]
        assert isinstance(refusal, errors.CheckViolation)
        session.rollback()


def test_a_chain_never_forks(session: Session, gesprek: Kindgesprek) -> None:
    session.execute(insert(Kindgesprek).values(next_version(gesprek)))
    fork = next_version(gesprek)
    refusal = refused(lambda: session.execute(insert(Kindgesprek).values(fork)))
    assert isinstance(refusal, errors.UniqueViolation)


def test_two_transactions_that_replace_one_version_do_not_both_succeed(
    engine: Engine, owner: Engine, kind: Kind
) -> None:
    with Session(engine) as session:
        plaatsing = kind.place(session, JAN, None)
        session.commit()
        key = plaatsing.id
    outcome: list[Any] = []
    with Session(engine) as first, Session(engine) as second:
        pid = second.execute(text("SELECT pg_backend_pid()")).scalar_one()
        kind.correct(first, first.get_one(Plaatsing, key), tot=FEB)

        def correct() -> None:
            try:
                kind.correct(second, second.get_one(Plaatsing, key), tot=MRT)
                second.commit()
            except DBAPIError as error:
                outcome.append(error.orig)

        thread = threading.Thread(target=correct)
        thread.start()
        wait_until_waiting(owner, pid)
        first.commit()
        thread.join(PATIENCE)
    assert [type(error) for error in outcome] == [errors.UniqueViolation]


@pytest.mark.parametrize("model", MODELLEN, ids=lambda model: model.__tablename__)
def test_every_kind_of_fact_guards_its_chain(session: Session, beide: tuple[int, int], model: type[Feit]) -> None:
    """A second version with the nummer of another fact: refused by the trigger that each table must have."""
    table: Any = model.__table__
    changes = {
        "versie": 2,
        "wijzigingsreden": "test",
        "nummer": "ANDERS",
        "eerste_id": table.c.id,
        "vervangt_id": table.c.id,
    }
    refusal = refused(lambda: copy_row(session, table, beide[0], changes))
    assert isinstance(refusal, errors.CheckViolation)
    assert "sluit niet aan" in str(refusal)


# --- one organisatie and another ---

REFERENCES = [(model, column, target) for model in MODELLEN for column, target in model.REFERENCES.items()]


@pytest.mark.parametrize(("model", "kolom", "doel"), REFERENCES, ids=lambda part: getattr(part, "__tablename__", part))
def test_no_fact_refers_to_another_organisatie(
    session: Session, beide: tuple[int, int], model: type[Feit], kolom: str, doel: str
) -> None:
    table: Any = model.__table__
    target = Base.metadata.tables[doel]
    foreign = select(target.c.id).where(target.c.organisatie_id == beide[1]).limit(1).scalar_subquery()
    changes = {"uid": uuid4(), "nummer": f"VREEMD-{uuid4().hex[:8]}", kolom: foreign}
    if model.__tablename__ == "plaatsing":
        changes["vorm"] = PlaatsingVorm.DEELTIJD  # or it would be refused for another reason
    if kolom == "opgesteld_door":
        changes["goedgekeurd_door"] = table.c.opgesteld_door
    refusal = refused(lambda: copy_row(session, table, beide[0], changes))
    assert isinstance(refusal, errors.ForeignKeyViolation)
    assert refusal.diag.constraint_name == f"fk_{model.__tablename__}_{kolom}"


def test_a_nummer_is_used_once_per_organisatie(session: Session, beide: tuple[int, int]) -> None:
    table = Base.metadata.tables["pleegkind"]
    refusal = refused(lambda: copy_row(session, table, beide[0], {"uid": uuid4()}))
    assert isinstance(refusal, errors.UniqueViolation)
    assert refusal.diag.constraint_name == "uq_pleegkind_nummer"


def test_what_may_change_may_change(session: Session, beide: tuple[int, int]) -> None:
    """The tests above would pass for a role without any right."""
    session.execute(update(Organisatie).where(Organisatie.id == beide[0]).values(naam="Andere naam"))
    assert session.get_one(Organisatie, beide[0]).naam == "Andere naam"
