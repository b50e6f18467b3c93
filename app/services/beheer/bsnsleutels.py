"""Bring every stored BSN under the keys to write with, in batches; what was done stays done when this stops halfway.

Asks for the owner of the tables: facts are append-only for the application's role. The change log has a line for each
row that was written again, with the reason; its chain stays whole.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from app.errors import Conflict
from app.lib.progress import Progress
from app.security.bsn import UnreadableBsn, blind_index, decrypt_bsn, encrypt_bsn, key_id_of
from app.security.secrets import Secrets

BATCH = 500  # rows that one transaction encrypts anew
REDEN = "BSN opnieuw versleuteld"
_LOCK = 7_312_019  # any number that no other advisory lock has

_COUNT = text("SELECT count(*) FROM pleegkind WHERE bsn_versleuteld IS NOT NULL")
_READ = text("""
    SELECT id, organisatie_id, uid, bsn_versleuteld, bsn_index FROM pleegkind
    WHERE organisatie_id = :organisatie AND id > :na AND bsn_versleuteld IS NOT NULL ORDER BY id LIMIT :aantal
""")
_WRITE = text("""
    UPDATE pleegkind SET bsn_versleuteld = nieuw.geheim, bsn_index = nieuw.vindplaats
    FROM unnest(CAST(:ids AS bigint[]), CAST(:geheim AS bytea[]), CAST(:vindplaats AS bytea[]))
        AS nieuw (id, geheim, vindplaats)
    WHERE pleegkind.id = nieuw.id
""")
_LOCKED_AWAY = text("""
    SELECT EXISTS (SELECT FROM vernietiging_stap s WHERE s.stap = 'verzegeld' AND NOT EXISTS (
        SELECT FROM vernietiging_stap later WHERE later.vernietiging_id = s.vernietiging_id AND later.id > s.id))
""")
_SAY_WHY = text("SELECT set_config('pleegzicht.reden', :reden, true)")


class VernieuwingLoopt(Conflict):
    """Another process encrypts the BSNs anew at this moment."""

    code = "vernieuwing_loopt"
    detail = "Er is al een vernieuwing van de BSN-sleutels bezig."


@dataclass
class Vernieuwing:
    """What was found and done.

    Attributes:
        bsns: stored BSNs, every version of every child.
        herschreven: those that were under another key, or under another index.
        onleesbaar: uids of children with a BSN that no key of ours opens; left as they are.
    """

    bsns: int = 0
    herschreven: int = 0
    onleesbaar: list[UUID] = field(default_factory=list)


@contextmanager
def only_one(engine: Engine) -> Iterator[None]:
    """Refuse to work beside another that renews keys.

    Raises:
        VernieuwingLoopt: there is one.
    """
    with engine.connect() as connection:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:slot)"), {"slot": _LOCK}).scalar_one():
            raise VernieuwingLoopt
        connection.commit()  # the lock is the session's; no transaction stays open meanwhile
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:slot)"), {"slot": _LOCK})
            connection.commit()


def renew_bsns(
    engine: Engine, organisaties: Sequence[int], secrets: Secrets, progress: Progress | None = None
) -> Vernieuwing:
    """Write again what is not under the keys to write with, until a whole round finds nothing.

    Args:
        engine: of the owner.
        organisaties: all of them.
        secrets: with every key that a row may be under.
        progress: hears how far it is.
    """
    with engine.connect() as connection:
        total = connection.execute(_COUNT).scalar_one()
    written = 0
    while True:
        done = Vernieuwing()
        for organisatie_id in organisaties:
            for batch in _batches(engine, organisatie_id, secrets):
                _add(done, batch)
                if progress is not None:
                    progress(min(done.bsns, total), total, "BSN's")
        written += done.herschreven
        if not done.herschreven:  # whoever began with the old key has been overtaken
            return Vernieuwing(done.bsns, written, done.onleesbaar)


def _add(done: Vernieuwing, batch: Vernieuwing) -> None:
    done.bsns += batch.bsns
    done.herschreven += batch.herschreven
    done.onleesbaar += batch.onleesbaar


def _batches(engine: Engine, organisatie_id: int, secrets: Secrets) -> Iterator[Vernieuwing]:
    """Yield what was done in each batch, once it is committed."""
    last = 0
    while True:
        with engine.begin() as connection:
            connection.execute(_SAY_WHY, {"reden": REDEN})
            rows = _read(connection, organisatie_id, last)
            done = _write_again(connection, rows, secrets)
        if not rows:
            return
        last = rows[-1].id
        yield done


def _read(connection: Connection, organisatie_id: int, last: int) -> Sequence[Any]:
    return connection.execute(_READ, {"organisatie": organisatie_id, "na": last, "aantal": BATCH}).all()


def _write_again(connection: Connection, rows: Sequence[Any], secrets: Secrets) -> Vernieuwing:
    done, ids, hidden, indexes = Vernieuwing(len(rows)), list[int](), list[bytes](), list[bytes]()
    for row in rows:
        try:
            bsn = decrypt_bsn(secrets, row.bsn_versleuteld, row.organisatie_id, row.uid)
        except UnreadableBsn:
            done.onleesbaar.append(row.uid)
            continue
        index = blind_index(secrets, row.organisatie_id, bsn)
        under = key_id_of(row.bsn_versleuteld)
        if under == secrets.bsn_active and index == row.bsn_index:
            continue
        ids.append(row.id)
        kept = under == secrets.bsn_active
        hidden.append(row.bsn_versleuteld if kept else encrypt_bsn(secrets, bsn, row.organisatie_id, row.uid))
        indexes.append(index)
    if ids:
        connection.execute(_WRITE, {"ids": ids, "geheim": hidden, "vindplaats": indexes})
    done.herschreven = len(ids)
    return done


def with_nobody_writing(
    engine: Engine, organisaties: Sequence[int], secrets: Secrets, work: Callable[[], list[str]]
) -> list[str]:
    """Do something while no child can be written and every BSN is under the keys to write with.

    Raises:
        Conflict: one is not.
    """
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '30s'"))
        connection.execute(text("LOCK TABLE pleegkind IN SHARE MODE"))  # waits for whoever is writing
        if connection.execute(_LOCKED_AWAY).scalar_one():
            raise Conflict("Er is een verzegeld dossier dat nog terug kan komen; er is niets verwijderd.")
        for organisatie_id in organisaties:
            last = 0
            while rows := _read(connection, organisatie_id, last):
                last = rows[-1].id
                if not all(_is_new(secrets, row) for row in rows):
                    raise Conflict("Er staan nog BSN's onder een oude sleutel; er is niets verwijderd.")
        return work()


def _is_new(secrets: Secrets, row: Any) -> bool:
    try:
        bsn = decrypt_bsn(secrets, row.bsn_versleuteld, row.organisatie_id, row.uid)
    except UnreadableBsn:
        return False
    under = key_id_of(row.bsn_versleuteld)
    return (under, row.bsn_index) == (secrets.bsn_active, blind_index(secrets, row.organisatie_id, bsn))
