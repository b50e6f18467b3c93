"""Run what is due: one of each at a time across all machines, and the outcome written where people see it.

The lock is one of the session on a connection that is held while the job runs: who is killed lets go of it, and the
next run finds that the job never ended.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Engine, select, text
from sqlalchemy.dialects.postgresql import insert

from app.db.namens import Namens
from app.db.sessions import make_engine, reading, unit_of_work
from app.jobs.taken import Taak, Taakuitkomst, Werkplaats
from app.lib.log import events
from app.models import Taakstand

#: [keuze] how long a job that failed is left alone before it is tried again
NA_MISLUKKEN: Final = timedelta(minutes=10)
#: [keuze] what began further ahead than this was begun by a clock that ran fast, and counts for nothing
VOORUIT: Final = timedelta(minutes=5)
_TRY = text("SELECT pg_try_advisory_lock(hashtextextended('taak ' || :wat, 0))")
_RELEASE = text("SELECT pg_advisory_unlock(hashtextextended('taak ' || :wat, 0))")


@dataclass(frozen=True, slots=True)
class Gedaan:
    """What became of one job for one organisatie.

    Attributes:
        naam: of the job.
        organisatie_id: for whom.
        uitkomst: what it said; None when it failed.
        fout: the kind of error; empty when it did not.
    """

    naam: str
    organisatie_id: int
    uitkomst: Taakuitkomst | None
    fout: str = ""

    @property
    def in_orde(self) -> bool:
        """Whether nobody needs to look at it."""
        return self.uitkomst is not None and not self.uitkomst.bevindingen


def run_due(
    plaats: Werkplaats, organisaties: Sequence[int], taken: Sequence[Taak], nu: datetime, *, also_early: bool = False
) -> Iterator[Gedaan]:
    """Run each job that is due for each organisatie, and yield what became of it.

    What fails for one organisatie does not hold up another.

    Args:
        plaats: what jobs work with.
        organisaties: for whom.
        taken: which jobs, in order.
        nu: the instant at which it begins; what comes after a job that took minutes is done so much later.
        also_early: run them whether they are due or not.
    """
    begun = time.monotonic()
    locks = make_engine(plaats.engines.url, long_work=True, pool_size=1, autocommit=True)
    try:
        for taak in taken:
            for organisatie_id in organisaties:
                with _alone(locks, f"{taak.naam} {organisatie_id}") as alone:
                    by_now = nu + _minutes_since(begun)
                    if alone and (also_early or _is_due(plaats.engines.work, taak, organisatie_id, by_now)):
                        yield _run(plaats, taak, organisatie_id, by_now)
    finally:
        locks.dispose()


def _minutes_since(begun: float) -> timedelta:
    return timedelta(minutes=(time.monotonic() - begun) // 60)


@contextmanager
def _alone(locks: Engine, wat: str) -> Iterator[bool]:
    """Yield whether nobody else runs this now, and see to it that nobody else begins."""
    with locks.connect() as connection:
        got = bool(connection.scalar(_TRY, {"wat": wat}))
        try:
            yield got
        finally:
            if got:
                connection.execute(_RELEASE, {"wat": wat})


def _is_due(engine: Engine, taak: Taak, organisatie_id: int, nu: datetime) -> bool:
    """Tell whether a job has not succeeded since it was due; one that just failed waits a while."""
    with reading(engine, Namens(organisatie_id)) as session:
        stand = session.scalars(
            select(Taakstand).where(Taakstand.organisatie_id == organisatie_id, Taakstand.taak == taak.naam)
        ).one_or_none()
    if stand is None:
        return True
    if stand.begonnen_op > nu + VOORUIT:
        return True
    succeeded = stand.gelukt_op is not None and stand.gelukt_op >= stand.begonnen_op
    if succeeded:
        return stand.begonnen_op < taak.periode(nu)
    return stand.begonnen_op + NA_MISLUKKEN <= nu


def _run(plaats: Werkplaats, taak: Taak, organisatie_id: int, nu: datetime) -> Gedaan:
    engine = plaats.engines.work
    _write(engine, taak, organisatie_id, begonnen_op=nu, geeindigd_op=None, bevindingen=0, verslag="")
    try:
        uitkomst = taak.run(plaats, organisatie_id, nu)
    except Exception as error:  # noqa: BLE001 — whatever it was, the other jobs go on; its text may name somebody
        fout = type(error).__qualname__
        events().error("taak_mislukt", taak=taak.naam, error=fout)
        _write(engine, taak, organisatie_id, begonnen_op=nu, geeindigd_op=nu, verslag=f"mislukt: {fout}")
        return Gedaan(taak.naam, organisatie_id, None, fout)
    said = {"bevindingen": uitkomst.bevindingen, "verslag": uitkomst.verslag}
    _write(engine, taak, organisatie_id, begonnen_op=nu, geeindigd_op=nu, gelukt_op=nu, **said)
    return Gedaan(taak.naam, organisatie_id, uitkomst)


def _write(engine: Engine, taak: Taak, organisatie_id: int, **stand: Any) -> None:
    key = {"organisatie_id": organisatie_id, "taak": taak.naam}
    new = insert(Taakstand).values(**{"bevindingen": 0, "verslag": "", **stand, **key})
    with unit_of_work(engine, Namens(organisatie_id)) as session:
        session.execute(new.on_conflict_do_update(index_elements=[*key], set_=stand))
