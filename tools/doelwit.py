"""What an attack on the traces is done to, and what an attack is; ``aanvallen`` has them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg

from app.security.zegel import Zegelsleutel
from app.security.zegelmap import Zegelmap

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Doelwit:
    """What is attacked.

    Attributes:
        aanvaller: a connection of a superuser with triggers switched off.
        engine: of the app's role, on the same database.
        organisatie: key of the one whose traces are attacked.
        ander: key of another one.
        map: the folder with the seals; only who can reach the anchor touches it.
        sleutel: the key of the seals; only who has stolen it uses it.
        vreemde_sleutel: a key that anybody can make.
    """

    aanvaller: Connection
    engine: Any
    organisatie: int
    ander: int
    map: Zegelmap
    sleutel: Zegelsleutel
    vreemde_sleutel: Zegelsleutel

    def run(self, statement: str, *values: object) -> None:
        """Run a statement that must change something."""
        done = self.aanvaller.execute(statement, values)
        if not done.rowcount:
            raise AssertionError(f"de aanval raakte niets: {statement}")

    def one(self, statement: str, *values: object) -> Any:
        """Return the first value of the first row."""
        row = self.aanvaller.execute(statement, values).fetchone()
        if row is None:
            raise AssertionError(f"de aanval vond niets: {statement}")
        return row[0]


@dataclass(frozen=True, slots=True)
class Aanval:
    """One attack, and what must find it."""

    naam: str
    uitvoeren: Callable[[Doelwit], None]
    keten: bool
    anker: bool
