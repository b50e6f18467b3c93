"""The raw workbook: sheets with a header and rows of cells, as they stand in the file, and the limits of reading."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

_MB: Final = 1024 * 1024


class Foutwaarde:
    """A cell in which the spreadsheet itself shows an error (``#N/A``); there is one, ``FOUTWAARDE``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "#FOUT"


FOUTWAARDE: Final = Foutwaarde()

# What a reader gives; the empty text is an empty cell. A number comes as float, also when it is whole.
type_cel = str | float | int | bool | date | datetime | time | timedelta | Foutwaarde
Cel = type_cel
