"""From the database to the ruisfactoren: in one statement, child by child as all together, and as known at a moment.

The pure functions have their own tables of edges (``tests/norms/ruis``); here it is about what reaches them: compared
with what the generator of the demo says, which knows no SQL and no window of time.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.demo.feiten import Deel
from app.demo.generator import Plan, generate
from app.demo.omvang import parse_omvang
from app.demo.tabel import Tabel
from app.models import Pleegkind
from app.norms.feiten import Huisbezoek, Kindgesprek, Opvolgstap, Plaatsing, Veiligheidscheck
from app.norms.ruis.catalogue import weights_on
from app.norms.ruis.feiten import (
    Begeleiding,
    Gezinsplaatsing,
    RuisFeiten,
    RuisGezin,
    RuisMaatregel,
    RuisMeldcodestap,
    RuisSignaal,
    Score,
)
from app.norms.ruis.find import Ruisbevinding, find_ruis
from app.queries.feiten.kinderen import list_kinderen
from app.queries.ruisfactoren import factoren
from app.queries.ruisfactoren.factoren import load_ruis
from app.security.secrets import load_secrets
from app.services.beheer.organisaties import find_organisatie
from app.services.demo.load import load_demo
from app.terms import OnderwerpSoort, Veiligheidsgevoel
from tests import database
from tests.api.database import counting_statements

Feit = tuple[int, Any]


def _opvolgstap(positie: int, feit: Any) -> Opvolgstap:
    over = {
        OnderwerpSoort.KINDGESPREK: feit.kindgesprek_id,
        OnderwerpSoort.VEILIGHEIDSCHECK: feit.veiligheidscheck_id,
        OnderwerpSoort.SIGNAAL: feit.signaal_id,
    }
    ((soort, key),) = ((soort, key) for soort, key in over.items() if key is not None)
    return Opvolgstap(positie, soort, key, feit.stap, feit.datum)


def find_in_deel(deel: Deel, op: date, bekend_op: datetime | None) -> dict[int, list[Ruisbevinding]]:
    """Return what holds for each child on a day, by its position, from what was known at a moment."""
    known = _Bekend(deel, bekend_op)
    return {kind: find_ruis(known.feiten(kind), weights_on(op), op) for kind, _ in known.all("pleegkind")}


class _Bekend:
    """A Deel as the file stood at a moment."""

    def __init__(self, deel: Deel, bekend_op: datetime | None) -> None:
        self._deel, self._bekend_op = deel, bekend_op
        self._gezinnen = {gezin: self._gezin(gezin) for gezin, _ in self.all("pleeggezin")}

    def all(self, tabel: str) -> Iterator[Feit]:
        """Yield position and newest version of every fact that holds."""
        feiten: Tabel[Any] = getattr(self._deel, tabel)
        for positie, eerste in enumerate(feiten.eerste):
            versies = [(eerste.op, eerste.feit, False)]
            versies += [(v.op, v.feit, v.ingetrokken) for v in feiten.volgende.get(positie, ())]
            bekend = [v for v in versies if self._bekend_op is None or v[0] <= self._bekend_op]
            if bekend and not bekend[-1][2]:
                yield positie, bekend[-1][1]

    def of(self, tabel: str, column: str, key: int, read: Callable[[int, Any], Any]) -> list[Any]:
        """Return the facts that belong to something, read, in order of their first day."""
        return sorted(read(positie, feit) for positie, feit in self.all(tabel) if getattr(feit, column) == key)

    def feiten(self, kind: int) -> RuisFeiten:
        plaatsingen = self.of("plaatsing", "pleegkind_id", kind, self._plaatsing)
        plaatsingen.sort(key=lambda one: (one.van, one.id))
        unsafe = [
            feit.datum
            for _, feit in self.all("kindgesprek")
            if feit.kind_voelde_zich_veilig is Veiligheidsgevoel.NEE
            and feit.plaatsing_id in {one.id for one in plaatsingen}
        ]
        signalen = sorted(self._signalen(kind), key=lambda one: (one.datum, one.id))
        stappen = [RuisMeldcodestap(feit.signaal_id, feit.datum) for _, feit in self.all("meldcodestap")]
        return RuisFeiten(
            id=kind,
            plaatsingen=plaatsingen,
            begeleidingen={one.id: self._begeleidingen(one.id) for one in plaatsingen},
            maatregelen=self._maatregelen(kind),
            signalen=signalen,
            onveilige_gesprekken=sorted(unsafe),
            meldcodestappen=[one for one in stappen if one.signaal_id in {s.id for s in signalen}],
            scores=self.of("ruisscore", "pleegkind_id", kind, lambda _, f: Score(f.code, f.datum, f.geldt_tot)),
            gezinnen=self._gezinnen,
            opvolgstappen=self.of("opvolgstap", "pleegkind_id", kind, _opvolgstap),
        )

    def _plaatsing(self, positie: int, feit: Any) -> Plaatsing:
        def gesprek(nr: int, f: Any) -> Kindgesprek:
            return Kindgesprek(nr, f.datum, f.doorgegaan, f.alleen, f.vorm, f.veiligheid_besproken, f.veilig_in_gezin)

        def bezoek(nr: int, f: Any) -> Huisbezoek:
            return Huisbezoek(nr, f.datum, f.kind_gezien)

        def check(nr: int, f: Any) -> Veiligheidscheck:
            return Veiligheidscheck(nr, f.datum, f.uitkomst, f.kind_gezien)

        return Plaatsing(
            positie, feit.pleeggezin_id, feit.vorm, feit.van, feit.tot,
            self.of("kindgesprek", "plaatsing_id", positie, gesprek),
            self.of("veiligheidscheck", "plaatsing_id", positie, check),
            self.of("huisbezoek", "plaatsing_id", positie, bezoek),
        )  # fmt: skip

    def _begeleidingen(self, plaatsing: int) -> list[Begeleiding]:
        found = [(f.van, nr, f) for nr, f in self.all("begeleiding") if f.plaatsing_id == plaatsing]
        return [Begeleiding(f.medewerker_id, f.van, f.tot) for *_, f in sorted(found, key=lambda one: one[:2])]

    def _maatregelen(self, kind: int) -> list[RuisMaatregel]:
        found = [(f.van, nr, f) for nr, f in self.all("maatregel") if f.pleegkind_id == kind]
        return [RuisMaatregel(f.soort, f.van, f.tot, f.jeugdbeschermer) for *_, f in sorted(found, key=lambda x: x[:2])]

    def _signalen(self, kind: int) -> Iterator[RuisSignaal]:
        for nr, feit in self.all("signaal"):
            if feit.pleegkind_id == kind:
                yield RuisSignaal(nr, kind, feit.datum, feit.bekend_geworden_op, feit.soort, feit.onthulling)

    def _gezin(self, gezin: int) -> RuisGezin:
        there = [(f.van, nr, f) for nr, f in self.all("plaatsing") if f.pleeggezin_id == gezin]
        there.sort(key=lambda one: one[:2])
        kinderen = sorted({f.pleegkind_id for *_, f in there})
        return RuisGezin(
            [Gezinsplaatsing(f.pleegkind_id, f.van, f.tot, f.eindreden) for *_, f in there],
            [signaal for kind in kinderen for signaal in self._signalen(kind)],
        )


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
