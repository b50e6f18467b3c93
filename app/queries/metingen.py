"""What the database tells a monitoring server: instants and counts over the whole installation, never of whom."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, text

from app.queries.archief import read_archief
from app.queries.berichten import read_waiting
from app.queries.kwartaaltoetsen.opdrachten import read_opdrachtenrij
from app.terms import Taaknaam

#: name of a metric → what it means, and one number; NULL is left out
_NUMBERS: Mapping[str, tuple[str, str]] = {
    "pleegzicht_seal_oldest_timestamp_seconds": (
        "When the organisatie that was sealed longest ago was sealed; 0 when one never was.",
        """
        SELECT extract(epoch FROM min(coalesce(op, 'epoch')))
        FROM (SELECT (SELECT max(z.op) FROM zegel z WHERE z.organisatie_id = o.id) AS op FROM organisatie o) laatste
        """,
    ),
    "pleegzicht_drift_found": (
        "Stored deadlines that the rule does not give, at the last check.",
        "SELECT coalesce(sum(bevindingen), 0) FROM taakstand WHERE taak = 'controleer'",
    ),
    "pleegzicht_verification_faults": (
        "What of the traces did not add up, at the last verification.",
        "SELECT coalesce(sum(bevindingen), 0) FROM taakstand WHERE taak = 'verifieer'",
    ),
}
_JOBS = text("""
SELECT k.taak, extract(epoch FROM min(coalesce(gelukt_op, 'epoch'))), count(*) FILTER (WHERE geeindigd_op IS NOT NULL
    AND gelukt_op IS DISTINCT FROM begonnen_op)
FROM organisatie o CROSS JOIN unnest(CAST(:taken AS text[])) k(taak)
LEFT JOIN taakstand t ON t.organisatie_id = o.id AND t.taak = k.taak GROUP BY k.taak
""")
_PATIENCE = text("SET LOCAL statement_timeout = '5s'")


def read_numbers(connection: Connection, nu: datetime, *, mail: bool) -> Mapping[str, tuple[str, float]]:
    """Return by name of a metric what it means and what it is now.

    Args:
        connection: of the owner, who sees every organisatie.
        nu: the instant.
        mail: whether people are written to.
    """
    connection.execute(_PATIENCE)
    found = {name: (meaning, connection.scalar(text(sql))) for name, (meaning, sql) in _NUMBERS.items()}
    known = {name: (meaning, float(value)) for name, (meaning, value) in found.items() if value is not None}
    return {**known, **_read_archive(connection, nu), **_read_queues(connection, nu, mail=mail)}


def _read_archive(connection: Connection, nu: datetime) -> Mapping[str, tuple[str, float]]:
    archief = read_archief(connection)
    meaning = "For how long WAL does not get into the archive; 0 while it does."
    return {"pleegzicht_archive_stuck_seconds": (meaning, _age(archief.stuck_since, nu))} if archief.is_on else {}


def _read_queues(connection: Connection, nu: datetime, *, mail: bool) -> Mapping[str, tuple[str, float]]:
    """Return what lies and what was given up: the same as ``pleegzicht gezond`` looks at."""
    berichten, opdrachten = read_waiting(connection, nu, mail=mail), read_opdrachtenrij(connection, nu)
    return {
        "pleegzicht_message_oldest_undelivered_seconds": (
            "How long the oldest message waits that should have been delivered; 0 when none does.",
            _age(berichten.oudste, nu),
        ),
        "pleegzicht_messages_undeliverable": (
            "Messages to a person or an address that were given up in the last week.",
            berichten.onbezorgbaar,
        ),
        "pleegzicht_order_oldest_waiting_seconds": (
            "How long ago the oldest audit or file was asked for that is not made yet; 0 when none waits.",
            _age(opdrachten.oudste, nu),
        ),
        "pleegzicht_orders_failed": (
            "Audits and files that were given up in the last day.",
            opdrachten.mislukt,
        ),
    }


def _age(since: datetime | None, nu: datetime) -> float:
    return 0.0 if since is None else max(0.0, (nu - since).total_seconds())


def read_jobs(connection: Connection) -> Mapping[str, tuple[float, float]]:
    """Return by name of a job when it last succeeded where that is longest ago, and where it failed at the last try.

    The instant is 0 where it never did: of a job that nobody runs there is no other trace.

    Args:
        connection: of the owner.
    """
    return {taak: (float(at), float(failed)) for taak, at, failed in connection.execute(_JOBS, {"taken": [*Taaknaam]})}
