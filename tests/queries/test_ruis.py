"""From the database to the ruisfactoren: in one statement, child by child as all together, and as known at a moment.

The pure functions have their own tables of edges (``tests/norms/ruis``); here it is about what reaches them: compared
with what the generator of the demo says, which knows no SQL and no window of time.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.demo.feiten import Deel
from app.demo.generator import Plan, generate
from app.demo.omvang import parse_omvang
from app.models import Pleegkind
from app.norms.ruis.find import Ruisbevinding
from app.queries.feiten.kinderen import list_kinderen
from app.queries.ruisfactoren import factoren
from app.queries.ruisfactoren.factoren import load_ruis
from app.security.secrets import load_secrets
from app.services.beheer.organisaties import find_organisatie
from app.services.demo.load import load_demo
from tests import database
from tests.api.database import counting_statements
from tests.demo.ruisfeiten import find_in_deel

VANDAAG, NU = date(2026, 11, 21), datetime(2026, 11, 21, 8, tzinfo=UTC)
SEED = 7
DAYS = (VANDAAG, date(2026, 9, 30), date(2025, 12, 31), date(2024, 2, 29))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Engine]:
    url = database.create_migrated(f"pleegzicht_ruis_{worker_id}")
    engine = database.app_engine(url)
    sleutels = load_secrets(tmp_path_factory.mktemp("ruis") / "sleutels.json", create=True)
    load_demo(engine, "klein", seed=SEED, today=VANDAAG, now=NU, secrets=sleutels)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def deel() -> Deel:
    (deel,) = generate(Plan(parse_omvang("klein"), SEED, VANDAAG))
    return deel


@pytest.fixture
def session(demo: Engine) -> Iterator[Session]:
    with Session(demo) as session:
        yield session


def own(session: Session, code: str = "DEMO") -> int:
    organisatie = find_organisatie(session, code)
    assert organisatie is not None
    return organisatie.id


def load(session: Session, op: date, bekend_op: datetime | None = None) -> dict[int, list[Ruisbevinding]]:
    organisatie = own(session)
    return load_ruis(session, organisatie, dict.fromkeys(list_kinderen(session, organisatie), op), bekend_op)


def by_position(session: Session, found: dict[int, list[Ruisbevinding]]) -> dict[int, list[Ruisbevinding]]:
    """Return it by the child's place in the demo: K00001 is the first."""
    nummers = dict(session.execute(select(Pleegkind.id, Pleegkind.nummer)).all())
    return {int(nummers[kind][1:]) - 1: several for kind, several in found.items()}


@pytest.mark.parametrize("op", DAYS, ids=str)
def test_what_the_database_says_is_what_was_told_to_it(session: Session, deel: Deel, op: date) -> None:
    found = by_position(session, load(session, op))
    assert found == find_in_deel(deel, op, None)


def test_there_is_something_of_everything(session: Session) -> None:
    seen: Counter[str] = Counter()
    for op in DAYS:
        seen.update(one.code.value for several in load(session, op).values() for one in several)
    assert seen.keys() >= {"R01", "R04", "R05", "R07", "R08", "R11", "R12", "R13"}


@pytest.mark.parametrize(
    "bekend_op", [datetime(2026, 10, 2, 12, tzinfo=UTC), datetime(2025, 7, 1, tzinfo=UTC)], ids=str
)
def test_as_it_was_known_at_a_moment(session: Session, deel: Deel, bekend_op: datetime) -> None:
    op = bekend_op.date()
    found = by_position(session, load(session, op, bekend_op))
    assert found == find_in_deel(deel, op, bekend_op)
    assert found != by_position(session, load(session, op))


def test_each_child_is_judged_on_its_own_day(session: Session) -> None:
    organisatie = own(session)
    peildata = {kind: DAYS[kind % 3] for kind in list_kinderen(session, organisatie)}
    together = load_ruis(session, organisatie, peildata)
    alone = {kind: load_ruis(session, organisatie, {kind: op})[kind] for kind, op in peildata.items()}
    assert together == alone
    assert together.keys() == peildata.keys()


@pytest.mark.parametrize("bekend_op", [None, NU], ids=["now", "then"])
def test_one_statement_whatever_the_number(session: Session, bekend_op: datetime | None) -> None:
    organisatie = own(session)
    kinderen = list_kinderen(session, organisatie)
    for some in (kinderen[:1], kinderen):
        with counting_statements() as seen:
            assert len(load_ruis(session, organisatie, dict.fromkeys(some, VANDAAG), bekend_op)) == len(some)
        assert len(seen) == 1
    with counting_statements() as seen:
        assert load_ruis(session, organisatie, {}, bekend_op) == {}
    assert seen == []


def test_children_of_another_organisatie_are_left_out(session: Session) -> None:
    ander = own(session, "ANDER")
    theirs = list_kinderen(session, ander)
    assert theirs
    assert load_ruis(session, ander, dict.fromkeys(theirs, VANDAAG)).keys() == set(theirs)
    assert load_ruis(session, own(session), dict.fromkeys(theirs, VANDAAG)) == {}


def test_the_comparison_sees_a_window_that_is_too_short(
    session: Session, deel: Deel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: visits and signalen of the last month only."""
    monkeypatch.setattr(factoren, "_TERUG_MAANDEN", 1)
    assert any(by_position(session, load(session, op)) != find_in_deel(deel, op, None) for op in DAYS)
