"""What the database needs from time to time: months of the access log, what is old forgotten, tables counted.

Asks for the owner of the tables: the application's role owns nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine, text

from app.clock import civil_date
from app.db.statistics import refresh_changed
from app.norms.calendar import add_months
from app.queries.concepten import BEWAARD
from app.queries.kwartaaltoetsen import opdrachten

#: how far ahead; ``_overig`` takes what comes later still, so a forgotten run loses nothing
MAANDEN_VOORUIT = 24
#: [keuze] how long the answer to an Idempotency-Key is kept: longer than any client goes on trying
ANTWOORDEN = timedelta(days=30)
#: [keuze] how long it can be looked up that somebody was written to
BERICHTEN = timedelta(days=90)
LOGBOEKEN = ("inzage", "inzage_afloop")

_EXISTS = text("SELECT to_regclass(:naam) IS NOT NULL")
_FORGET = text("DELETE FROM idempotentie WHERE aangemaakt_op < :voor")
_FORGET_CONCEPTEN = text("DELETE FROM concept WHERE bewaard_op <= :voor")
_FORGET_TOETSOPDRACHTEN = text("DELETE FROM toetsopdracht WHERE geeindigd_op <= :voor")
#: first to whom they went, of those where nothing is open or recent; then the messages that nothing hangs on any more
_FORGET_BEZORGINGEN = text("""
DELETE FROM bezorging WHERE bericht_id IN (
    SELECT bericht_id FROM bezorging GROUP BY bericht_id
    HAVING bool_and(afgehandeld_op IS NOT NULL) AND max(afgehandeld_op) < :voor)
""")
_FORGET_BERICHTEN = text("""
DELETE FROM bericht b
WHERE b.afgehandeld_op < :voor AND NOT EXISTS (SELECT FROM bezorging z WHERE z.bericht_id = b.id)
""")


@dataclass(frozen=True, slots=True)
class Onderhouden:
    """What was done, in counts: months made; answers, concepten, messages and orders of audits forgotten."""

    maanden: int
    antwoorden: int
    concepten: int
    berichten: int
    toetsopdrachten: int

    @property
    def verwijderd(self) -> int:
        """How many rows are gone."""
        return self.antwoorden + self.concepten + self.berichten + self.toetsopdrachten


def maintain(engine: Engine, nu: datetime) -> Onderhouden:
    """Do all of it, and return what was done; what changed most is counted last, for the planner.

    Args:
        engine: of the owner.
        nu: the instant.
    """
    done = Onderhouden(
        maanden=len(make_months(engine, civil_date(nu))),
        antwoorden=forget_answers(engine, nu),
        concepten=forget_concepten(engine, nu),
        berichten=forget_berichten(engine, nu),
        toetsopdrachten=forget_toetsopdrachten(engine, nu),
    )
    refresh_changed(engine)
    return done


def make_months(engine: Engine, vandaag: date, maanden: int = MAANDEN_VOORUIT) -> Sequence[str]:
    """Make the months of the access log that are not there yet, and return the names of those that were made.

    What already lay in ``_overig`` because nobody made its month moves to its place, unchanged.

    Args:
        engine: of the owner.
        vandaag: the civil date.
        maanden: how many months ahead.
    """
    first = vandaag.replace(day=1)
    with engine.begin() as connection:
        missing = missing_months(connection, [add_months(first, step) for step in range(maanden + 1)])
        for table, name, month in missing:
            _make(connection, table, name, month)
    return [name for _, name, _ in missing]


def missing_months(connection: Connection, months: Sequence[date]) -> Sequence[tuple[str, str, date]]:
    """Return the table, the name of the part and the month, for each month that the access log does not have yet.

    Args:
        connection: of the owner.
        months: the first day of each.
    """
    wanted = [(table, f"{table}_{month:%Y_%m}", month) for table in LOGBOEKEN for month in months]
    return [part for part in wanted if not connection.execute(_EXISTS, {"naam": f"public.{part[1]}"}).scalar_one()]


def forget_answers(engine: Engine, nu: datetime) -> int:
    """Remove answers that were kept to be repeated and are older than ``ANTWOORDEN``, and return how many.

    Args:
        engine: of the owner.
        nu: the instant.
    """
    with engine.begin() as connection:
        return connection.execute(_FORGET, {"voor": nu - ANTWOORDEN}).rowcount


def forget_concepten(engine: Engine, nu: datetime) -> int:
    """Remove what was typed, not sent, and not touched for longer than it is kept; return how many there were.

    Nobody is shown these any more; who comes back to type removes their own.

    Args:
        engine: of the owner.
        nu: the instant.
    """
    with engine.begin() as connection:
        return connection.execute(_FORGET_CONCEPTEN, {"voor": nu - BEWAARD}).rowcount


def forget_berichten(engine: Engine, nu: datetime) -> int:
    """Remove messages of which it was long ago decided what became of them, and return how many.

    Args:
        engine: of the owner.
        nu: the instant.
    """
    with engine.begin() as connection:
        connection.execute(_FORGET_BEZORGINGEN, {"voor": nu - BERICHTEN})
        return connection.execute(_FORGET_BERICHTEN, {"voor": nu - BERICHTEN}).rowcount


def forget_toetsopdrachten(engine: Engine, nu: datetime) -> int:
    """Remove what was made of audits longer ago than it is kept, the files with it, and return how many there were.

    Args:
        engine: of the owner.
        nu: the instant.
    """
    with engine.begin() as connection:
        return connection.execute(_FORGET_TOETSOPDRACHTEN, {"voor": nu - opdrachten.BEWAARD}).rowcount


def _make(connection: Connection, table: str, name: str, month: date) -> None:
    """Make one month; a partition's bounds take no parameters, and all of these are ours."""
    begin, end = f"'{month} 00:00+00'", f"'{add_months(month, 1)} 00:00+00'"
    connection.exec_driver_sql(f"CREATE TABLE public.{name} (LIKE public.{table} INCLUDING ALL EXCLUDING INDEXES)")
    connection.exec_driver_sql(
        f"WITH los AS (DELETE FROM public.{table}_overig WHERE op >= {begin} AND op < {end} RETURNING *) "  # noqa: S608 — ours, see above
        f"INSERT INTO public.{name} SELECT * FROM los"
    )
    connection.exec_driver_sql(
        f"ALTER TABLE public.{table} ATTACH PARTITION public.{name} FOR VALUES FROM ({begin}) TO ({end})"
    )
