"""Rows written in bulk are the rows that were given, and no id is given twice."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.db.sessions import APP_ROLE, unit_of_work
from app.models import Feit, Huisbezoek, Kindgesprek, Medewerker, Organisatie, Plaatsing, Pleeggezin, Pleegkind
from app.services.bulk import copy_rows, reserve_ids
from app.terms import GespreksVorm, GezinSoort, PlaatsingVorm, RedenNietAlleen, Rol, Veiligheidsgevoel, Zorgvorm
from tests.api.database import counting_statements

OP = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)
VERSIE = (
    "id", "eerste_id", "uid", "organisatie_id", "nummer", "versie", "vervangt_id", "ingetrokken", "wijzigingsreden",
    "vastgelegd_op", "vastgelegd_door", "volgorde",
)  # fmt: skip


def copy_one(session: Session, organisatie: Organisatie, model: type[Feit], **inhoud: Any) -> int:
    """Write the first version of one fact and return its id."""
    (sleutel,) = reserve_ids(session, model, 1)
    uid = uuid4()
    versie = (sleutel, None, uid, organisatie.id, uid.hex, 1, None, False, None, OP, None, sleutel)
    copy_rows(session, model, (*VERSIE, *inhoud), [(*versie, *inhoud.values())])
    return sleutel


@pytest.fixture
def plaatsing(session: Session, organisatie: Organisatie) -> tuple[int, int]:
    """Return a plaatsing and a medewerker."""
    wie = copy_one(session, organisatie, Medewerker, naam="Anne", email=None, rol=Rol.TEAMLEIDER, team_id=None)
    kind = copy_one(
        session,
        organisatie,
        Pleegkind,
        roepnaam="Sam",
        achternaam="de Vries",
        geboortedatum=date(2017, 2, 28),
        geslacht=None,
        bsn_versleuteld=b"\x00\xff\\x\n\t",
        bsn_index=None,
    )
    gezin = copy_one(session, organisatie, Pleeggezin, naam="Gezin Bos", soort=GezinSoort.BESTAND)
    dagen = {"van": date(2024, 2, 29), "tot": None}
    vorm = {"vorm": PlaatsingVorm.VOLTIJD, "zorgvorm": Zorgvorm.PLEEGZORG}
    return copy_one(session, organisatie, Plaatsing, pleegkind_id=kind, pleeggezin_id=gezin, **vorm, **dagen), wie


@pytest.mark.parametrize(
    "inhoud",
    [
        {
            "reden_niet_alleen": None,
            "kind_voelde_zich_veilig": Veiligheidsgevoel.JA,
            "stem_van_het_kind": "Ik zei: “nee”;\tén\n\\N, {x}, \"y\", 'z', 😀",
            "themas": ["school", "thuis, met, komma's", "", 'aanhaling"', "NULL", "{}"],
            "vervolgactie": "",
        },
        {
            "reden_niet_alleen": RedenNietAlleen.TE_JONG,
            "kind_voelde_zich_veilig": None,
            "stem_van_het_kind": None,
            "themas": None,
            "vervolgactie": None,
        },
        {
            "reden_niet_alleen": RedenNietAlleen.ANDERS,
            "kind_voelde_zich_veilig": Veiligheidsgevoel.NEE,
            "stem_van_het_kind": "x" * 100_000,
            "themas": [],
            "vervolgactie": "\\.",
        },
    ],
)
def test_values_of_every_type_come_back(
    session: Session, organisatie: Organisatie, plaatsing: tuple[int, int], inhoud: dict[str, Any]
) -> None:
    vast = {
        "plaatsing_id": plaatsing[0],
        "datum": date(2025, 12, 31),
        "medewerker_id": plaatsing[1],
        "doorgegaan": True,
        "alleen": False,
        "vorm": GespreksVorm.BEELDBELLEN,
        "veiligheid_besproken": True,
    }
    sleutel = copy_one(session, organisatie, Kindgesprek, **vast, **inhoud)
    gesprek = session.scalars(select(Kindgesprek).where(Kindgesprek.id == sleutel)).one()
    assert {naam: getattr(gesprek, naam) for naam in (*vast, *inhoud)} == {**vast, **inhoud}
    assert gesprek.vastgelegd_op == OP
    assert gesprek.feit_id == sleutel
    assert gesprek.uid.hex == gesprek.nummer


def test_bytes_come_back(session: Session, plaatsing: tuple[int, int]) -> None:
    waar, _ = plaatsing
    van_plaatsing = select(Pleegkind).join(Plaatsing, Plaatsing.pleegkind_id == Pleegkind.id)
    kind = session.scalars(van_plaatsing.where(Plaatsing.id == waar)).one()
    assert kind.bsn_versleuteld == b"\x00\xff\\x\n\t"
    assert kind.bsn_index is None


def visit_rows(organisatie: Organisatie, plaatsing: tuple[int, int], ids: Sequence[int]) -> list[tuple[Any, ...]]:
    dag, (waar, wie) = date(2025, 5, 5), plaatsing
    return [(i, None, uuid4(), organisatie.id, f"H{i}", 1, None, False, None, OP, wie, i, waar, dag, wie) for i in ids]


def test_many_rows_are_counted(session: Session, organisatie: Organisatie, plaatsing: tuple[int, int]) -> None:
    ids = reserve_ids(session, Huisbezoek, 2_000)
    rijen = visit_rows(organisatie, plaatsing, ids)
    kolommen = (*VERSIE, "plaatsing_id", "datum", "medewerker_id")
    assert copy_rows(session, Huisbezoek, kolommen, iter(rijen)) == 2_000
    assert copy_rows(session, Huisbezoek, kolommen, []) == 0
    gevonden = session.scalars(select(Huisbezoek.id).where(Huisbezoek.plaatsing_id == plaatsing[0]))
    assert sorted(gevonden) == list(ids)


def test_a_load_in_many_parts_holds_no_more_locks_than_one_of_two(
    session: Session, organisatie: Organisatie, plaatsing: tuple[int, int]
) -> None:
    """A load of 20,000 children has some thousands of parts, and PostgreSQL room for some thousands of locks."""
    held = []
    for _ in range(12):
        rijen = visit_rows(organisatie, plaatsing, reserve_ids(session, Huisbezoek, 3))
        copy_rows(session, Huisbezoek, (*VERSIE, "plaatsing_id", "datum", "medewerker_id"), rijen)
        held.append(session.scalar(text("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()")))
    assert held[-1] == held[1]


def load(session: Session, organisatie: Organisatie, plaatsing: tuple[int, int], *parts: int) -> None:
    for more in parts:
        rijen = visit_rows(organisatie, plaatsing, reserve_ids(session, Huisbezoek, more))
        copy_rows(session, Huisbezoek, (*VERSIE, "plaatsing_id", "datum", "medewerker_id"), rijen)


def is_known_to_the_planner(session: Session, plaatsing: tuple[int, int]) -> bool:
    """Tell whether it has met a plaatsing that nobody else can see."""
    session.execute(text("SET LOCAL ROLE NONE"))
    often = text("""
        SELECT most_common_vals::text::bigint[] FROM pg_stats
        WHERE schemaname = 'public' AND tablename = 'huisbezoek' AND attname = 'plaatsing_id'
    """)
    found = session.scalars(often).one_or_none()
    session.execute(text("RESET ROLE"))
    return plaatsing[0] in (found or ())


def test_what_a_load_fills_the_planner_knows_before_it_ends(
    session: Session, organisatie: Organisatie, plaatsing: tuple[int, int]
) -> None:
    """Else what looks up something for each row that follows walks all that came before it."""
    load(session, organisatie, plaatsing, 900)
    assert not is_known_to_the_planner(session, plaatsing)
    load(session, organisatie, plaatsing, 900)
    assert is_known_to_the_planner(session, plaatsing)
    assert session.scalars(text("SELECT current_user")).one() == APP_ROLE


def test_who_could_not_count_tries_again_at_the_next_rows(
    engine: Engine, session: Session, organisatie: Organisatie, plaatsing: tuple[int, int]
) -> None:
    """Two loads at once: the first holds what it has counted until it ends."""
    with engine.connect() as holder:
        holder.execute(text("SET LOCAL ROLE NONE"))
        holder.execute(text("LOCK TABLE huisbezoek IN SHARE UPDATE EXCLUSIVE MODE"))
        load(session, organisatie, plaatsing, 1500)
        assert not is_known_to_the_planner(session, plaatsing)
    load(session, organisatie, plaatsing, 1)
    assert is_known_to_the_planner(session, plaatsing)


def test_who_may_not_count_is_asked_once(
    session: Session, organisatie: Organisatie, plaatsing: tuple[int, int]
) -> None:
    session.execute(text(f"SET LOCAL SESSION AUTHORIZATION {APP_ROLE}"))
    with counting_statements() as seen:
        load(session, organisatie, plaatsing, 1500, 1, 1)
    assert len([sql for sql in seen if "ANALYZE" in sql]) == 1


def test_a_later_version_may_follow_its_first_in_the_same_copy(
    session: Session, organisatie: Organisatie, plaatsing: tuple[int, int]
) -> None:
    een, twee = reserve_ids(session, Huisbezoek, 2)
    (eerste,) = visit_rows(organisatie, plaatsing, [een])
    later = (twee, een, *eerste[2:5], 2, een, False, "verkeerde dag", *eerste[9:])
    kolommen = (*VERSIE, "plaatsing_id", "datum", "medewerker_id")
    copy_rows(session, Huisbezoek, kolommen, [eerste, later])
    assert session.scalars(select(Huisbezoek.feit_id).where(Huisbezoek.id == twee)).one() == een


@pytest.mark.parametrize("plek", [11, 13])
def test_a_value_of_the_wrong_type_is_refused(
    session: Session, organisatie: Organisatie, plaatsing: tuple[int, int], plek: int
) -> None:
    (rij,) = visit_rows(organisatie, plaatsing, reserve_ids(session, Huisbezoek, 1))
    fout = (*rij[:plek], "morgen", *rij[plek + 1 :])
    with pytest.raises((psycopg.Error, TypeError, AttributeError)):
        copy_rows(session, Huisbezoek, (*VERSIE, "plaatsing_id", "datum", "medewerker_id"), [fout])


def test_constraints_hold(session: Session, organisatie: Organisatie, plaatsing: tuple[int, int]) -> None:
    rijen = visit_rows(organisatie, (-1, plaatsing[1]), reserve_ids(session, Huisbezoek, 1))
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        copy_rows(session, Huisbezoek, (*VERSIE, "plaatsing_id", "datum", "medewerker_id"), rijen)


def test_nothing_is_written_without_a_commit(
    engine: Engine, session: Session, organisatie: Organisatie, plaatsing: tuple[int, int]
) -> None:
    with Session(engine) as ander:
        assert ander.scalars(select(Plaatsing).where(Plaatsing.id == plaatsing[0])).one_or_none() is None


def test_no_ids_for_nothing(session: Session) -> None:
    assert list(reserve_ids(session, Huisbezoek, 0)) == []


def test_ids_are_contiguous_when_nobody_else_takes_any(session: Session) -> None:
    ids = reserve_ids(session, Huisbezoek, 1_000)
    assert isinstance(ids, range)
    assert len(ids) == 1_000
    assert reserve_ids(session, Huisbezoek, 1)[0] == ids[-1] + 1


def take_ids(engine: Engine, start: Barrier, uit: list[Sequence[int]]) -> None:
    """Take blocks at the same time as others do."""
    with unit_of_work(engine) as session:
        for _ in range(10):
            start.wait()
            uit.append(reserve_ids(session, Huisbezoek, 3_000))


def take_single_ids(engine: Engine, start: Barrier, uit: list[Sequence[int]]) -> None:
    """Take ids as an ordinary insert does."""
    volgende = text("SELECT nextval(pg_get_serial_sequence('huisbezoek', 'id'))")
    with unit_of_work(engine) as session:
        for _ in range(10):
            start.wait()
            uit.extend([session.execute(volgende).scalar_one()] for _ in range(20))


def test_no_id_is_given_twice_to_two_loads_and_ordinary_inserts(engine: Engine) -> None:
    uit: list[Sequence[int]] = []
    start = Barrier(3)
    werk = [Thread(target=doel, args=(engine, start, uit)) for doel in (take_ids, take_ids, take_single_ids)]
    for draad in werk:
        draad.start()
    for draad in werk:
        draad.join()
    alle = [sleutel for ids in uit for sleutel in ids]
    assert len(alle) == 2 * 10 * 3_000 + 10 * 20
    assert len(set(alle)) == len(alle)
    assert all(list(ids) == sorted(ids) for ids in uit)
