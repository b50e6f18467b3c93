"""The catalog of the database is what was reviewed, and whatever weakens the second wall is seen."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from app.db import sessions
from app.models import Base
from migrations.bevroren.beveiliging import OWN
from tests.models.catalogus import FUNCTIES, ROLLEN, differences, found, reviewed

PLANTED = {
    "een nieuwe tabel zonder protect()": (
        "CREATE TABLE geheim (id bigint, organisatie_id bigint)",
        ["tabel geheim is niet beoordeeld"],
    ),
    "een nieuw recht om leeg te maken": (
        "GRANT TRUNCATE ON pleegkind TO pleegzicht_app",
        ["tabel pleegkind, app: lezen toevoegen legen in plaats van lezen toevoegen"],
    ),
    "een recht om te wijzigen": (
        "GRANT UPDATE (bsn_index) ON pleegkind TO pleegzicht_app",
        ["tabel pleegkind, app: lezen toevoegen; wijzigen alleen bsn_index in plaats van lezen toevoegen"],
    ),
    "een naam voor de inspectie": (
        "GRANT SELECT (roepnaam) ON pleegkind TO pleegzicht_inzage",
        ["tabel pleegkind, inzage: lezen per kolom, zonder achternaam bsn_versleuteld bsn_index"],
    ),
    "iets voor iedereen": ("GRANT SELECT ON vgb TO PUBLIC", ["tabel vgb, anderen: PUBLIC in plaats van niets"]),
    "een recht op een maand": (
        "GRANT SELECT ON inzage_overig TO pleegzicht_app",
        ["maand inzage_overig: pleegzicht_app heeft SELECT"],
    ),
    "rijbeveiliging uit": (
        "ALTER TABLE vgb DISABLE ROW LEVEL SECURITY",
        ["tabel vgb, rls: uit in plaats van gedwongen", "tabel vgb: anders dan gewoon, zonder waarom"],
    ),
    "rijbeveiliging niet voor de eigenaar": (
        "ALTER TABLE vgb NO FORCE ROW LEVEL SECURITY",
        ["tabel vgb, rls: niet gedwongen in plaats van gedwongen"],
    ),
    "een ruimer beleid": (
        "ALTER POLICY zien ON vgb USING (true)",
        ["tabel vgb, beleid: zien: alles in plaats van eigen"],
    ),
    "een uitzondering op het beleid": (
        f"ALTER POLICY wijzigen ON vgb USING ({OWN} OR versie > 9)",
        ["tabel vgb, beleid: wijzigen: eigen en meer in plaats van eigen"],
    ),
    "een beleid erbij": (
        "CREATE POLICY erbij ON vgb FOR SELECT TO pleegzicht_app USING (true)",
        ["tabel vgb, beleid: erbij: onbekend in plaats van eigen"],
    ),
    "een beleid minder": (
        "DROP POLICY reservekopie ON vgb",
        ["tabel vgb, beleid: reservekopie: ontbreekt in plaats van eigen"],
    ),
    "een beleid voor een ander": (
        "ALTER POLICY beheren ON vgb TO pleegzicht_app",
        ["tabel vgb, beleid: beheren: andere rol of opdracht in plaats van eigen"],
    ),
    "een functie met de rechten van de eigenaar": (
        "CREATE FUNCTION stiekem() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog RETURN 1",
        ["functie stiekem is niet beoordeeld", "functie stiekem werkt met de rechten van de eigenaar"],
    ),
    "een bekende functie met die rechten": (
        "ALTER FUNCTION bewaak_versie() SECURITY DEFINER",
        ["functie bewaak_versie werkt met de rechten van de eigenaar"],
    ),
    "een functie die overal zoekt": (
        "ALTER FUNCTION bewaak_versie() RESET search_path",
        ["functie bewaak_versie heeft geen vast search_path"],
    ),
    "een functie voor iedereen": (
        "GRANT EXECUTE ON FUNCTION wijziging_verschil(jsonb, jsonb) TO PUBLIC",
        ["functie wijziging_verschil mag worden aangeroepen door PUBLIC pleegzicht_app"],
    ),
    "een view": ("CREATE VIEW kijk AS SELECT * FROM pleegkind", ["kijk leest met de rechten van de eigenaar"]),
    "een gevulde view": (
        "CREATE MATERIALIZED VIEW kijk AS SELECT * FROM pleegkind",
        ["kijk leest met de rechten van de eigenaar"],
    ),
    "een rol die rijbeveiliging overslaat": (
        "ALTER ROLE pleegzicht_app BYPASSRLS",
        ["rol pleegzicht_app heeft rolbypassrls"],
    ),
    "een rol die mag aanmelden": ("ALTER ROLE pleegzicht_inzage LOGIN", ["rol pleegzicht_inzage heeft rolcanlogin"]),
    "een rol in een andere": (
        "GRANT pleegzicht_migratie TO pleegzicht_app",
        ["rol pleegzicht_app is lid van pleegzicht_migratie"],
    ),
    "een tabel van de applicatie": (
        "ALTER TABLE vgb OWNER TO pleegzicht_app",
        ["rol pleegzicht_app bezit"],
    ),
    "ruimere rechten op wat nog komt": (
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pleegzicht_app",
        ["standaardrechten:"],
    ),
    "nieuwe functies voor iedereen": (
        "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
        ["standaardrechten:"],
    ),
    "een trigger uit": (
        "ALTER TABLE pleegkind DISABLE TRIGGER bewaak_versie",
        ["trigger bewaak_versie op pleegkind staat niet gewoon aan"],
    ),
    "een ander schema": ("CREATE SCHEMA elders", ["schema elders"]),
    "maken in het schema": (
        "GRANT CREATE ON SCHEMA public TO pleegzicht_app",
        ["pleegzicht_app mag CREATE op schema public"],
    ),
    "een regel": (
        "CREATE RULE stil AS ON DELETE TO vgb DO INSTEAD NOTHING",
        ["regel stil op vgb"],
    ),
    "een instelling van een rol": (
        "ALTER ROLE pleegzicht_app SET row_security = off",
        ["rol pleegzicht_app heeft eigen instellingen"],
    ),
}


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """Yield a connection of the owner; whatever it does to the catalog is undone."""
    owner: Engine = sessions.make_engine(database_url, role=None)
    with owner.connect() as connection:
        yield connection
        connection.rollback()
    owner.dispose()


def test_everything_is_as_it_was_reviewed(connection: Connection) -> None:
    assert differences(connection) == []


def test_every_table_of_the_models_is_in_it(connection: Connection) -> None:
    assert set(found(connection)) == set(Base.metadata.tables) | {"alembic_version"} == set(reviewed())


@pytest.mark.parametrize("wat", PLANTED)
def test_a_planted_fault_is_seen(connection: Connection, wat: str) -> None:
    statement, expected = PLANTED[wat]
    connection.execute(text(statement))
    seen = differences(connection)
    for one in expected:
        assert any(line.startswith(one) for line in seen), seen


def test_a_view_that_asks_as_who_reads_is_none(connection: Connection) -> None:
    connection.execute(text("CREATE VIEW kijk WITH (security_invoker = true) AS SELECT * FROM pleegkind"))
    assert differences(connection) == []


def test_a_new_function_is_nobodys(connection: Connection) -> None:
    make = "CREATE FUNCTION nieuw() RETURNS int LANGUAGE sql SET search_path = pg_catalog AS 'SELECT 1'"
    connection.execute(text(make))
    assert differences(connection) == ["functie nieuw is niet beoordeeld"]


def test_the_roles_and_functions_that_were_reviewed_are_there(connection: Connection) -> None:
    """A list that names what is gone no longer says anything."""
    functions = set(connection.scalars(text("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace")))
    assert set(FUNCTIES) <= functions
    roles = text("SELECT rolname FROM pg_roles WHERE rolname LIKE 'pleegzicht%'")
    assert set(ROLLEN) <= set(connection.scalars(roles))
