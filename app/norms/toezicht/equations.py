"""A system of linear equations between hidden quantities: does another one follow from it?

Exact: arithmetic modulo a prime of 61 bits. The coefficients are 0, 1 and -1, so what follows there and not in the
rational numbers would need a determinant that this prime divides.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

_PRIME = 2**61 - 1
Row = dict[Any, int]


class Equations:
    """The equations, each a sum with signs of unknown quantities whose outcome is known."""

    def __init__(self, equations: Iterable[Mapping[Any, int]]) -> None:
        self._rows: dict[Hashable, Row] = {}  # by the unknown that leads it, which is in no other
        for equation in equations:
            self.add(equation)

    def yields(self, form: Mapping[Any, int], unknown: Collection[Any]) -> bool:
        """Tell whether a sum of quantities can be worked out; those that are not unknown are known."""
        return not self.reduced({name: factor for name, factor in form.items() if name in unknown})

    def add(self, equation: Mapping[Any, int]) -> None:
        """Let one more be known."""
        row = self.reduced(equation)
        if not row:
            return  # it says nothing new
        lead = next(iter(row))
        inverse = pow(row[lead], -1, _PRIME)
        row = {name: factor * inverse % _PRIME for name, factor in row.items()}
        for other in self._rows.values():
            if factor := other.get(lead):
                _subtract(other, row, factor)
        self._rows[lead] = row

    def reduced(self, form: Mapping[Any, int]) -> Row:
        """Return what is left of a sum when every equation is taken out of it; nothing: it follows from them."""
        row = {name: factor % _PRIME for name, factor in form.items()}
        for lead in [name for name in row if name in self._rows]:
            _subtract(row, self._rows[lead], row[lead])
        return row


def are_alike(form: Row, other: Row) -> bool:
    """Tell whether two reduced sums are the same but for a factor: then each gives the other."""
    if form.keys() != other.keys():
        return False
    name = next(iter(form))
    factor = other[name] * pow(form[name], -1, _PRIME)
    return all(other[one] == form[one] * factor % _PRIME for one in form)


def _subtract(row: Row, other: Row, factor: int) -> None:
    for name, amount in other.items():
        left = (row.get(name, 0) - factor * amount) % _PRIME
        if left:
            row[name] = left
        else:
            row.pop(name, None)
