"""Every write leaves an entry in the same transaction, chained, and what the log says is what the rows say."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import pairwise
from threading import Barrier
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.namens import Namens, act_for
from app.lib.ids import new_uid
from app.models import Organisatie, Pleegkind, Team, Wijziging, Wijzigingspakket, Wijzigingsschakel
from app.services.beheer.organisaties import create_organisatie, ensure_team
from app.services.bulk import copy_rows, reserve_ids
from app.services.feiten.versions import begin_recording, record_feit, replace_feit
from app.services.zegels.verifieren import verify
from app.terms import OrganisatieSoort
from tests.keuze import drawn

NU = datetime(2026, 11, 21, 8, tzinfo=UTC)
CANARY = "Kanariepiet"
KIND = {"roepnaam": CANARY, "achternaam": CANARY, "geboortedatum": date(2015, 1, 2), "geslacht": "v"} | {
    "bsn_versleuteld": CANARY.encode(),
    "bsn_index": None,
}
Work = Callable[[Session], Any]


@pytest.fixture
def work(engine: Engine, organisatie: Organisatie) -> Callable[[Work], Any]:
    """Return how to do something in a transaction of the organisatie."""

    def do(what: Work) -> Any:
        with sessions.unit_of_work(engine) as session:
            act_for(session, Namens(organisatie.id, None, None, "verzoek-1"))
            return what(session)

    return do


@pytest.fixture
def owner(database_url: str) -> Iterator[Engine]:
    engine = sessions.make_engine(database_url, role=None)
    yield engine
    engine.dispose()


def record_kind(organisatie: Organisatie) -> Callable[[Session], Pleegkind]:
    return lambda session: record_feit(begin_recording(session, organisatie.id, NU, None), Pleegkind, KIND)


def correct_kind(kind: Pleegkind, changes: dict[str, Any]) -> Work:
    def do(session: Session) -> Pleegkind:
        current = session.get_one(Pleegkind, kind.id)
        recording = begin_recording(session, kind.organisatie_id, NU, None)
        return replace_feit(recording, current, changes, reden=CANARY)

    return do


def entries(engine: Engine, organisatie: Organisatie, tabel: str) -> list[Wijziging]:
    with Session(engine, expire_on_commit=False) as session:
        act_for(session, Namens(organisatie.id))
        wanted = select(Wijziging).where(Wijziging.organisatie_id == organisatie.id, Wijziging.tabel == tabel)
        return list(session.scalars(wanted.order_by(Wijziging.id)))


def count(engine: Engine, organisatie: Organisatie, model: Any) -> int:
    with Session(engine) as session:
        act_for(session, Namens(organisatie.id))
        return len(session.execute(select(model).where(model.organisatie_id == organisatie.id)).all())


def faults(engine: Engine, organisatie: Organisatie) -> tuple[str, ...]:
    return verify(engine, [organisatie.id], None).afwijkingen


def test_what_is_recorded_is_in_the_log(engine: Engine, organisatie: Organisatie, work: Any) -> None:
    kind = work(record_kind(organisatie))
    (entry,) = entries(engine, organisatie, "pleegkind")
    assert (entry.handeling, entry.rij_id, entry.uid, entry.pleegkind_id) == ("toegevoegd", kind.id, kind.uid, kind.id)
    assert entry.voor is None
    assert entry.na is not None
    assert (entry.na["geboortedatum"], entry.na["geslacht"], entry.na["versie"]) == ("2015-01-02", "v", 1)
    assert "bsn_index" not in entry.na  # NULL is left out
    assert faults(engine, organisatie) == ()


def test_a_correction_shows_before_and_after(engine: Engine, organisatie: Organisatie, work: Any) -> None:
    kind = work(record_kind(organisatie))
    later = work(correct_kind(kind, {"geslacht": None}))
    entry = entries(engine, organisatie, "pleegkind")[-1]
    assert (entry.handeling, entry.rij_id, entry.pleegkind_id) == ("gewijzigd", later.id, kind.id)
    assert entry.voor is not None
    assert entry.voor["geslacht"] == "v"
    assert {"roepnaam", "achternaam", "geboortedatum"}.isdisjoint(entry.voor)
    assert set(entry.voor) == {
        "geslacht", "versie", "vervangt_id", "eerste_id", "wijzigingsreden", "vastgelegd_op", "volgorde",
    }  # fmt: skip
    assert faults(engine, organisatie) == ()


def test_text_and_names_are_never_in_the_log(engine: Engine, organisatie: Organisatie, work: Any) -> None:
    kind = work(record_kind(organisatie))
    work(correct_kind(kind, {"achternaam": CANARY + "s"}))
    with Session(engine) as session:
        act_for(session, Namens(organisatie.id))
        rows = session.scalars(text("SELECT w::text FROM wijziging w")).all()
        assert len(rows) >= 3
        assert not [row for row in rows if CANARY in row or CANARY.encode().hex() in row]
    entry = entries(engine, organisatie, "pleegkind")[-1]
    assert entry.voor is not None
    assert entry.na is not None
    assert entry.voor["achternaam"].keys() == {"sha256"}
    assert entry.voor["achternaam"] != entry.na["achternaam"]


def test_update_and_removal_are_logged_and_a_change_of_nothing_is_not(
    engine: Engine, organisatie: Organisatie, work: Any, owner: Engine
) -> None:
    key = work(lambda session: ensure_team(session, organisatie.id, "Noord"))
    for name in ("Zuid", "Zuid"):
        work(lambda session, name=name: session.execute(text("UPDATE team SET naam = :naam"), {"naam": name}))
    before = count(engine, organisatie, Wijzigingsschakel)
    work(lambda session: ensure_team(session, organisatie.id, "Zuid"))
    assert count(engine, organisatie, Wijzigingsschakel) == before
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM team WHERE id = :key"), {"key": key})
    first, second, third = entries(engine, organisatie, "team")
    assert [one.handeling for one in (first, second, third)] == ["toegevoegd", "gewijzigd", "verwijderd"]
    assert (second.voor, second.na) == ({"naam": "Noord"}, {"naam": "Zuid"})
    assert (third.voor, third.na) == ({"naam": "Zuid"}, None)
    assert faults(engine, organisatie) == ()


def test_a_load_of_many_rows_is_logged_row_by_row(engine: Engine, organisatie: Organisatie, work: Any) -> None:
    def load(session: Session) -> int:
        keys = reserve_ids(session, Team, 300)
        rows = ((key, new_uid(), organisatie.id, f"Team {key}") for key in keys)
        return copy_rows(session, Team, ("id", "uid", "organisatie_id", "naam"), rows)

    assert work(load) == 300
    assert len(entries(engine, organisatie, "team")) == 300
    assert faults(engine, organisatie) == ()


def test_one_transaction_is_one_link_with_its_request(engine: Engine, organisatie: Organisatie, work: Any) -> None:
    before = count(engine, organisatie, Wijzigingsschakel)

    def several(session: Session) -> None:
        for name in ("A", "B", "C"):
            ensure_team(session, organisatie.id, name)

    work(several)
    assert count(engine, organisatie, Wijzigingsschakel) == before + 1
    with Session(engine) as session:
        act_for(session, Namens(organisatie.id))
        last = session.scalars(select(Wijzigingspakket).order_by(Wijzigingspakket.id.desc()).limit(1)).one()
        assert (last.verzoek_id, last.account_id, last.medewerker_id, last.reden) == ("verzoek-1", None, None, None)


def test_what_is_rolled_back_leaves_nothing(engine: Engine, organisatie: Organisatie, work: Any) -> None:
    before = count(engine, organisatie, Wijziging), count(engine, organisatie, Wijzigingsschakel)
    with pytest.raises(RuntimeError, match="terug"):
        work(
            lambda session: (ensure_team(session, organisatie.id, "Weg"), (_ for _ in ()).throw(RuntimeError("terug")))
        )

    def partly(session: Session) -> None:
        inner = session.begin_nested()
        ensure_team(session, organisatie.id, "Weg")
        inner.rollback()
        ensure_team(session, organisatie.id, "Blijft")

    work(partly)
    assert (count(engine, organisatie, Wijziging), count(engine, organisatie, Wijzigingsschakel)) == (
        before[0] + 1,
        before[1] + 1,
    )
    assert faults(engine, organisatie) == ()


def test_eight_writers_at_once_never_fork_the_chain(engine: Engine, organisatie: Organisatie) -> None:
    writers, times = 8, 20
    together = Barrier(writers, timeout=60)

    def write(writer: int) -> None:
        for turn in range(times):
            with sessions.unit_of_work(engine) as session:
                act_for(session, Namens(organisatie.id))
                ensure_team(session, organisatie.id, f"Team {writer} {turn}")
                together.wait()  # all commit at once

    before = count(engine, organisatie, Wijzigingsschakel)
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    with Session(engine) as session:
        act_for(session, Namens(organisatie.id))
        chain = select(Wijzigingsschakel).order_by(Wijzigingsschakel.nummer)
        links = list(session.scalars(chain.where(Wijzigingsschakel.organisatie_id == organisatie.id)))
    assert [link.nummer for link in links] == list(range(1, before + writers * times + 1))
    assert all(link.vorige == earlier.hash for earlier, link in pairwise(links))
    assert faults(engine, organisatie) == ()


LOG = ("wijziging", "wijzigingspakket", "wijzigingsschakel", "zegel")


@pytest.mark.parametrize("tabel", LOG)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET organisatie_id = organisatie_id", "DELETE FROM {}", "TRUNCATE {}"]
)
@pytest.mark.parametrize("wie", ["app", "eigenaar"])
def test_the_log_is_only_added_to(
    engine: Engine, owner: Engine, organisatie: Organisatie, tabel: str, statement: str, wie: str
) -> None:
    with (engine if wie == "app" else owner).connect() as connection:
        if wie == "app":
            connection.execute(text(f"SELECT set_config('pleegzicht.organisatie', '{organisatie.id}', true)"))
        cascade = " CASCADE" if statement.startswith("TRUNCATE") else ""
        with pytest.raises(DBAPIError) as refusal:
            connection.execute(text(statement.format(tabel) + cascade))
        assert isinstance(refusal.value.orig, psycopg.errors.InsufficientPrivilege)


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("team"), st.text("abc", min_size=1, max_size=3)),
        st.tuples(st.just("naam"), st.text("abcé'\"\\\n", min_size=1, max_size=4)),
        st.tuples(st.just("kind"), st.just("")),
        st.tuples(st.just("correctie"), st.text("xyz☃\t", min_size=1, max_size=4)),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=drawn(6, 40))
@given(steps=_STEPS, together=st.booleans())
def test_whatever_is_written_the_log_says_what_the_rows_say(
    engine: Engine, database_url: str, steps: list[tuple[str, str]], *, together: bool
) -> None:
    """Any sequence of writes, in one transaction or each in its own; and one changed value is always found."""
    with sessions.unit_of_work(engine) as session:
        organisatie = create_organisatie(session, uuid4().hex, "Proef", OrganisatieSoort.AANBIEDER)
    kinderen: list[Pleegkind] = []

    def step(session: Session, what: str, value: str) -> None:
        if what == "team":
            ensure_team(session, organisatie.id, value)
        elif what == "naam":
            session.execute(text("UPDATE team SET naam = naam || :value"), {"value": value})
        elif what == "kind" or not kinderen:
            kinderen.append(record_kind(organisatie)(session))
        else:
            kinderen[-1] = correct_kind(kinderen[-1], {"roepnaam": value})(session)

    for chunk in [steps] if together else [[one] for one in steps]:
        with sessions.unit_of_work(engine) as session:
            act_for(session, Namens(organisatie.id))
            for what, value in chunk:
                step(session, what, value)
    assert faults(engine, organisatie) == ()
    owner = sessions.make_engine(database_url, role=None)
    for naam, found in (
        ("Proef ", (f"{organisatie.code}: organisatie {organisatie.id}: naam is anders dan het wijzigingslog zegt.",)),
        ("Proef", ()),
    ):
        with owner.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(
                text("UPDATE organisatie SET naam = :naam WHERE id = :key"), {"naam": naam, "key": organisatie.id}
            )
        assert faults(engine, organisatie) == found
    owner.dispose()
