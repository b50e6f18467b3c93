"""The list of faults for people and programs: CSV for a spreadsheet, text for a terminal."""

import csv
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from typing import Final

from app.imports.faults import Fout, FoutCode
from app.lib import cell

# How many rows of one sentence are named.
_GETOOND: Final = 5
KOP: Final = ("blad", "rij", "kolom", "code", "melding")


def write_fault_csv(fouten: Sequence[Fout]) -> str:
    """Write faults as CSV ``blad,rij,kolom,code,melding`` with a header, comma and LF; encode as UTF-8.

    Args:
        fouten: in the order in which they come out; rows that wait for another come after all faults.

    Returns:
        The text, one line per fault; a cell that a spreadsheet would run as a formula has a leading ``'``.

    Source:
        ``afspraken.md`` §5 and §6.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(KOP)
    writer.writerows(
        [_neutral(fout.blad), fout.rij, _neutral(fout.kolom), fout.code.value, _neutral(fout.melding)]
        for fout in (*_roots(fouten), *_waiting(fouten))
    )
    return out.getvalue()


def write_fault_text(fouten: Sequence[Fout]) -> str:
    """Write faults as Dutch text, with their number on the last line.

    One sentence about one column is one line, with how many rows it is about and the first five of them. Rows that
    wait for a faulty one have no line: how many they are stands behind the fault that they wait for in the end.
    """
    waiting = Counter(fout.oorzaak for fout in _waiting(fouten))
    groups: dict[tuple[str, str, str, str], list[int]] = {}
    for fout in _roots(fouten):
        groups.setdefault((fout.blad, fout.kolom, fout.code.value, fout.melding), []).append(fout.rij)
    lines = [
        _line(blad, rijen, kolom, code, melding) + _hanging(sum(waiting.pop((blad, rij), 0) for rij in set(rijen)))
        for (blad, kolom, code, melding), rijen in groups.items()
    ]
    return "".join(f"{line}\n" for line in (*lines, _count(len(_roots(fouten)), len(_waiting(fouten)))))


def _roots(fouten: Sequence[Fout]) -> list[Fout]:
    return [fout for fout in fouten if fout.code is not FoutCode.AFHANKELIJK]


def _waiting(fouten: Sequence[Fout]) -> list[Fout]:
    return [fout for fout in fouten if fout.code is FoutCode.AFHANKELIJK]


def _neutral(text: str) -> str:
    # The names of sheets and columns come from the file.
    return cell.neutral(_one_line(text))


def _line(blad: str, rijen: Sequence[int], kolom: str, code: str, melding: str) -> str:
    where = [_one_line(blad)]
    if len(rijen) > 1:
        shown = ", ".join(map(str, rijen[:_GETOOND]))
        where.append(f"{len(rijen)} rijen ({shown}{', …' if len(rijen) > _GETOOND else ''})")
    elif rijen[0]:
        where.append(f"rij {rijen[0]}")
    if kolom:
        where.append(f"kolom {_one_line(kolom)}")
    return f"{', '.join(where)}: {melding} [{code}]"


def _hanging(number: int) -> str:
    if not number:
        return ""
    return " 1 rij wacht hierop." if number == 1 else f" {number} rijen wachten hierop."


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _count(faults: int, waiting: int) -> str:
    if not faults:
        return "Geen fouten."
    counted = "1 fout" if faults == 1 else f"{faults} fouten"
    if not waiting:
        return f"{counted}."
    return f"{counted}; {'1 rij wacht' if waiting == 1 else f'{waiting} rijen wachten'} daarop."
