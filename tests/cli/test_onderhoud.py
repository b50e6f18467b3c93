"""``pleegzicht onderhoud``: the months of the access log are there before they begin, and no wall is lower in them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app import clock
from app.db import sessions
from app.models import Account, Base, Medewerker
from app.services.beheer.onderhoud import LOGBOEKEN, forget_answers, make_months
from app.services.beheer.organisaties import create_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import OrganisatieSoort, Rol
from tests import database
from tests.cli.conftest import Run

LATER = date(2041, 11, 20)


@pytest.fixture
def owner(worker_id: str) -> Iterator[Engine]:
    engine = sessions.make_engine(database.create_migrated(f"pleegzicht_onderhoud_{worker_id}"), role=None)
    yield engine
    engine.dispose()


def test_the_command_makes_what_is_missing_once(run: Run) -> None:
    run("onderhoud")
    again = run("onderhoud")
    line = "0 maanden aangemaakt, 0 bewaarde antwoorden, 0 concepten, 0 berichten en 0 toetsopdrachten verwijderd."
    assert (again.code, again.line) == (0, line)


def test_months_ahead_over_the_turn_of_the_year(owner: Engine) -> None:
    made = make_months(owner, LATER, 2)
    assert made == [f"{table}_{month}" for table in LOGBOEKEN for month in ("2041_11", "2041_12", "2042_01")]
    assert make_months(owner, LATER, 2) == []


def test_answers_are_kept_for_thirty_days(owner: Engine) -> None:
    nu = datetime(2041, 11, 20, 8, tzinfo=UTC)
    keep = text(
        "INSERT INTO idempotentie (organisatie_id, account_id, sleutel, verzoek_hash, aangemaakt_op) "
        "VALUES (:organisatie, :account, :sleutel, 'x', :op)"
    )
    with Session(owner) as session:
        account = _account(session)
        organisatie = session.scalars(select(Account.organisatie_id).where(Account.id == account)).one()
        for sleutel, op in (("oud", nu - timedelta(days=30, seconds=1)), ("jong", nu - timedelta(days=30))):
            own = {"organisatie": organisatie, "account": account, "sleutel": sleutel, "op": op}
            session.execute(keep, own)
        session.commit()
    assert forget_answers(owner, nu) == 1
    with owner.connect() as connection:
        assert connection.scalars(text("SELECT sleutel FROM idempotentie")).all() == ["jong"]


def test_only_through_the_log_itself_can_a_month_be_read_or_written(owner: Engine) -> None:
    """A month of its own would have no row-level security in between."""
    make_months(owner, LATER, 0)
    rights = text(
        "SELECT count(*) FROM unnest(ARRAY['pleegzicht_app', 'pleegzicht_inzage']) rol, "
        "unnest(CAST(:namen AS text[])) naam "
        "WHERE has_table_privilege(rol, naam, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')"
    )
    with owner.connect() as connection:
        months = [f"{table}_2041_11" for table in LOGBOEKEN]
        assert connection.execute(rights, {"namen": months}).scalar_one() == 0


def test_what_lay_in_the_rest_moves_to_its_month(owner: Engine) -> None:
    """A forgotten run loses nothing, and changes nothing of what was written meanwhile."""
    with Session(owner) as session:
        account = _account(session)
        session.commit()
    of = {"organisatie_id": "1", "account_id": str(account)}
    look = {**of, "naam": "'Test'", "rol": "'teamleider'", "soort": "'lezen'", "op": "'2041-11-30'"}
    with owner.begin() as connection:
        connection.execute(text(_insert(look)))
        before = connection.execute(text("SELECT i::text, tableoid::regclass::text FROM inzage i")).one()
    assert before[1] == "inzage_overig"
    make_months(owner, LATER, 0)
    with owner.connect() as connection:
        after = connection.execute(text("SELECT i::text, tableoid::regclass::text FROM inzage i")).one()
    assert after == (before[0], "inzage_2041_11")


def _account(session: Session) -> int:
    """Return the account of somebody of the first organisatie."""
    tenant = create_organisatie(session, "LATER", "Later", OrganisatieSoort.AANBIEDER)
    assert tenant.id == 1
    wie = {"naam": "Test", "email": None, "rol": Rol.TEAMLEIDER, "team_id": None}
    medewerker = record_feit(begin_recording(session, tenant.id, clock.now(), None), Medewerker, wie)
    account = Account(
        organisatie_id=tenant.id, medewerker_id=medewerker.feit_id, issuer="https://x.example", subject="x"
    )
    session.add(account)
    session.flush()
    return account.id


def _insert(columns: dict[str, str]) -> str:
    """Return the insert of a look, with something in every column that must have it."""
    table = Base.metadata.tables["inzage"]
    filler = {"uid": "gen_random_uuid()", "medewerker": "gen_random_uuid()"}
    needed = [c.name for c in table.columns if not c.nullable and c.server_default is None and c.name not in columns]
    values = {**columns, **{name: filler.get(name, "''") for name in needed}}
    return f"INSERT INTO inzage ({', '.join(values)}) VALUES ({', '.join(values.values())})"
