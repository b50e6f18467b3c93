"""CSV as every export writes it: UTF-8, comma, LF, header row, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.lib import cell

_FLUSH_AT = 64 * 1024  # characters that are gathered before they are sent


def show(value: object) -> str:
    """Return a cell's text: dates as JJJJ-MM-DD, yes/no as ja/nee, nothing as empty; formulas get a leading ``'``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return value.isoformat()
    # A number is no formula, whatever its sign; only text can be.
    return cell.neutral(value) if isinstance(value, str) else str(value)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield the file in pieces of some 64 KiB, so that a national list is never held in memory."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([show(value) for value in row])
        if buffer.tell() > _FLUSH_AT:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
