"""What an edge table is, and how it is run against any copy of the engine.

The expected days are written by hand, never computed with the functions under test. ``rand`` takes a case
with an uiterlijk and makes four rows of it: the last day of ``op_tijd``, the first of ``nadert``, the last
day on which the norm is met, the first day too late. A ``Rij`` is one day with all that is expected of it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any, NamedTuple

from app.norms import calendar, gesprek, judge
from app.norms.feiten import Dossier, Gezin
from app.norms.versies import catalogue
from tests.norms.bouw import dag, families_of

WAARSCHUWING = {
    "KAG-3": 30,
    "KAG-R": 30,
    "VC-J": 60,
    "MDO": 30,
    "HB": 14,
    "ONT-J": 30,
    "HVP-6": 14,
    "VP": 30,
    "VGB-T": 28,
    "VGB-12": 60,
    "VGB-H": 60,
    "EVAL-J": 60,
    "POV-1": 60,
    "CAL-3": 1,
    "KAG-D": 60,
    "ZIEN": 7,
    "OPV-O": 5,
    "OPV-B": 2,
    "OPV-H": 7,
    "ZP": 3,
    "ACT": 7,
}
#: the days around an uiterlijk
ERVOOR, NADERT, UITERLIJK, TE_LAAT = "dag ervoor", "nadert", "uiterlijk", "te laat"
STREEF = frozenset({"HB", "VP", "VGB-12", "EVAL-J", "KAG-D", "ZIEN", "ACT"})


Verwacht = tuple[str, str | None, str | None, str] | None  # stand, uiterlijk, laatste, zwaarte


class Motor(NamedTuple):
    """The parts of one copy of the engine that the tables call."""

    judge: ModuleType
    catalogue: ModuleType
    calendar: ModuleType
    gesprek: ModuleType


MOTOR = Motor(judge, catalogue, calendar, gesprek)


class Rij(NamedTuple):
    """One judgement on one day; ``verwacht`` None: the norm yields nothing."""

    naam: str
    norm: str
    dossier: Dossier
    gezinnen: tuple[Gezin, ...]
    op: date
    verwacht: Verwacht
    onderwerp: int | None = None
    eigen: Mapping[str, int] | None = None  # parameters of the organisation's own version of the norm


class Sommetje(NamedTuple):
    """One call of a calendar function."""

    naam: str
    functie: str
    argumenten: tuple[Any, ...]
    verwacht: object


def naam_of(case: Rij) -> str:
    return f"{case.norm}: {case.naam}"


def rand(
    norm: str,
    naam: str,
    uiterlijk: str,
    dossier: Dossier,
    *gezinnen: Gezin,
    laatste: str | None = None,
    vanaf: str = ERVOOR,
    onderwerp: int | None = None,
    zwaarte: str | None = None,
) -> Iterator[Rij]:
    """Yield the rows around an uiterlijk.

    Args:
        norm: code of the norm.
        naam: what the case is about.
        uiterlijk: last day on which the norm is met.
        dossier: the child.
        gezinnen: its families, where they matter.
        laatste: date of the last counting event.
        vanaf: the first of these rows: the day before the warning, the warning, the uiterlijk, the first day late.
        onderwerp: id of the subject when there are several.
        zwaarte: where it is not that of the norm's first version.
    """
    u = dag(uiterlijk).toordinal()
    w = WAARSCHUWING[norm]
    alle = (
        (ERVOOR, u - w - 1, "op_tijd"),
        (NADERT, u - w, "nadert"),
        (UITERLIJK, u, "nadert"),
        (TE_LAAT, u + 1, "te_laat"),
    )
    zwaarte = zwaarte or ("streef" if norm in STREEF else "norm")
    for moment, op, stand in alle[[one[0] for one in alle].index(vanaf) :]:
        verwacht = (stand, uiterlijk, laatste, zwaarte)
        yield Rij(f"{naam} [{moment}]", norm, dossier, gezinnen, date.fromordinal(op), verwacht, onderwerp)


def rij(
    norm: str,
    naam: str,
    op: str,
    verwacht: Verwacht,
    dossier: Dossier,
    *gezinnen: Gezin,
    onderwerp: int | None = None,
    eigen: Mapping[str, int] | None = None,
) -> Rij:
    """Return one row; ``verwacht`` is (stand, uiterlijk, laatste, zwaarte) or None."""
    return Rij(naam, norm, dossier, gezinnen, dag(op), verwacht, onderwerp, eigen)


def outcome(motor: Motor, case: Rij) -> object:
    """Judge a row with this copy of the engine; a list when the norm yields several judgements."""
    eigen = []
    if case.eigen is not None:
        basis = next(n for n in motor.catalogue.LANDELIJK if n.code == case.norm and n.holds_on(case.op))
        eigen = [replace(basis, parameters={**basis.parameters, **case.eigen})]
    catalogus = motor.catalogue.for_organisatie(motor.catalogue.LANDELIJK, eigen)
    gezinnen = families_of(case.dossier, *case.gezinnen)
    uit = [
        (
            str(o.stand),
            None if o.uiterlijk is None else o.uiterlijk.isoformat(),
            None if o.laatste is None else o.laatste.datum.isoformat(),
            str(o.zwaarte),
        )
        for o in motor.judge.judge(case.dossier, gezinnen, catalogus, case.op)
        if o.norm.code == case.norm and case.onderwerp in {None, o.onderwerp_id}
    ]
    return (uit[0] if uit else None) if len(uit) < 2 else uit


def solve(motor: Motor, som: Sommetje) -> object:
    """Call the calendar function of a row."""
    functie: Callable[..., object] = getattr(motor.calendar, som.functie)
    return functie(*som.argumenten)


def failures(motor: Motor, rijen: list[Rij], sommen: list[Sommetje]) -> list[str]:
    """Return the names of the rows that this copy of the engine gets wrong."""
    fout = [r.naam for r in rijen if _safely(outcome, motor, r) != r.verwacht]
    return fout + [s.naam for s in sommen if _safely(solve, motor, s) != s.verwacht]


def _safely(functie: Callable[[Motor, Any], object], motor: Motor, case: Rij | Sommetje) -> object:
    try:
        return functie(motor, case)
    except ValueError as fout:  # a date that does not exist is a wrong answer
        return fout
