r"""How a table is captured in the change log, as every migration since 0007 does it.

A migration that makes a table calls ``capture``; one that adds a column calls it again with the whole list, and then
``record_standing`` when the column has a value in rows that were there. ``tests/migrations/test_wijzigingen.py`` fails
on a table or a column that was forgotten.

What is written (``docs/beveiliging-sporen.md`` has the same for who writes a verifier of their own):

- ``na`` holds every column but ``id``, ``organisatie_id``, ``uid`` (columns of the entry itself) and ``feit_id`` (which
  follows from two others); a column that is NULL is left out; JSON is held as its text.
- A hidden column is held as ``{"sha256": hex of SHA-256 of the salt's 36 characters and the text}``; an array as
  the text of its JSON, bytes as ``\x`` and their hex.
- ``voor`` holds what the columns were that differ, NULL included: of the row itself, or for a later version of a fact
  of the version that it replaces. Of a row that was removed it holds everything.
- ``digest`` is the SHA-256 of ``ENTRY`` below.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alembic import op

#: columns that are no part of the content: they stand in the entry itself, or follow from others
APART = ("id", "organisatie_id", "uid", "feit_id")
SETTINGS = "SET search_path = pg_catalog, public SET timezone = 'UTC'"
ENTRY = """sha256(convert_to(jsonb_build_array(
                'wijziging/1', w.organisatie_id, w.tabel, w.rij_id, w.uid, w.pleegkind_id, w.handeling, w.zout, w.voor,
                w.na)::text, 'UTF8'))"""


@dataclass(frozen=True, slots=True)
class Captured:
    """How one table is captured.

    Attributes:
        table: its name.
        plain: columns whose values may be read in the log: keys, dates, yes and no, codes of a closed list.
        hidden: free text and whatever says who somebody is, kept as a salted digest.
        json: columns of type jsonb among ``plain`` and ``hidden``.
        binary: columns of type bytea among ``hidden``.
        arrays: columns of an array type among ``hidden``.
        kind: SQL that gives the feit_id of the child that row ``r`` is about.
        tenant: the column with its organisatie.
        uid: whether it has a uid.
        versions: whether its rows are versions of facts.
    """

    table: str
    plain: Sequence[str]
    hidden: Sequence[str] = ()
    json: Sequence[str] = ()
    binary: Sequence[str] = ()
    arrays: Sequence[str] = ()
    kind: str = "NULL::bigint"
    tenant: str = "organisatie_id"
    uid: bool = True
    versions: bool = False

    def content(self, row: str, salt: str) -> str:
        """Return the SQL of what a row says, NULL included."""
        pairs = [f"'{name}', {row}.{name}" + ("::text" if name in self.json else "") for name in self.plain]
        pairs += [f"'{name}', {self._hide(row, name, salt)}" for name in self.hidden]
        return f"jsonb_build_object({', '.join(pairs)})"

    def _hide(self, row: str, name: str, salt: str) -> str:
        text = f"{row}.{name}"
        if name in self.binary:
            text = f"('\\x' || encode({text}, 'hex'))"
        elif name in self.arrays:
            text = f"to_jsonb({text})::text"
        elif name in self.json:
            text = f"{text}::text"
        digest = f"encode(sha256(convert_to({salt}::text || {text}, 'UTF8')), 'hex')"
        return f"CASE WHEN {row}.{name} IS NOT NULL THEN jsonb_build_object('sha256', {digest}) END"

    def keys(self, row: str) -> str:
        """Return the SQL of the columns that say which row it is and whose."""
        uid = f"{row}.uid" if self.uid else "NULL::uuid"
        kind = self.kind.replace("r.", f"{row}.")
        return f"{row}.{self.tenant} AS organisatie_id, {row}.id AS rij_id, {uid} AS uid, {kind} AS pleegkind_id"


def capture(table: Captured) -> None:
    """Let every statement that writes to a table write to the change log too, in the same transaction."""
    name = f"wijziging_van_{table.table}"
    op.execute(_function(name, table))
    for event, kinds in {
        "INSERT": "NEW TABLE AS nieuw",
        "UPDATE": "OLD TABLE AS oud NEW TABLE AS nieuw",
        "DELETE": "OLD TABLE AS oud",
    }.items():
        op.execute(
            f"CREATE OR REPLACE TRIGGER leg_wijziging_vast_{event.lower()} AFTER {event} ON {table.table} "
            f"REFERENCING {kinds} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def release(table: str) -> None:
    """Undo ``capture``."""
    for event in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER leg_wijziging_vast_{event} ON {table}")
    op.execute(f"DROP FUNCTION wijziging_van_{table}()")


def record_standing(table: Captured, handeling: str, reden: str) -> None:
    """Write what every row of a table says now: for what was there before the log, or before a column.

    Args:
        table: the table.
        handeling: ``toegevoegd`` for rows that the log does not know, else ``gewijzigd``.
        reden: shown as why.
    """
    op.execute(f"SELECT set_config('pleegzicht.reden', '{reden}', true)")
    # One transaction of the log for each organisatie, whose rows row-level security shows to its owner.
    op.execute("SET timezone = 'UTC'")
    op.execute(_write(_added(table, table.table, f"'{handeling}'", voor="NULL::jsonb"), table, table.table))
    op.execute("SELECT set_config('pleegzicht.reden', '', true)")


def _function(name: str, table: Captured) -> str:
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {SETTINGS} AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {_write(_added(table, "nieuw", _insert_kind(table)), table, "nieuw")};
    ELSIF TG_OP = 'UPDATE' THEN
        {_write(_changed(table), table)};
    ELSE
        {_write(_removed(table), table, "oud")};
    END IF;
    RETURN NULL;
END
$$
"""


def _insert_kind(table: Captured) -> str:
    return "CASE WHEN r.versie > 1 THEN 'gewijzigd' ELSE 'toegevoegd' END" if table.versions else "'toegevoegd'"


def _write(entries: str, table: Captured, source: str | None = None) -> str:
    """Return the statement that writes entries.

    OFFSET 0 keeps each salt and each content from being made twice. Whose they are is read from ``source`` where every
    row of it gives an entry, so that the entries of a load of many rows are not kept twice.
    """
    tenants = f"SELECT DISTINCT s.{table.tenant} AS organisatie_id FROM {source} s"
    return f"""INSERT INTO public.wijziging
            (organisatie_id, pakket_id, tabel, rij_id, uid, pleegkind_id, handeling, zout, voor, na, digest)
        WITH w AS {"NOT" if source else ""} MATERIALIZED ({entries}),
        pakket AS MATERIALIZED (
            SELECT o.organisatie_id, public.wijzigingspakket_van(o.organisatie_id) AS id
            FROM ({tenants if source else "SELECT DISTINCT w.organisatie_id FROM w"}) o
        )
        SELECT w.organisatie_id, p.id, w.tabel, w.rij_id, w.uid, w.pleegkind_id, w.handeling, w.zout, w.voor, w.na,
               {ENTRY}
        FROM w JOIN pakket p ON p.organisatie_id = w.organisatie_id"""


def _added(table: Captured, source: str, handeling: str, voor: str | None = None) -> str:
    before = voor or _replaced(table)
    return f"""
            SELECT x.*, jsonb_strip_nulls(x.inhoud) AS na, {before} AS voor FROM (
                SELECT {table.keys("r")}, '{table.table}' AS tabel, {handeling} AS handeling, r.zout,
                       {table.content("r", "r.zout")} AS inhoud{", r.vervangt_id" if table.versions else ""}
                FROM (SELECT n.*, gen_random_uuid() AS zout FROM {source} n OFFSET 0) r OFFSET 0
            ) x"""


def _replaced(table: Captured) -> str:
    """Return the SQL of what the version said that row ``x`` replaces, where it differs."""
    if not table.versions:
        return "NULL::jsonb"
    earlier = f"SELECT {table.content('v', 'x.zout')} FROM public.{table.table} v WHERE v.id = x.vervangt_id"
    return f"CASE WHEN x.vervangt_id IS NOT NULL THEN public.wijziging_verschil(({earlier}), x.inhoud) END"


def _changed(table: Captured) -> str:
    return f"""
            SELECT * FROM (
                SELECT x.*, jsonb_strip_nulls(x.inhoud) AS na, public.wijziging_verschil(x.eerder, x.inhoud) AS voor
                FROM (
                    SELECT {table.keys("r")}, '{table.table}' AS tabel, 'gewijzigd' AS handeling, s.zout,
                           {table.content("o", "s.zout")} AS eerder, {table.content("r", "s.zout")} AS inhoud,
                           o.{table.tenant} AS van_organisatie
                    FROM (SELECT n.id, gen_random_uuid() AS zout FROM nieuw n OFFSET 0) s
                    JOIN nieuw r ON r.id = s.id JOIN oud o ON o.id = r.id OFFSET 0
                ) x OFFSET 0
            ) y WHERE y.voor IS NOT NULL OR y.van_organisatie IS DISTINCT FROM y.organisatie_id"""


def _removed(table: Captured) -> str:
    return f"""
            SELECT {table.keys("r")}, '{table.table}' AS tabel, 'verwijderd' AS handeling, r.zout,
                   jsonb_strip_nulls({table.content("r", "r.zout")}) AS voor, NULL::jsonb AS na
            FROM (SELECT o.*, gen_random_uuid() AS zout FROM oud o OFFSET 0) r"""
