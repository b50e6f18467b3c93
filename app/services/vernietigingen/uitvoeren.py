"""Carry out what two people approved: lock a file away, open it again, or destroy its key (ADR 0017).

Asks for the owner of the tables: facts are append-only for the application's role. Each file is a transaction of its
own; a run that was cut short goes on where it was, and one file that cannot go does not stop the others. The database
refuses what was not approved, whoever asks.

- *Locking away* takes every row of the file, and the content of the change log about them, out of the database: all of
  it is in one encrypted text there, and the key is not. From then on no new backup holds the open file.
- *Destroying* the key, after a wait in which the last backup with the open file must have gone, destroys them all.
- *Opening again* puts every row back, when one of the two took the approval back in between. The key stays as long as a
  backup of that time may be put back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.db.namens import Namens, act_for
from app.errors import Conflict
from app.lib.progress import Progress
from app.models import Vernietiging, VernietigingStap
from app.norms.bewaartermijnen import WACHTTIJD
from app.queries.vernietigingen.lijst import is_held, stand
from app.security.dossiersleutels import Dossiersleutels
from app.services.feiten.versions import begin_recording
from app.services.vernietigingen.verzegelen import Vernietigingstaak, lock_away, open_again, record_step
from app.terms import Vernietigingsstand, Vernietigingsstap


class SleutelWeg(Conflict):
    """The key of the file is not in this folder, so destroying it here would destroy nothing."""

    code = "sleutel_weg"
    detail = "De sleutel van dit dossier ligt niet in deze map met dossiersleutels."


@dataclass(frozen=True, slots=True)
class Vernietigd:
    """What a run did: how many files were locked away, opened again and destroyed, and why others were left."""

    verzegeld: int
    hersteld: int
    vernietigd: int
    gelaten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """With what, for whom, and what was left so far."""

    engine: Engine
    organisatie_id: int
    sleutels: Dossiersleutels
    nu: datetime
    progress: Progress | None
    left: list[str]

    @property
    def vandaag(self) -> date:
        return clock.civil_date(self.nu)


#: does one file's work at the moment of a recording, and tells whether there was any
_Werk = Callable[[Session, Vernietigingstaak, _Run, datetime], bool]


def carry_out(
    engine: Engine, organisatie_id: int, sleutels: Dossiersleutels, nu: datetime, progress: Progress | None = None
) -> Vernietigd:
    """Carry out everything of an organisatie that is due.

    Args:
        engine: of the owner.
        organisatie_id: whose files.
        sleutels: where the keys of locked files are.
        nu: the instant.
        progress: hears how far it is.
    """
    run = _Run(engine, organisatie_id, sleutels, nu, progress, [])
    done = Vernietigd(
        verzegeld=_every(run, Vernietigingsstand.GOEDGEKEURD, _lock),
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
        except (Conflict, OSError) as error:
            run.left.append(f"voorstel {task.uid}: {error}")
        if run.progress:
            run.progress(number, len(tasks), f"dossiers {wanted.value}")
    return done


def _tasks(run: _Run, wanted: Vernietigingsstand) -> Sequence[Vernietigingstaak]:
    columns: Any = (
        Vernietiging.id,
        Vernietiging.uid,
        Vernietiging.organisatie_id,
        Vernietiging.pleegkind_id,
        Vernietiging.pleegkind_uid,
        Vernietiging.voorgesteld_op,
    )
    mine = (Vernietiging.organisatie_id == run.organisatie_id, stand() == wanted.value)
    with Session(run.engine) as session:
        act_for(session, Namens(run.organisatie_id))
        return [
            Vernietigingstaak(*row) for row in session.execute(select(*columns).where(*mine).order_by(Vernietiging.id))
        ]


def _in_one_transaction(run: _Run, task: Vernietigingstaak, wanted: Vernietigingsstand, work: _Werk) -> bool:
    """Do one file's work while nobody records anything of the organisatie, if it still stands as it did."""
    with Session(run.engine) as session, session.begin():
        act_for(session, Namens(task.organisatie_id))
        at = begin_recording(session, task.organisatie_id, run.nu, None).at
        if session.scalar(select(stand()).where(Vernietiging.id == task.key)) != wanted.value:
            return False
        if wanted is not Vernietigingsstand.INGETROKKEN and session.scalar(select(is_held(task.pleegkind_id))):
            raise Conflict("op het dossier rust een bewaarblokkade.")
        return work(session, task, run, at)


def _lock(session: Session, task: Vernietigingstaak, run: _Run, at: datetime) -> bool:
    lock_away(session, task, run.sleutels, at, run.vandaag)
    return True


def _open_again(session: Session, task: Vernietigingstaak, run: _Run, at: datetime) -> bool:
    return open_again(session, task, run.sleutels, at, run.vandaag)


def _destroy(session: Session, task: Vernietigingstaak, run: _Run, at: datetime) -> bool:
    """Record that the key goes, once the wait is over; it goes when this is committed."""
    if _moment_of(session, task, Vernietigingsstap.VERZEGELD) + WACHTTIJD > run.nu:
        return False
    if not run.sleutels.has(task.uid):
        raise SleutelWeg
    record_step(session, task, Vernietigingsstap.VERNIETIGD, at)
    return True


def _moment_of(session: Session, task: Vernietigingstaak, stap: Vernietigingsstap) -> datetime:
    taken = (VernietigingStap.vernietiging_id == task.key, VernietigingStap.stap == stap)
    return session.scalars(select(VernietigingStap.op).where(*taken)).one()


def _remove_used_keys(run: _Run) -> None:
    """Destroy the keys of files that are destroyed, or long enough back; after a run cut short here, in the next."""
    for task in _tasks(run, Vernietigingsstand.VERNIETIGD):
        run.sleutels.destroy(task.uid)
    for task in _tasks(run, Vernietigingsstand.HERSTELD):
        with Session(run.engine) as session:
            act_for(session, Namens(task.organisatie_id))
            back = _moment_of(session, task, Vernietigingsstap.HERSTELD)
        if back + WACHTTIJD <= run.nu:
            run.sleutels.destroy(task.uid)
