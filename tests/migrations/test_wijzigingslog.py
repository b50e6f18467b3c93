"""No table and no column is forgotten by the change log, and no free text gets into it."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from app.queries.wijzigingen.rijen import NIET_VASTGELEGD, VASTGELEGD

#: text that may be read in the log although no closed list bounds it: reviewed one by one
LEESBAAR = {
    "organisatie.code": "the name of an organisatie in files and commands",
    "organisatie.naam": "an organisatie is no person",
    "team.naam": "a team is no person",
    "teamwijziging.naam": "a team is no person",
    "belnummer.functie": "what somebody does, not who",
    "belnummer.uren": "when somebody answers",
    "webhook.adres": "where an organisatie is told, no person",
    "kwartaaltoets.kwartaal": "a check bounds its form",
    "kwartaaltoets.digest": "a digest",
    "publicatie.kwartaal": "of an audit, which bounds its form",
    "publicatie.organisatie_code": "the name of an organisatie in files and commands",
    "publicatie.organisatie_naam": "an organisatie is no person",
    "publicatie.digest": "a digest",
    "publicatie.cijfers_digest": "a digest",
    "extra_inzet.criteria": "codes of norms, which the audit writes",
    "extra_inzet_stap.feit_soort": "the name of a table",
    "uitzondering.normen": "a check bounds it to the codes of norms",
    "kindgesprek.aanwezigen": "a check bounds it to a closed list",
    "huisbezoek.aanwezigen": "a check bounds it to a closed list",
    "eigen_norm.parameters": "numbers by name",
    "vernietiging.pleegkind_nummer": "as every nummer",
    "samenvoeging.ander_nummer": "as every nummer",
    "vernietiging_stap.rijen": "names of tables and keys",
    "vernietiging_stap.wijzigingen": "keys and a digest",
    **{
        f"{table}.nummer": "the number of the source system, by which people know it without naming anybody"
        for table in VASTGELEGD
    },
}
APART = {"id", "organisatie_id", "uid", "feit_id"}

_TABLES = text("""
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
""")
_COLUMNS = text("""
SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), EXISTS (
    SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'c' AND c.conkey = ARRAY[a.attnum]
      AND pg_get_constraintdef(c.oid) LIKE '%ANY (%ARRAY[%')
FROM pg_attribute a WHERE a.attrelid = to_regclass(:tabel) AND a.attnum > 0 AND NOT a.attisdropped
""")
_SOURCE = text("SELECT prosrc FROM pg_proc WHERE proname = 'wijziging_van_' || :tabel")
_TRIGGERS = text("""
SELECT tgrelid::regclass::text, count(*) FROM pg_trigger
WHERE tgname LIKE 'leg\\_wijziging\\_vast\\_%' AND tgenabled = 'O' GROUP BY 1
""")


@pytest.fixture(scope="module")
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def captured(connection: Connection, tabel: str) -> dict[str, bool]:
    """Return each column that the log holds of a table, and whether it is hidden."""
    source = connection.execute(_SOURCE, {"tabel": tabel}).scalar_one()
    first = source[: source.index("ELSIF")]
    return {name: kind.startswith("CASE") for name, kind in re.findall(r"'(\w+)', (CASE|r\.)", first)}


def test_every_table_is_captured_or_excluded_for_a_reason(connection: Connection) -> None:
    tables = set(connection.scalars(_TABLES))
    assert tables == {*VASTGELEGD, *NIET_VASTGELEGD}
    assert not {*VASTGELEGD} & {*NIET_VASTGELEGD}
    assert all(len(reason) > 10 for reason in NIET_VASTGELEGD.values())


def test_every_captured_table_has_its_three_triggers(connection: Connection) -> None:
    assert dict(connection.execute(_TRIGGERS).all()) == dict.fromkeys(VASTGELEGD, 3)


@pytest.mark.parametrize("tabel", VASTGELEGD)
def test_every_column_is_captured(connection: Connection, tabel: str) -> None:
    columns = {name for name, *_ in connection.execute(_COLUMNS, {"tabel": tabel})}
    assert set(captured(connection, tabel)) == columns - APART


@pytest.mark.parametrize("tabel", VASTGELEGD)
def test_free_text_is_hidden(connection: Connection, tabel: str) -> None:
    hidden = captured(connection, tabel)
    for name, kind, closed in connection.execute(_COLUMNS, {"tabel": tabel}):
        textual = kind.startswith(("text", "character", "bytea", "json"))
        if name in APART or not textual or closed or f"{tabel}.{name}" in LEESBAAR:
            continue
        assert hidden[name], f"{tabel}.{name} is free text, or needs a reason in LEESBAAR"


def test_no_function_of_the_log_runs_as_somebody_else(connection: Connection) -> None:
    functions = text(
        "SELECT proname, prosecdef, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "AND (proname LIKE 'wijziging%' OR proname LIKE '%wijzigings%')"
    )
    found = connection.execute(functions).all()
    assert len(found) == len(VASTGELEGD) + 4
    for name, definer, settings in found:
        assert not definer, name
        assert any(setting.startswith("search_path=pg_catalog") for setting in settings), name
