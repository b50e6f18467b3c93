"""What the database tells a monitoring server: instants and counts over the whole installation, never of whom."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

#: name of a metric → what it means, and one number; NULL is left out
_NUMBERS: Mapping[str, tuple[str, str]] = {
    "pleegzicht_seal_oldest_timestamp_seconds": (
        "When the organisatie that was sealed longest ago was sealed; 0 when one never was.",
        """
        SELECT extract(epoch FROM min(coalesce(op, 'epoch')))
        FROM (SELECT (SELECT max(z.op) FROM zegel z WHERE z.organisatie_id = o.id) AS op FROM organisatie o) laatste
        """,
    ),
    "pleegzicht_message_oldest_undelivered_seconds": (
        "How long the oldest message waits that should have been delivered; 0 when none does.",
        """
        SELECT coalesce(extract(epoch FROM now() - min(b.vanaf)), 0) FROM bericht b
        WHERE b.vanaf <= now() AND (b.afloop IS NULL
            OR EXISTS (SELECT FROM bezorging z WHERE z.bericht_id = b.id AND z.afloop IS NULL))
        """,
    ),
    "pleegzicht_messages_undeliverable": (
        "Messages to a person that were given up in the last week.",
        "SELECT count(*) FROM bezorging WHERE afloop = 'onbezorgbaar' AND afgehandeld_op > now() - interval '7 days'",
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
SELECT taak, extract(epoch FROM min(coalesce(gelukt_op, 'epoch'))), count(*) FILTER (WHERE geeindigd_op IS NOT NULL
    AND gelukt_op IS DISTINCT FROM begonnen_op) FROM taakstand GROUP BY taak
""")
_PATIENCE = text("SET LOCAL statement_timeout = '5s'")


def read_numbers(connection: Connection) -> Mapping[str, tuple[str, float]]:
    """Return by name of a metric what it means and what it is now.

    Args:
        connection: of the owner, who sees every organisatie.
    """
    connection.execute(_PATIENCE)
    found = {name: (meaning, connection.scalar(text(sql))) for name, (meaning, sql) in _NUMBERS.items()}
    return {name: (meaning, float(value)) for name, (meaning, value) in found.items() if value is not None}


def read_jobs(connection: Connection) -> Mapping[str, tuple[float, float]]:
    """Return by name of a job when it last succeeded where that is longest ago, and where it failed at the last try.

    Args:
        connection: of the owner.
    """
    return {taak: (float(at), float(failed)) for taak, at, failed in connection.execute(_JOBS)}
