"""Every way to weaken who may see what, one at a time; the matrix must turn red for each.

Three kinds: a right given or taken in ``PERMISSIONS_OF_ROL``, a condition that is not what it was (``voorwaarden``
has the list), and a line or cell of the table itself (``test_tabel``).
"""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import psycopg

from app.access import permissions
from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.access.policy import route_regels
from app.db.statement import FastStatement
from app.terms import Rol
from tests.beleid.matrix import cells
from tests.beleid.verzoeken import Vraag

# Rights


@dataclass(frozen=True)
class Rechtmutant:
    """A permission that a rol has no more, or has now."""

    rol: Rol
    recht: Permission

    @property
    def taken(self) -> bool:
        return self.recht in PERMISSIONS_OF_ROL[self.rol]

    def __str__(self) -> str:
        return f"{self.rol} {'zonder' if self.taken else 'met'} {self.recht}"

    @contextmanager
    def at_work(self) -> Iterator[None]:
        changed = PERMISSIONS_OF_ROL[self.rol] ^ {self.recht}
        with mock.patch.dict(permissions.PERMISSIONS_OF_ROL, {self.rol: changed}):
            yield

    def vragen(self) -> list[Vraag]:
        """Return the cells that it can change: the routes that ask for this right, by this rol."""
        return list(cells([one for one in route_regels() if one.recht == self.recht], self.rol))


#: the first of them, one for each right, are of every rol in turn
RECHTEN = tuple(
    Rechtmutant(tuple(Rol)[(number + shift) % len(Rol)], recht)
    for shift in range(len(Rol))
    for number, recht in enumerate(Permission)
)


def features_of_recht(mutant: Rechtmutant) -> set[object]:
    """Return what a choice has once: each right, and each rol with a right more and a right less."""
    return {mutant.recht, (mutant.rol, mutant.taken)}


# Conditions


@dataclass(frozen=True)
class Mutant:
    """A condition that is not what it was.

    Attributes:
        naam: what it does.
        patches: object, attribute, and what stands there instead.
        rollen: who would notice; to ask them first.
        pad, methode: the route that shows it.
        tabel: of which every statement forgets the organisatie, whoever wrote it.
    """

    naam: str
    patches: tuple[tuple[Any, str, Any], ...]
    rollen: tuple[Rol, ...]
    pad: str = "/v1/pleegkinderen/{id}"
    methode: str = "GET"
    tabel: str = ""

    def __str__(self) -> str:
        return self.naam

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Weaken it, in statements that are built anew."""
        forget_statements()
        with ExitStack() as stack:
            for target, name, value in self.patches:
                stack.enter_context(
                    mock.patch.dict(target, {name: value})
                    if isinstance(target, dict)
                    else mock.patch.object(target, name, value)
                )
            if self.tabel:
                stack.enter_context(rewriting(rf"\b{self.tabel}(_\d+)?\.organisatie_id = %\(\w+\)s(::\w+)?"))
            try:
                yield
            finally:
                forget_statements()

    def vragen(self) -> list[Vraag]:
        """Return the cells of the route that shows it."""
        whole = list(route_regels())
        first = [one for one in whole if (one.pad, one.methode) == (self.pad, self.methode)]
        assert first, self.pad
        return [vraag for rol in self.rollen for vraag in cells(first, rol)]


def features_of_voorwaarde(mutant: Mutant) -> set[object]:
    """Return what a choice has once: each thing that is changed, for a scope that of each rol; and each rol."""
    changed = {str(value) if isinstance(target, dict) else name for target, name, value in mutant.patches}
    return {*changed, *mutant.rollen, ("tabel", mutant.tabel)}


def forget_statements() -> None:
    """Let every query be built again: most are built once and kept."""
    for name, module in sys.modules.items():
        if name.startswith("app.queries."):
            for value in vars(module).values():
                if callable(getattr(value, "cache_clear", None)):
                    value.cache_clear()


@contextmanager
def rewriting(pattern: str) -> Iterator[None]:
    """Let every statement go to the database with a condition replaced by one that always holds."""
    execute = psycopg.Cursor.execute

    def rewritten(self: Any, query: Any, *args: Any, **more: Any) -> Any:
        return execute(self, re.sub(pattern, "true", query) if isinstance(query, str) else query, *args, **more)

    def sent(statement: FastStatement, driver: Any, _names: Any, values: Any) -> list[Any]:
        cursor = driver.execute(statement.sql, values)
        return cursor.fetchall() if cursor.description is not None else []

    with mock.patch.object(psycopg.Cursor, "execute", rewritten), mock.patch.object(FastStatement, "send", sent):
        yield
