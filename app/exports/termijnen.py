"""Every judgement of an organisatie on a day, as CSV or JSON (``afspraken.md`` §6)."""

import json
from collections.abc import Iterable, Iterator, Mapping

from app.exports.csv_bytes import show, write_csv
from app.queries.oordelen.organisatie import KindOordeel

COLUMNS = (
    "pleegkind_nummer", "norm", "onderwerp_soort", "onderwerp_nummer", "zwaarte", "laatste_datum", "uiterlijk", "stand",
    "te_laat_sinds", "dagen_te_laat",
)  # fmt: skip


def sorted_rows(oordelen: Iterable[KindOordeel]) -> list[tuple[object, ...]]:
    """Return the rows in the order of the contract: as text by child, norm, soort and nummer of the subject."""
    return sorted((_row(item) for item in oordelen), key=lambda row: [str(part) for part in row[:4]])


def _row(item: KindOordeel) -> tuple[object, ...]:
    oordeel = item.oordeel
    return (
        item.pleegkind_nummer,
        oordeel.norm.code,
        oordeel.onderwerp_soort,
        item.onderwerp_nummer,
        oordeel.zwaarte,
        oordeel.laatste.datum if oordeel.laatste else None,
        oordeel.uiterlijk,
        oordeel.stand,
        oordeel.te_laat_sinds,
        oordeel.dagen_te_laat,
    )


def write_termijnen_csv(rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """Yield the CSV of rows from ``sorted_rows``."""
    return write_csv(COLUMNS, rows)


def write_termijnen_json(rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """Yield a JSON array with an object per row and line; what is empty in the CSV is null."""
    separator = b"[\n"
    for row in rows:
        yield separator + json.dumps(_as_json(row), ensure_ascii=False).encode()
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def _as_json(row: tuple[object, ...]) -> Mapping[str, object]:
    return {
        name: value if value is None or isinstance(value, int | str) else show(value)
        for name, value in zip(COLUMNS, row, strict=True)
    }
