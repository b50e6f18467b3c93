"""The list of faults for people and programs: CSV for a spreadsheet, text for a terminal."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Final

from app import cell
from app.imports.faults import Fout

KOP: Final = ("blad", "rij", "kolom", "code", "melding")


def write_fault_csv(fouten: Sequence[Fout]) -> str:
    """Write faults as CSV ``blad,rij,kolom,code,melding`` with a header, comma and LF; encode as UTF-8.

    Args:
        fouten: in the order in which they come out.

    Returns:
        The text; a cell that a spreadsheet would run as a formula has a leading ``'``.

    Source:
        ``afspraken.md`` §5 and §6.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(KOP)
    writer.writerows(
        [_neutral(fout.blad), fout.rij, _neutral(fout.kolom), fout.code.value, _neutral(fout.melding)]
        for fout in fouten
    )
    return out.getvalue()


def write_fault_text(fouten: Sequence[Fout]) -> str:
    """Write faults as Dutch text, one on a line, with their number on the last line."""
    return "".join(f"{line}\n" for line in (*map(_line, fouten), _count(len(fouten))))


def _neutral(text: str) -> str:
    # The names of sheets and columns come from the file.
    return cell.neutral(_one_line(text))


def _line(fout: Fout) -> str:
    where = [_one_line(fout.blad)]
    if fout.rij:
        where.append(f"rij {fout.rij}")
    if fout.kolom:
        where.append(f"kolom {_one_line(fout.kolom)}")
    return f"{', '.join(where)}: {fout.melding} [{fout.code}]"


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _count(number: int) -> str:
    if not number:
        return "Geen fouten."
    return "1 fout." if number == 1 else f"{number} fouten."
