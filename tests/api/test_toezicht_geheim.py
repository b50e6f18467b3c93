"""No name, nummer, BSN or id of anybody in anything that an inspecteur gets; and the role in the database that cannot
read them, nor write anything.
"""

import json
import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from psycopg import errors
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db import sessions
from app.models import Organisatie, Pleegkind
from app.security.bsn import decrypt_bsn
from app.security.pseudoniem import Pseudoniemen
from tests.api.client import Dienst
from tests.api.conftest import DemoUser
from tests.api.inspectie import add_inspectie, give
from tests.api.toezicht import Onderzoek, investigate
from tests.api.world import World

#: tables with people, and the columns by which one knows them
NAMES = {
    "pleegkind": ("roepnaam", "achternaam"), "pleeggezin": ("naam",), "gezinslid": ("naam",), "medewerker": ("naam",),
    "maatregel": ("jeugdbeschermer",), "vertrouwenspersoon": ("naam",),
}  # fmt: skip
SECRET = {f"{table}.{column}" for table, columns in NAMES.items() for column in columns} | {
    "medewerker.email", "pleeggezin.gemeente", "pleegkind.bsn_versleuteld", "pleegkind.bsn_index",
}  # fmt: skip
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def onderzoek(demo: DemoUser, dienst: Dienst, module_at_work: None) -> Onderzoek:
    return investigate(demo, dienst)


@pytest.fixture(scope="module")
def gotten(onderzoek: Onderzoek) -> list[tuple[str, str]]:
    """Return everything that an inspecteur can get of the demo, as text."""
    return [(naam, json.dumps(answer, ensure_ascii=False)) for naam, answer in onderzoek.every_answer()]


def facts_of_demo(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Yield table, uid and nummer of every fact of the demo."""
    tables = connection.scalars(
        text(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND column_name IN ('nummer', 'uid') GROUP BY table_name HAVING count(*) = 2"
        )
    )
    for table in sorted(tables):
        sql = f"SELECT uid, nummer FROM {table} JOIN organisatie o ON o.id = organisatie_id WHERE o.code = 'DEMO'"
        yield from (
            (table, str(uid), nummer)
            for uid, nummer in connection.execute(text(sql.replace(" uid,", f" {table}.uid,")))
        )


def names_of_demo(connection: Connection) -> set[str]:
    found: set[str] = set()
    for table, columns in NAMES.items():
        for column in columns:
            sql = f"SELECT DISTINCT {table}.{column} FROM {table} JOIN organisatie o ON o.id = organisatie_id"
            found |= set(connection.scalars(text(f"{sql} WHERE o.code = 'DEMO' AND {table}.{column} IS NOT NULL")))
    return found


def leaks(answers: list[tuple[str, str]], engine: Engine) -> set[str]:
    """Return what of the demo stands in the answers: ids, nummers, names."""
    whole = "\n".join(text for _, text in answers)
    ids, words = set(UUIDS.findall(whole)), set(re.findall(r"[^\W_]+(?:[ '-][^\W_]+)*", whole))
    quoted = set(re.findall(r'"([^"\\]*)"', whole))
    with engine.connect() as connection:
        found = {f"{table} {uid}" for table, uid, _ in facts_of_demo(connection) if uid in ids}
        found |= {f"{table} {nummer}" for table, _, nummer in facts_of_demo(connection) if nummer in words}
        found |= {naam for naam in names_of_demo(connection) if naam in quoted or naam in words}
    return found


def test_nothing_that_an_inspecteur_gets_names_anybody(
    onderzoek: Onderzoek, gotten: list[tuple[str, str]], dienst: Dienst
) -> None:
    assert len(gotten) > 60
    assert sum(len(text) for _, text in gotten) > 500_000
    assert leaks(gotten, dienst.owner) == set()


def test_the_search_finds_a_name_a_nummer_and_an_id(dienst: Dienst, onderzoek: Onderzoek) -> None:
    """The planted faults: each of the three once; the organisatie's own lists are full of them."""
    for path in ("/pleegkinderen?limit=1", "/termijnen?limit=1"):
        assert leaks([("eigen", json.dumps(onderzoek.kwaliteit.rows(path)))], dienst.owner)
    assert leaks([("", '"K00001"')], dienst.owner) == {"pleegkind K00001"}


def test_ids_instead_of_pseudonyms_are_found(
    onderzoek: Onderzoek, dienst: Dienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pseudoniemen, "of", lambda self, soort, uid: f"{soort}-{uid}")
    answer = onderzoek.inspecteur.client.request(
        "GET", "/v1/toezicht/termijnen", content=None, headers=list(onderzoek.inspecteur.headers.items())
    )
    assert answer.status_code == 500  # the form of a pseudonym is checked on its way out too
    assert leaks([("", f"{onderzoek.kwaliteit.rows('/termijnen?limit=1')}")], dienst.owner)


def test_the_only_ids_are_of_audits_mandates_and_looks(gotten: list[tuple[str, str]], onderzoek: Onderzoek) -> None:
    (mandaat,) = {one["mandaat"] for one in onderzoek.inspecteur.rows("/toezicht/inzagen?limit=200")}
    looks = {one["id"] for one in onderzoek.inspecteur.walk("/toezicht/inzagen?limit=200")}
    toetsen = {one["id"] for one in onderzoek.inspecteur.walk("/toezicht/kwartaaltoetsen")}
    for naam, text_of in gotten:
        assert set(UUIDS.findall(text_of)) <= {mandaat, *looks, *toetsen}, naam


def test_no_bsn(gotten: list[tuple[str, str]], dienst: Dienst) -> None:
    with Session(dienst.owner) as session:
        demo = session.scalars(select(Organisatie).where(Organisatie.code == "DEMO")).one()
        rows = session.execute(
            select(Pleegkind.bsn_versleuteld, Pleegkind.uid).where(
                Pleegkind.organisatie_id == demo.id, Pleegkind.bsn_versleuteld.is_not(None)
            )
        ).all()
        bsns = {decrypt_bsn(dienst.secrets, bytes(stored or b""), demo.id, UUID(str(uid))) for stored, uid in rows}
    numbers = {number for _, text_of in gotten for number in re.findall(r"\d{9}", text_of)}
    assert len(bsns) > 40
    assert not bsns & numbers


# What people wrote


def test_free_text_is_a_right_of_its_own(untouched_world: World, dienst: Dienst) -> None:
    """With it one reads what a child said; without it nothing that somebody typed comes along."""
    world = untouched_world
    code = world["beheerder"].rows("/organisaties")[0]["code"]
    canaries = {
        "Het gaat wel.", "Het kind wil nog niet.", "Wekelijks contact met school.", "De GI deelt het rapport niet.",
        "Overlegd met de gedragswetenschapper.",
    }  # fmt: skip
    for dossiertekst in (True, False):
        inspectie = add_inspectie(dienst)
        mandaat = give(world["beheerder"], inspectie, dossiertekst=dossiertekst)
        kind = world.files["eigen"]["pleegkind"]
        dossier = Pseudoniemen(dienst.secrets, UUID(mandaat.id)).of("pleegkind", kind)
        answer = inspectie.inspecteur.read(f"/toezicht/dossiers/{dossier}")
        seen = json.dumps(answer, ensure_ascii=False)
        assert {one for one in canaries if one in seen} == (canaries if dossiertekst else set())
        assert (answer["teksten"] is not None) is dossiertekst
        assert len(answer["tijdlijn"]) > 10
        assert code not in seen


def test_a_code_that_is_a_sentence_is_not_shown(untouched_world: World, dienst: Dienst) -> None:
    world, inspectie = untouched_world, add_inspectie(dienst)
    kind, plaatsing = (world.files["team"][naam] for naam in ("pleegkind", "plaatsing"))
    for instrument in ("LIRIK", "Gesprek met Sofie van Dijk"):
        body = {"plaatsingId": plaatsing, "datum": "2026-10-05", "instrument": instrument, "uitkomst": "veilig"}
        world["teamleider"].made(f"/pleegkinderen/{kind}/veiligheidschecks", body)
    mandaat = give(world["beheerder"], inspectie)
    dossier = Pseudoniemen(dienst.secrets, UUID(mandaat.id)).of("pleegkind", kind)
    answer = inspectie.inspecteur.read(f"/toezicht/dossiers/{dossier}")
    seen = {one["kenmerken"]["instrument"] for one in answer["tijdlijn"] if one["soort"] == "veiligheidscheck"}
    assert seen == {"LIRIK", None}


# The role in the database


def test_the_role_writes_nothing(dienst: Dienst) -> None:
    """Not in a transaction that only reads (25006), and not in one that it says may write (42501)."""
    engine = dienst.engines.inspector
    with engine.connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == sessions.INSPECTOR_ROLE
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
    assert len(tables) > 30
    for table in tables:
        for order in (f"INSERT INTO {table} DEFAULT VALUES", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            assert refusal(engine, order) is errors.ReadOnlySqlTransaction
            assert refusal(engine, order, first="SET TRANSACTION READ WRITE") is errors.InsufficientPrivilege
    update = "UPDATE kindgesprek SET alleen = true"
    assert refusal(engine, update, first="SET TRANSACTION READ WRITE") is errors.InsufficientPrivilege
    assert refusal(engine, "RESET ROLE; DELETE FROM kindgesprek", first="SET TRANSACTION READ WRITE") is (
        errors.InsufficientPrivilege
    )


def refusal(engine: Engine, order: str, first: str = "SELECT 1") -> type[BaseException]:
    with engine.connect() as connection:
        connection.execute(text(first))
        with pytest.raises(DBAPIError) as refused:
            connection.execute(text(order))
    assert refused.value.orig is not None
    return type(refused.value.orig)


def test_the_role_reads_no_name_no_log_and_no_account(dienst: Dienst) -> None:
    rights = text("""
    SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm') AND a.attnum > 0
        AND has_column_privilege('pleegzicht_inzage', c.oid, a.attnum, 'SELECT')
    """)
    with dienst.owner.connect() as connection:
        readable = set(connection.scalars(rights))
    assert "kindgesprek.datum" in readable
    assert readable & SECRET == set()
    tables = {name.partition(".")[0] for name in readable}
    assert tables & {"account", "idempotentie", "inzage", "inzage_afloop", "toezichtsmandaat", "vastlegteller"} == set()
    engine = dienst.engines.inspector
    for column in sorted(SECRET):
        table, _, name = column.partition(".")
        assert refusal(engine, f"SELECT {name} FROM {table}") is errors.InsufficientPrivilege


def test_the_app_s_role_changes_no_mandate_and_no_look(dienst: Dienst) -> None:
    for table, column in (
        ("toezichtsmandaat", "tot = '2099-01-01'"),
        ("mandaat_intrekking", "reden = ''"),
        ("inzage", "doel = ''"),
        ("inzage_afloop", "pleegkinderen = NULL"),
    ):
        for order in (f"UPDATE {table} SET {column}", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            assert refusal(dienst.engine, order) is errors.InsufficientPrivilege
