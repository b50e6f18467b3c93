"""Carry out what two people approved: lock a file away, open it again, or destroy its key (ADR 0017).

Asks for the owner of the tables: facts are append-only for the application's role. Each file is a transaction of its
own; a run that was cut short goes on where it was. The database refuses what was not approved, whoever asks.

- *Sealing* takes every row of the file, and the content of the change log about them, out of the database: all of it is
  in one encrypted text there, and the key is not. From then on no new backup holds the open file.
- *Destroying* the key, after a wait in which the last backup with the open file must have gone, destroys them all.
- *Opening again* puts every row back, when one of the two took the approval back in between.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, and_, delete, func, null, or_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import Idempotentie, Vastlegteller, Vernietiging, VernietigingStap, Wijziging
from app.namens import Namens, act_for
from app.norms.bewaartermijnen import WACHTTIJD
from app.queries.dossierrijen import (
    Rijen,
    conditions_of,
    entries_about,
    read_log,
    read_rows,
    tables_in_order,
    written_columns,
)
from app.queries.oordelen import Progress
from app.queries.vernietigingen import is_held, stand
from app.security.dossiersleutels import Dossiersleutels
from app.terms import Vernietigingsstand, Vernietigingsstap

_REDEN: Final = "Vernietiging van een dossier, goedgekeurd door twee"
_UNDER: Final = text(
    "SELECT set_config('pleegzicht.vernietiging', :sleutel, true), set_config('pleegzicht.reden', :reden, true)"
)
_FILL_ENTRIES: Final = text("""
UPDATE wijziging SET zout = CAST(r ->> 1 AS uuid), voor = CAST(r ->> 2 AS jsonb), na = CAST(r ->> 3 AS jsonb)
FROM jsonb_array_elements(CAST(:regels AS jsonb)) AS r
WHERE wijziging.id = CAST(r ->> 0 AS bigint) AND wijziging.organisatie_id = :organisatie
""")


class DossierVerweven(Conflict):
    """A fact that now is another child's was this child's before: the file cannot go without it."""

    code = "dossier_verweven"


@dataclass(frozen=True, slots=True)
class Vernietigd:
    """What a run did: how many files were sealed, opened again and destroyed, and why others were left."""

    verzegeld: int
    hersteld: int
    vernietigd: int
    gelaten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Taak:
    """One proposal to carry out."""

    key: int
    uid: UUID
    organisatie_id: int
    pleegkind_id: int
    pleegkind_uid: UUID


@dataclass(frozen=True, slots=True)
class _Run:
    """With what, for whom, and what was left so far."""

    engine: Engine
    organisatie_id: int
    sleutels: Dossiersleutels
    nu: datetime
    progress: Progress | None
    left: list[str]


_Werk = Callable[[Session, _Taak, _Run], bool]


def carry_out(
    engine: Engine, organisatie_id: int, sleutels: Dossiersleutels, nu: datetime, progress: Progress | None = None
) -> Vernietigd:
    """Carry out everything of an organisatie that is due.

    Args:
        engine: of the owner.
        organisatie_id: whose files.
        sleutels: where the keys of sealed files are.
        nu: the instant.
        progress: hears how far it is.
    """
    run = _Run(engine, organisatie_id, sleutels, nu, progress, [])
    done = Vernietigd(
        verzegeld=_every(run, Vernietigingsstand.GOEDGEKEURD, _seal),
        hersteld=_every(run, Vernietigingsstand.INGETROKKEN, _open_again),
        vernietigd=_every(run, Vernietigingsstand.VERZEGELD, _destroy),
        gelaten=tuple(run.left),
    )
    _remove_used_keys(run)
    return done


def _every(run: _Run, wanted: Vernietigingsstand, work: _Werk) -> int:
    """Do the work on every file that stands so, and return on how many it was done."""
    done, tasks = 0, _tasks(run, wanted)
    for number, task in enumerate(tasks, start=1):
        try:
            done += _in_one_transaction(run, task, wanted, work)
        except Conflict as error:
            run.left.append(str(error))
        if run.progress:
            run.progress(number, len(tasks), f"dossiers {wanted.value}")
    return done


def _tasks(run: _Run, wanted: Vernietigingsstand) -> Sequence[_Taak]:
    columns = (
        Vernietiging.id,
        Vernietiging.uid,
        Vernietiging.organisatie_id,
        Vernietiging.pleegkind_id,
        Vernietiging.pleegkind_uid,
    )
    mine = (Vernietiging.organisatie_id == run.organisatie_id, stand() == wanted.value)
    with Session(run.engine) as session:
        act_for(session, Namens(run.organisatie_id))
        return [_Taak(*row) for row in session.execute(select(*columns).where(*mine).order_by(Vernietiging.id))]


def _in_one_transaction(run: _Run, task: _Taak, wanted: Vernietigingsstand, work: _Werk) -> bool:
    """Do one file's work while nobody records anything of the organisatie, if it still stands as it did."""
    with Session(run.engine) as session, session.begin():
        act_for(session, Namens(task.organisatie_id))
        head = select(Vastlegteller.volgorde).where(Vastlegteller.organisatie_id == task.organisatie_id)
        session.execute(head.with_for_update())
        if session.scalar(select(stand()).where(Vernietiging.id == task.key)) != wanted.value:
            return False
        if wanted is not Vernietigingsstand.INGETROKKEN and session.scalar(select(is_held(task.pleegkind_id))):
            raise Conflict(f"Voorstel {task.uid}: op het dossier rust een bewaarblokkade.")
        return work(session, task, run)


def _seal(session: Session, task: _Taak, run: _Run) -> bool:
    """Take the file out of the database, all but one encrypted text."""
    rows = read_rows(session, task.pleegkind_id)
    log = read_log(session, task.organisatie_id, task.pleegkind_id, rows)
    content = json.dumps({"rijen": rows, "wijzigingen": log}, ensure_ascii=False).encode()
    step = VernietigingStap(
        organisatie_id=task.organisatie_id,
        vernietiging_id=task.key,
        stap=Vernietigingsstap.VERZEGELD,
        op=run.nu,
        rijen={tabel: [row["id"] for row in of_table] for tabel, of_table in rows.items() if of_table},
        cijfertekst=run.sleutels.seal(task.uid, content),
    )
    session.execute(_UNDER, {"sleutel": str(task.key), "reden": _REDEN})
    session.add(step)
    session.flush()  # the database lets nothing go before its certificate is there
    try:
        _delete(session, task, rows)
    except IntegrityError:
        raise DossierVerweven(
            f"Voorstel {task.uid}: een feit dat nu van een ander kind is, was eerder van dit kind. Het dossier is "
            "gelaten zoals het is."
        ) from None
    return True


def _delete(session: Session, task: _Taak, rows: Rijen) -> None:
    conditions = conditions_of(task.pleegkind_id)
    # Which rows are the child's follows from rows that go as well: they are named by their keys.
    for table in reversed(tables_in_order(conditions)):
        named = (
            table.c.id.in_([row["id"] for row in rows[table.name]]) if table.name in rows else conditions[table.name]
        )
        session.execute(delete(table).where(named))
    session.execute(delete(Idempotentie).where(_tells_of(task, rows)))
    for about in entries_about(task.organisatie_id, task.pleegkind_id, rows):
        session.execute(update(Wijziging).where(about).values(zout=None, voor=null(), na=null()))


def _tells_of(task: _Taak, rows: Rijen) -> ColumnElement[bool]:
    """Return the condition that a kept answer is about something in the file, or names its child."""
    made = [row["uid"] for of_table in rows.values() for row in of_table if "uid" in row]
    named = func.position(func.convert_to(str(task.pleegkind_uid), "UTF8").op("IN")(Idempotentie.antwoord)) > 0
    about: ColumnElement[bool] = Idempotentie.koppen["uid"].astext.in_(made)
    return and_(Idempotentie.organisatie_id == task.organisatie_id, or_(about, named))


def _open_again(session: Session, task: _Taak, run: _Run) -> bool:
    """Put every row back where it was, and the content of the change log."""
    sealed = session.scalar(
        select(VernietigingStap.cijfertekst).where(
            VernietigingStap.vernietiging_id == task.key, VernietigingStap.stap == Vernietigingsstap.VERZEGELD
        )
    )
    if sealed is None:  # taken back before anything was done
        return False
    content = json.loads(run.sleutels.open(task.uid, sealed))
    session.execute(_UNDER, {"sleutel": str(task.key), "reden": "Vernietiging teruggedraaid"})
    for table in tables_in_order(content["rijen"]):
        _insert(session, table.name, written_columns(table), content["rijen"][table.name])
    filled = {"regels": json.dumps(content["wijzigingen"]), "organisatie": task.organisatie_id}
    session.execute(_FILL_ENTRIES, filled)
    _record(session, task, Vernietigingsstap.HERSTELD, run.nu)
    return True


def _insert(session: Session, table: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with the keys that they had; names of tables and columns are the models' own."""
    names = ", ".join(columns)
    session.execute(
        text(
            f"INSERT INTO {table} ({names}) SELECT {names} "  # noqa: S608 - see above
            f"FROM jsonb_populate_recordset(NULL::{table}, CAST(:rijen AS jsonb)) ORDER BY id"
        ),
        {"rijen": json.dumps(rows)},
    )


def _destroy(session: Session, task: _Taak, run: _Run) -> bool:
    """Record that the key goes, once the wait is over; it goes when this is committed."""
    sealed = session.scalar(
        select(VernietigingStap.op).where(
            VernietigingStap.vernietiging_id == task.key, VernietigingStap.stap == Vernietigingsstap.VERZEGELD
        )
    )
    if sealed is None or sealed + WACHTTIJD > run.nu:
        return False
    _record(session, task, Vernietigingsstap.VERNIETIGD, run.nu)
    return True


def _record(session: Session, task: _Taak, stap: Vernietigingsstap, nu: datetime) -> None:
    session.add(
        VernietigingStap(organisatie_id=task.organisatie_id, vernietiging_id=task.key, stap=stap, op=nu)
    )  # fmt: skip
    session.flush()  # the database may refuse it


def _remove_used_keys(run: _Run) -> None:
    """Destroy the keys of files that are destroyed or back; after a run that was cut short here, in the next."""
    for wanted in (Vernietigingsstand.VERNIETIGD, Vernietigingsstand.HERSTELD):
        for task in _tasks(run, wanted):
            run.sleutels.destroy(task.uid)
