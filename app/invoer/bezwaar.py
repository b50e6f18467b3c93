"""What a rule of entry says of a value that it refuses."""

from typing import NamedTuple


class Bezwaar(NamedTuple):
    """An objection.

    Attributes:
        kolom: the column, named alike in the workbook and in the tables; the API spells it in camelCase.
        code: the stable code of ``app.invoer.regels``.
        zin: a Dutch sentence on one line that never repeats the value.
    """

    kolom: str
    code: str
    zin: str
