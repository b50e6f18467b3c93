"""The quarterly audit of everybody, against the same statements fetched as plain tuples; and what its exports take."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median
from time import perf_counter, process_time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.db import sessions
from app.db.namens import Namens
from app.models import Medewerker
from app.norms.kwartaaltoets.kengetallen import Kengetallenteller
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.rijen import iterate_toetsregels
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets
from app.terms import Toetsformaat
from bench.bank import Bank
from bench.bars import BARS, against
from bench.environment import environment_of_service
from bench.gang import Gang
from bench.processes import backend_seconds, spent
from bench.progress import tell
from bench.recorder import Step, recording
from bench.service import COMMAND
from bench.table import Line, count, number

_NATION = 17_397  # rows of the whole country's audit
_YEARS_AGO = 5
# A child that is measured starts as large as its parent, so it gets a small one.
_LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def audit_all(bank: Bank, kwartaal: Kwartaal, passes: int) -> list[Gang]:
    """Audit a quarter some times, in turn with plain SQL."""
    done = []
    with bank.reading() as session:
        with recording() as recorder:
            audit(session, bank, kwartaal)
            sent = recorder.take()
        for _ in range(passes):
            plain = _fetch(bank, sent)
            start, own, backend = perf_counter(), process_time(), backend_seconds(bank)
            kinderen = audit(session, bank, kwartaal)
            took, processor = perf_counter() - start, process_time() - own
            processor += spent(backend, backend_seconds(bank))
            done.append(Gang(kinderen, took, plain, processor))
            tell(f"toets {kwartaal}, {kinderen} kinderen: {done[-1].application:.1f} s, alleen SQL {plain:.1f} s")
    return done


def audit(session: Session, bank: Bank, kwartaal: Kwartaal) -> int:
    """Make every row and count it; return how many there are."""
    teller, rijen = Kengetallenteller("DEMO"), 0
    for regel in iterate_toetsregels(session, bank.organisatie, kwartaal, clock.now()):
        teller.add(regel.inhoud)
        rijen += 1
    assert teller.groups()[0]["alle"]["rijen"] == rijen
    return rijen


def _fetch(bank: Bank, sent: Sequence[Step]) -> float:
    """Return the seconds of psycopg alone: executes, fetches all rows as tuples, does nothing with them."""
    with bank.connect() as connection:
        start = perf_counter()
        for step in sent:
            connection.execute(step.sql, step.parameters).fetchall()
        return perf_counter() - start


def last_quarter(today: date) -> Kwartaal:
    """Return the last quarter that is over."""
    return Kwartaal.of(today).vorige


def years_before(kwartaal: Kwartaal) -> Kwartaal:
    """Return the same quarter five years before."""
    return Kwartaal(kwartaal.jaar - _YEARS_AGO, kwartaal.nummer)


def lines_of(sizes: Sequence[Sequence[Gang]], old: Sequence[Gang]) -> Iterator[Line]:
    """Yield the figures: of some sizes, the smallest first, and of the old quarter."""
    named = [("laatste kwartaal", passes) for passes in sizes]
    for what, passes in [*named, ("kwartaal van vijf jaar terug", old)]:
        ratio = median(one.ratio for one in passes)
        yield against("toets", ratio, what, count(passes[0].kinderen))
    base = median(one.per_child for one in sizes[0])
    for passes in sizes[1:]:
        growth = median(one.per_child for one in passes) / base
        factor = round(passes[0].kinderen / sizes[0][0].kinderen)
        yield against("groei toets", growth, str(factor))
    largest = sizes[-1]
    nation = median(one.processor for one in largest) * _NATION / largest[0].kinderen
    yield against("toets processortijd", nation, beside=f"gemeten over {count(largest[0].kinderen)}")


def freeze(bank: Bank, kwartaal: Kwartaal) -> int:
    """Freeze the audit of a quarter, and return how many rows it has."""
    with sessions.unit_of_work(bank.engine, Namens(bank.organisatie)) as session:
        door = session.scalars(
            select(func.min(Medewerker.feit_id)).where(Medewerker.organisatie_id == bank.organisatie)
        )
        verzoek = Toetsverzoek(bank.organisatie, clock.now(), bank.today, door.one())
        return establish_toets(session, verzoek, kwartaal, freeze=True, replace=False).rijen


def export_all(bank: Bank, kwartaal: Kwartaal) -> Iterator[Line]:
    """Freeze a quarter, and yield what each export of it takes, as a command of its own."""
    rijen = freeze(bank, kwartaal)
    for formaat in Toetsformaat:
        seconds, megabytes = _export(bank, kwartaal, formaat)
        if formaat is Toetsformaat.CSV:
            assert (bank.folder / "toets.csv").read_bytes().count(b"\n") > rijen, "rows are missing"
        tell(f"{formaat}: {seconds:.1f} s, {megabytes:.0f} MB")
        key, words = f"export {formaat}", count(rijen)
        yield Line(f"{key} van {words} kinderen: tijd", f"{number(seconds)} s")
        if key in BARS:
            yield against(key, megabytes, words)
        else:
            yield Line(f"{key} van {words} kinderen: geheugen", f"{count(megabytes)} MiB")


def _export(bank: Bank, kwartaal: Kwartaal, formaat: Toetsformaat) -> tuple[float, float]:
    """Return seconds and the most megabytes of one command."""
    target = bank.folder / f"toets.{formaat}"
    command = [COMMAND, "kwartaaltoets", str(kwartaal), "--organisatie", "DEMO", "--formaat", formaat]
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCHER, *command, "--uitvoer", str(target)],
        env=environment_of_service(),
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert target.stat().st_size > 0
    return perf_counter() - start, int(done.stdout) / 1024
