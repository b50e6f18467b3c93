"""``verifieer`` proves that the protection of the database still stands: whatever is switched off is said in Dutch."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, text, update
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.namens import Namens, act_for
from app.models import Organisatie, Pleeggezin, Vastlegteller
from app.queries.bescherming import check_bescherming, check_kop, compare_bescherming, read_bescherming, wanted
from app.services.feiten.versions import begin_recording, record_feit
from app.services.zegels.verifieren import verify
from app.terms import GezinSoort
from migrations.bevroren.beveiliging import OWN
from tests.database import create_migrated

#: what was switched off → how it is done, and how the line begins
UITGEZET = {
    "een trigger uit": (
        "ALTER TABLE pleegkind DISABLE TRIGGER bewaak_versie",
        "trigger bewaak_versie op pleegkind is uit, en hoort te zijn: aan",
    ),
    "een trigger alleen voor een replica": (
        "ALTER TABLE pleegkind ENABLE REPLICA TRIGGER bewaak_versie",
        "trigger bewaak_versie op pleegkind is niet gewoon aan",
    ),
    "een trigger weg": (
        "DROP TRIGGER houd_bezetting_bij ON plaatsing",
        "trigger houd_bezetting_bij op plaatsing ontbreekt",
    ),
    "een trigger met een voorwaarde": (
        """DROP TRIGGER bewaak_versie ON pleegkind;
        CREATE TRIGGER bewaak_versie BEFORE INSERT ON pleegkind FOR EACH ROW WHEN (NEW.versie > 99)
        EXECUTE FUNCTION bewaak_versie()""",
        "trigger bewaak_versie op pleegkind is aan; CREATE TRIGGER",
    ),
    "alle triggers van een tabel": ("ALTER TABLE plaatsing DISABLE TRIGGER ALL", "verwijzingen van plaatsing is"),
    "de triggers van een maand": (
        "ALTER TABLE inzage_overig DISABLE TRIGGER ALL",
        "verwijzingen van inzage_[maand] is",
    ),
    "een trigger die er niet hoort": (
        "CREATE TRIGGER stil BEFORE INSERT ON wijziging FOR EACH ROW EXECUTE FUNCTION bewaak_versie()",
        "trigger stil op wijziging hoort er niet te zijn",
    ),
    "een functie zonder inhoud": (
        """CREATE OR REPLACE FUNCTION bewaak_versie() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public AS 'BEGIN RETURN NEW; END'""",
        "functie bewaak_versie is",
    ),
    "een functie met de rechten van de eigenaar": (
        "ALTER FUNCTION bewaak_versie() SECURITY DEFINER",
        "functie bewaak_versie is met de rechten van de eigenaar",
    ),
    "rijbeveiliging uit": (
        "ALTER TABLE vgb DISABLE ROW LEVEL SECURITY",
        "tabel vgb is rijbeveiliging uit, en hoort te zijn: rijbeveiliging gedwongen",
    ),
    "rijbeveiliging niet voor de eigenaar": (
        "ALTER TABLE vgb NO FORCE ROW LEVEL SECURITY",
        "tabel vgb is rijbeveiliging niet gedwongen",
    ),
    "een ruimer beleid": ("ALTER POLICY zien ON vgb USING (true)", "beleid zien op vgb is"),
    "een uitzondering op het beleid": (
        f"ALTER POLICY wijzigen ON vgb USING ({OWN} OR versie > 9)",
        "beleid wijzigen op vgb is",
    ),
    "een beleid erbij": (
        "CREATE POLICY erbij ON vgb FOR SELECT TO pleegzicht_app USING (true)",
        "beleid erbij op vgb hoort er niet te zijn",
    ),
    "een beleid minder": ("DROP POLICY reservekopie ON vgb", "beleid reservekopie op vgb ontbreekt"),
    "een beleid voor een ander": ("ALTER POLICY beheren ON vgb TO pleegzicht_app", "beleid beheren op vgb is"),
    "een recht erbij": (
        "GRANT DELETE ON wijziging TO pleegzicht_app",
        "recht pleegzicht_app op wijziging is DELETE",
    ),
    "een recht op een kolom": (
        "GRANT UPDATE (bsn_index) ON pleegkind TO pleegzicht_app",
        "recht pleegzicht_app op pleegkind.bsn_index hoort er niet te zijn (UPDATE)",
    ),
    "een recht minder": ("REVOKE INSERT ON inzage FROM pleegzicht_app", "recht pleegzicht_app op inzage is SELECT"),
    "iets voor iedereen": ("GRANT SELECT ON vgb TO PUBLIC", "recht iedereen op vgb hoort er niet te zijn (SELECT)"),
    "een recht op een maand": (
        "GRANT SELECT ON inzage_overig TO pleegzicht_app",
        "recht pleegzicht_app op inzage_[maand] hoort er niet te zijn",
    ),
    "maken in het schema": (
        "GRANT CREATE ON SCHEMA public TO pleegzicht_app",
        "recht pleegzicht_app op schema public is CREATE USAGE",
    ),
    "een functie voor iedereen": (
        "GRANT EXECUTE ON FUNCTION bewaak_versie() TO PUBLIC",
        "recht iedereen op functie bewaak_versie hoort er niet te zijn",
    ),
    "ruimere rechten op wat nog komt": (
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pleegzicht_app",
        "recht pleegzicht_app op elk nieuw object r hoort er niet te zijn",
    ),
    "de bewaking van overlap weg": (
        "ALTER TABLE plaatsing_bezetting DROP CONSTRAINT ex_plaatsing_bezetting_overlap",
        "regel ex_plaatsing_bezetting_overlap op plaatsing_bezetting ontbreekt",
    ),
    "een regel weg": (
        "ALTER TABLE vastlegteller DROP CONSTRAINT pk_vastlegteller",
        "regel pk_vastlegteller op vastlegteller ontbreekt",
    ),
    "een rol die rijbeveiliging overslaat": (
        "ALTER ROLE pleegzicht_app BYPASSRLS",
        "rol pleegzicht_app is bestaat slaat rijbeveiliging over",
    ),
    "een rol in een andere": (
        "GRANT pleegzicht_migratie TO pleegzicht_app",
        "rol pleegzicht_app is bestaat lid van pleegzicht_migratie",
    ),
    "een tabel van de applicatie": (
        "ALTER TABLE vgb OWNER TO pleegzicht_app",
        "rol pleegzicht_app is bestaat bezit tabellen",
    ),
    "een view": ("CREATE VIEW kijk AS SELECT * FROM pleegkind", "weergave kijk hoort er niet te zijn"),
    "een view in een ander schema": (
        "CREATE SCHEMA elders; CREATE VIEW elders.kijk AS SELECT p.* FROM pleegkind p, vgb",
        "weergave elders.kijk hoort er niet te zijn (leest pleegkind vgb)",
    ),
    "een functie van de eigenaar in een ander schema": (
        """CREATE SCHEMA elders; CREATE FUNCTION elders.kijk() RETURNS SETOF pleegkind SECURITY DEFINER LANGUAGE sql
        AS 'SELECT * FROM public.pleegkind'""",
        "functie elders.kijk hoort er niet te zijn (met de rechten van wie onze tabellen bezit)",
    ),
    "een kolom die leeg mag blijven": (
        "ALTER TABLE kindgesprek ALTER COLUMN datum DROP NOT NULL",
        "verplicht kindgesprek.datum ontbreekt",
    ),
    "een herschrijving": (
        "CREATE RULE stil AS ON DELETE TO vgb DO INSTEAD NOTHING",
        "herschrijving stil op vgb hoort er niet te zijn",
    ),
    "triggers uit in elke sessie": (
        "ALTER ROLE pleegzicht_app SET session_replication_role = replica",
        "instelling session_replication_role van een rol of database hoort er niet te zijn (replica)",
    ),
    "triggers uit in deze sessie": (
        "SET LOCAL session_replication_role = replica",
        "instelling session_replication_role is replica, en hoort te zijn: origin",
    ),
}


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """Yield a connection of the owner; whatever it does to the catalog is undone."""
    owner = sessions.make_engine(database_url, role=None)
    with owner.connect() as connection:
        yield connection
        connection.rollback()
    owner.dispose()


@contextmanager
def _as_the_application(connection: Connection) -> Iterator[None]:
    """Read as the login of the service does, which owns nothing."""
    connection.execute(text("SET LOCAL ROLE pleegzicht_app"))
    yield
    connection.execute(text("RESET ROLE"))


def test_what_the_migrations_made_stands(connection: Connection) -> None:
    with _as_the_application(connection):
        assert check_bescherming(connection) == ()


@pytest.mark.parametrize("wat", UITGEZET)
def test_what_is_switched_off_is_said(connection: Connection, wat: str) -> None:
    statements, line = UITGEZET[wat]
    for statement in statements.split(";\n"):
        connection.execute(text(statement))
    with _as_the_application(connection):
        found = check_bescherming(connection)
    assert any(one.startswith(f"Bescherming: {line}") for one in found), found
    assert all("\n" not in one for one in found)


#: what a dump says of every list of words, and so what a database that came from one holds
AS_A_DUMP = """
DO $$ DECLARE regel record; BEGIN
    FOR regel IN SELECT conrelid::regclass AS tabel, conname, pg_get_constraintdef(oid) AS tekst FROM pg_constraint
        WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND coninhcount = 0
            AND pg_get_constraintdef(oid) LIKE '%character varying%'
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %2$I %s', regel.tabel, regel.conname,
        regel.tekst); END LOOP;
END $$
"""


def test_what_came_from_a_dump_stands(connection: Connection) -> None:
    """PostgreSQL casts each word of a list then, where it cast the list before; a word that is gone is still seen."""
    connection.execute(text(AS_A_DUMP))
    assert [*compare_bescherming(read_bescherming(connection), wanted())] == []
    connection.exec_driver_sql("""
        ALTER TABLE bericht DROP CONSTRAINT ck_bericht_afloop, ADD CONSTRAINT ck_bericht_afloop
        CHECK (((afloop)::text = ANY (ARRAY[('geadresseerd'::character varying)::text])))
    """)
    (found,) = compare_bescherming(read_bescherming(connection), wanted())
    assert found.startswith("Bescherming: regel ck_bericht_afloop op bericht is CHECK")


def test_nothing_of_the_home_can_be_missing_unseen(connection: Connection) -> None:
    """Every line of it: not there, and otherwise."""
    found = read_bescherming(connection)
    assert len(wanted()) > 1000
    assert [*compare_bescherming(found, wanted())] == []
    assert len([*compare_bescherming({}, wanted())]) == len(wanted())
    assert len([*compare_bescherming(dict.fromkeys(found, "anders"), wanted())]) == len(wanted())


def test_the_head_of_the_order_is_proved(session: Session, organisatie: Organisatie) -> None:
    act_for(session, Namens(organisatie.id))
    recording = begin_recording(session, organisatie.id, datetime(2026, 9, 1, 9, tzinfo=UTC), None)
    record_feit(recording, Pleeggezin, {"naam": "De Wit", "soort": GezinSoort.BESTAND})
    session.flush()
    assert [*check_kop(session, organisatie.id)] == []
    head = update(Vastlegteller).where(Vastlegteller.organisatie_id == organisatie.id)
    session.execute(head.values(volgorde=0))
    assert [*check_kop(session, organisatie.id)] == [
        "De teller van het vastleggen (vastlegteller) staat op 0, en er is al een feit 1."
    ]
    session.execute(head.values(volgorde=1, laatst_op=datetime(2020, 1, 1, tzinfo=UTC)))
    assert [*check_kop(session, organisatie.id)] == [
        "De teller van het vastleggen (vastlegteller) loopt achter: er is een feit dat later is vastgelegd."
    ]


def test_an_organisatie_without_a_head_is_said(session: Session) -> None:
    act_for(session, Namens(-1))
    (found,) = check_kop(session, -1)
    assert found.startswith("De teller van het vastleggen (vastlegteller) ontbreekt")


def test_it_is_counted_with_what_is_wrong(engine: Engine) -> None:
    """One organisatie or none: the protection is asked about once."""
    own = create_migrated(f"pleegzicht_bescherming_{uuid4().hex[:8]}")
    reader, owner = sessions.make_engine(own, long_work=True), sessions.make_engine(own, role=None)
    assert verify(reader, [], None).afwijkingen == ()
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE plaatsing_bezetting DROP CONSTRAINT ex_plaatsing_bezetting_overlap"))
    found = verify(reader, [], None)
    assert [one.partition(" op ")[0] for one in found.afwijkingen] == [
        "Bescherming: regel ex_plaatsing_bezetting_overlap",
        "Bescherming: uniek ex_plaatsing_bezetting_overlap",
    ]
    assert str(found).endswith(" 2 afwijkingen")
    reader.dispose()
    owner.dispose()
