"""What PostgreSQL's planner knows of our tables: counted as the schema changed, in and after a load, and hourly.

PostgreSQL counts by itself too, but a table only after fifty changes, and never what is made of parts. A young
installation stays below that for weeks, and its lists are read by plans made for tables without a row. Only the
owner of a table may count it.
"""

from sqlalchemy import Engine, TextClause, text
from sqlalchemy.orm import Session

from app.db.sessions import make_engine

#: what this login may count; parts are counted with the whole
_OURS = """
SELECT c.oid, c.oid::regclass::text AS naam, c.reltuples
FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
  AND pg_has_role(c.relowner, 'USAGE')
"""
_ALL = text(f"SELECT naam FROM ({_OURS}) ours ORDER BY naam")  # noqa: S608 — ours
#: never counted, or a tenth is different since: what PostgreSQL does from fifty rows on. A part that it counted is no
#: change any more, but has other rows than the whole knows of
_CHANGED = text(f"""
WITH ours AS ({_OURS}), deel AS (
    SELECT ours.oid, ours.naam, ours.reltuples, p.relid
    FROM ours LEFT JOIN LATERAL pg_partition_tree(ours.oid) p ON p.isleaf
)
SELECT d.naam FROM deel d JOIN pg_class c ON c.oid = coalesce(d.relid, d.oid)
GROUP BY d.naam, d.reltuples
HAVING d.reltuples < 0
    OR sum(coalesce(pg_stat_get_mod_since_analyze(c.oid), 0)) + abs(sum(greatest(c.reltuples, 0)) - d.reltuples)
       > d.reltuples / 10
ORDER BY d.naam
""")  # noqa: S608 — ours

#: rows of a table that is planned for well enough without being counted, and from there how many times as many
_FEW, _GROWN = 1000, 4
_COUNTED = "pleegzicht.geteld"
# A tenth of what is looked at otherwise: enough to tell one fact from a whole organisatie, and more comes at the end.
_COUNTING = (
    'SET LOCAL ROLE NONE; SET LOCAL default_statistics_target = 10; ANALYZE (SKIP_LOCKED) "{tabel}"; '
    "RESET default_statistics_target; RESET ROLE"
)

#: who counts a table holds this lock on it until its transaction ends; nothing else in a load takes it. Who may not
#: count it now may not at the next rows either
_IS_DONE = text("""
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE pid = pg_backend_pid() AND relation = c.oid AND mode = 'ShareUpdateExclusiveLock'
) OR NOT pg_has_role(session_user, c.relowner, 'USAGE')
FROM pg_class c WHERE c.oid = CAST(:tabel AS regclass)
""")


def count_within(session: Session, tabel: str, added: int) -> None:
    """Count a table within the transaction that fills it, each time that it has become several times as large.

    What looks things up for each new row (the change log, the checks of references) is planned while nobody else can
    see that there is anything. Without a count an index of all rows of the organisatie looks as good as that of one
    fact, and each row then reads all that came before it. How many rows a table had before does not count: what
    PostgreSQL knows of that outlives a load that was undone, and what it knows of their values does not.

    Args:
        session: that has just added rows. Nothing is counted by a login that does not own the table; while another load
            that counted it goes on, it is tried again at the next rows.
        tabel: its name.
        added: how many.
    """
    counted = _counted_in(session)
    due, rows = counted.get(tabel, (_FEW, 0))
    rows += added
    if rows >= due:
        session.execute(text(_COUNTING.format(tabel=tabel)))
        if session.execute(_IS_DONE, {"tabel": tabel}).scalar_one():
            due = rows * _GROWN
    counted[tabel] = (due, rows)


def _counted_in(session: Session) -> dict[str, tuple[int, int]]:
    """Return of each table when it is due, in rows, and how many came: in this transaction, and no earlier one."""
    transaction, known = session.get_transaction(), session.info.get(_COUNTED)
    if known is None or known[0] is not transaction:
        known = session.info[_COUNTED] = (transaction, {})
    counted: dict[str, tuple[int, int]] = known[1]
    return counted


def refresh_statistics(engine: Engine) -> list[str]:
    """Count every table of ours, and return their names.

    Until then a list of sixty children may take longer than a request has.

    Args:
        engine: on the database; the login of its connections counts.
    """
    return _count(engine, _ALL)


def refresh_changed(engine: Engine) -> list[str]:
    """Count the tables of ours that were never counted or have become another, and return their names.

    Args:
        engine: on the database; the login of its connections counts.
    """
    return _count(engine, _CHANGED)


def _count(engine: Engine, which: TextClause) -> list[str]:
    """Count, each table in a transaction of its own; one that is held by somebody else waits for the next time."""
    url = engine.url.render_as_string(hide_password=False)
    owner = make_engine(url, role=None, long_work=True, pool_size=1, autocommit=True)
    try:
        with owner.connect() as connection:
            names = list(connection.scalars(which))
            if names:
                connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {', '.join(names)}")
            return names
    finally:
        owner.dispose()
