"""What processes spend: processor time of the database's backends, and memory of the workers of a server.

Read from ``/proc``; where there is none (macOS) these figures are missing.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import text

from bench.bank import Bank

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")
_BACKENDS = text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")


def can_measure() -> bool:
    """Tell whether this machine shows what processes spend."""
    return (_PROC / "self" / "stat").exists()


def backend_seconds(bank: Bank) -> dict[int, float]:
    """Return the seconds of processor time, user and system, of each backend of the database so far."""
    with bank.owner.connect() as connection:
        pids = connection.scalars(_BACKENDS).all()
    return {pid: seconds for pid in pids for seconds in _seconds(pid)}


def spent(before: dict[int, float], after: dict[int, float]) -> float:
    """Return what was spent between two readings, by backends that lasted until the second."""
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())


def _seconds(pid: int) -> Iterator[float]:
    """Yield the one figure of a process, or nothing when it ended."""
    fields = _stat(pid)
    if fields:
        yield (int(fields[11]) + int(fields[12])) / _TICK


def _stat(pid: int) -> Sequence[str]:
    """Return the fields of a process from its state on (the third), empty when it ended."""
    try:
        return (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ()


def children_of(pid: int) -> list[int]:
    """Return the processes that a process started."""
    every = (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())
    return [one for one in every if (fields := _stat(one)) and int(fields[1]) == pid]


def peak_mebibytes(pids: Iterable[int]) -> float:
    """Return the most memory that one of some processes ever held."""
    return max((_peak(pid) for pid in pids), default=0.0)


def _peak(pid: int) -> float:
    lines = (_PROC / str(pid) / "status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))
