"""Importing a workbook: reading and checking it, and writing it, in rows per second."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from python_calamine import CalamineWorkbook

from app import clock
from app.db.sessions import unit_of_work
from app.imports.bekend import Bekend
from app.imports.check.werkboek import check_werkboek
from app.imports.keuring import Keuring
from app.imports.read.werkboek import read_werkboek
from app.services.beheer.organisaties import create_organisatie
from app.services.werkboek.importeren import import_rijen
from app.terms import OrganisatieSoort
from bench.bank import Bank
from bench.copies import copy_organisatie
from bench.progress import tell
from bench.table import Line, count, times
from bench.workbook import write_workbook


@dataclass(frozen=True, slots=True)
class Import:
    """Seconds of one import: calamine alone, reading with every check, and writing with the deadlines."""

    bare: float
    read: float
    write: float


def import_workbook(bank: Bank, kinderen: int, rounds: int) -> Iterator[Line]:
    """Yield the figures of a workbook about so many children, each time into a new organisatie."""
    path = bank.folder / "werkboek.xlsx"
    rows = write_workbook(path, kinderen, bank.today)
    tell(f"werkboek van {rows} rijen, {path.stat().st_size / 1e6:.1f} MB")
    done = [_import(bank, path, f"BENCH{i}") for i in range(rounds)]
    read, write = median(one.read for one in done), median(one.write for one in done)
    yield Line(f"import van {count(rows)} rijen: rijen per seconde, alles samen", count(rows / (read + write)))
    yield Line("  lezen en controleren", f"{count(rows / read)} per seconde")
    yield Line("  schrijven, met de termijnen", f"{count(rows / write)} per seconde")
    ratio = median(one.read / one.bare for one in done)
    yield Line("  lezen en controleren t.o.v. alleen lezen (calamine)", times(ratio))


def _import(bank: Bank, path: Path, code: str) -> Import:
    start = perf_counter()
    book = CalamineWorkbook.from_path(str(path))
    assert all(book.get_sheet_by_name(name).to_python() for name in book.sheet_names if name != "uitzonderingen")
    read = perf_counter()
    keuring = check_werkboek(read_werkboek(path), Bekend(), bank.today)
    assert not keuring.fouten, keuring.fouten[:3]
    write = perf_counter()
    _write(bank, keuring, code)
    done = Import(read - start, write - read, perf_counter() - write)
    tell(f"{code}: lezen {done.read:.1f} s, schrijven {done.write:.1f} s")
    return done


def _write(bank: Bank, keuring: Keuring, code: str) -> int:
    """Write the good rows as ``pleegzicht importeer`` does; return the id of the organisatie."""
    with unit_of_work(bank.engine) as session:
        tenant = create_organisatie(session, code, code, OrganisatieSoort.AANBIEDER).id
        import_rijen(session, tenant, keuring, secrets=bank.secrets, nu=clock.now(), vandaag=bank.today)
    return tenant


def import_organisatie(bank: Bank, kinderen: int, code: str) -> int:
    """Return a new organisatie with so many invented children, imported as a provider would."""
    path = bank.folder / f"{code}.xlsx"
    write_workbook(path, kinderen, bank.today)
    keuring = check_werkboek(read_werkboek(path), Bekend(), bank.today)
    assert not keuring.fouten, keuring.fouten[:3]
    return _write(bank, keuring, code)


def ten_organisaties(bank: Bank, kinderen: int) -> list[int]:
    """Return ten organisaties of so many children each: one imported, nine copies of it."""
    first = import_organisatie(bank, kinderen, "TIEN0")
    copies = [copy_organisatie(bank, first, f"TIEN{i}") for i in range(1, 10)]
    bank.settle()
    tell(f"tien organisaties van {kinderen} kinderen")
    return [first, *copies]
