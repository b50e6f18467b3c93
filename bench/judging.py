"""Judging everybody: the export of every judgement, against the same statements fetched as plain tuples."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from sqlalchemy.orm import Session

from app.exports.termijnen import sorted_rows, write_termijnen_csv
from app.norms.versies.catalogue import Catalogus
from app.norms.versies.landelijk_eerste import EERSTE
from app.queries.feiten.kinderen import list_kinderen
from app.queries.normen import get_catalogus
from app.queries.oordelen import organisatie
from app.queries.oordelen.dossiers import BATCH
from app.queries.oordelen.organisatie import iterate_oordelen
from bench.bank import Bank
from bench.bars import against
from bench.gang import Gang
from bench.processes import backend_seconds, spent
from bench.progress import tell
from bench.recorder import Connection, Step, recording
from bench.table import Line, count, number


class _Plain:
    """psycopg alone: executes, fetches all rows as tuples, does nothing with them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.seconds = 0.0

    def fetch(self, steps: Sequence[Step]) -> None:
        """Fetch the rows of some statements."""
        start = perf_counter()
        for step in steps:
            self._connection.execute(step.sql, step.parameters).fetchall()
        self.seconds += perf_counter() - start


def judge_all(bank: Bank, passes: int) -> list[Gang]:
    """Judge everybody some times."""
    with bank.reading() as session, bank.connect() as connection:
        head, batches = _statements(session, bank)
        done = [_one_pass(session, bank, _Plain(connection), head, batches) for _ in range(passes)]
    for one in done:
        tell(f"{one.kinderen} kinderen: {one.application:.1f} s, alleen SQL {one.plain:.1f} s")
    return done


def _statements(session: Session, bank: Bank) -> tuple[list[Step], list[Step]]:
    """Return what a run sends once, and what it sends per batch of children."""
    with recording() as recorder:
        next(iterate_oordelen(session, bank.organisatie, bank.today))
        sent = recorder.take()
    facts = next(step for step in sent if _is_facts(step))
    kinderen = list_kinderen(session, bank.organisatie)
    starts = range(0, len(kinderen), BATCH)
    batches = [{**facts.parameters, "kinderen": kinderen[start : start + BATCH]} for start in starts]
    return [step for step in sent if not _is_facts(step)], [facts._replace(parameters=batch) for batch in batches]


def _is_facts(step: Step) -> bool:
    return "kinderen" in (step.parameters or {})


def _one_pass(session: Session, bank: Bank, plain: _Plain, head: list[Step], batches: list[Step]) -> Gang:
    """Run both, batch by batch in turn, so that a busy moment of the machine slows both.

    The application goes first for one batch and second for the next: neither always finds the pages warm.
    """
    plain.fetch(head)
    before, turns, kinderen = plain.seconds, _turns(batches), 0

    def in_turn(done: int, _total: int, _label: str) -> None:
        nonlocal kinderen
        kinderen = done
        plain.fetch(next(turns))

    start = perf_counter()
    oordelen = iterate_oordelen(session, bank.organisatie, bank.today, progress=in_turn)
    size = sum(len(piece) for piece in write_termijnen_csv(sorted_rows(oordelen)))
    seconds = perf_counter() - start
    assert size > kinderen
    return Gang(kinderen, seconds - (plain.seconds - before), plain.seconds)


def _turns(batches: list[Step]) -> Iterator[Sequence[Step]]:
    """Yield what is fetched after each batch of the application: its own and the next, then nothing."""
    for i in range(0, len(batches), 2):
        yield batches[i : i + 2]
        yield ()


def compare_catalogues(bank: Bank, passes: int) -> Line:
    """Return what judging everybody by both catalogues costs beside judging by the first alone: the same facts and day.

    Processor time, the database's too, of as many passes each, in turn.
    """
    first = Catalogus(replace(norm, geldig_tot=None) for norm in EERSTE)
    spent_on: dict[bool, list[float]] = {True: [], False: []}
    kinderen = 0
    with bank.reading() as session:
        both = get_catalogus(session, bank.organisatie)
        for i in range(2 * passes):
            whole = i % 4 in (1, 2)  # neither is always first
            with patch.object(organisatie, "get_catalogus", lambda *_, chosen=both if whole else first: chosen):
                seconds, kinderen = _spend(session, bank)
            spent_on[whole].append(seconds)
    one, other = (median(spent_on[whole]) for whole in (True, False))
    return against("tweede catalogus", one / other, count(kinderen), beside=f"{number(one)} en {number(other)} s")


def _spend(session: Session, bank: Bank) -> tuple[float, int]:
    """Return the seconds of processor time of judging everybody once, and how many have a judgement."""
    own, backend = process_time(), backend_seconds(bank)
    kinderen = len({one.pleegkind_id for one in iterate_oordelen(session, bank.organisatie, bank.today)})
    return process_time() - own + spent(backend, backend_seconds(bank)), kinderen


def as_lines(sizes: Sequence[Sequence[Gang]]) -> Iterator[Line]:
    """Yield the figures of some sizes, the smallest first.

    Args:
        sizes: per size its passes.
    """
    per_child = [median(one.per_child for one in passes) for passes in sizes]
    for passes, microseconds in zip(sizes, per_child, strict=True):
        ratio, kinderen = median(one.ratio for one in passes), count(passes[0].kinderen)
        yield against("oordelen", ratio, kinderen)
        yield Line(f"alle normen, {kinderen} kinderen: kinderen per seconde", count(1e6 / microseconds))
    for factor, microseconds in zip(_factors(sizes), per_child, strict=True):
        if factor > 1:
            yield against("groei oordelen", microseconds / per_child[0], str(factor))


def _factors(sizes: Sequence[Sequence[Any]]) -> list[int]:
    return [round(passes[0].kinderen / sizes[0][0].kinderen) for passes in sizes]
