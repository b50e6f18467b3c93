"""Connections, transactions that know for whom they work, and the access log."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import uuid_utils.compat

from bench.floor import clock, sql
from bench.floor.errors import Refused
from bench.floor.settings import Settings
from bench.floor.tokens import Who

Connection = Any  # asyncpg's own, or its pool's stand-in for one
_PURPOSE = {
    "pleegzorgbegeleider": "begeleiding van de plaatsing",
    "teamleider": "leiding aan de begeleiding",
    "kwaliteitsmedewerker": "toetsing van de kwaliteit",
}
_SCOPE = {"pleegzorgbegeleider": "caseload", "teamleider": "team"}
#: of each worker: to read and write on, and for the log alone
_DATA, _LOG = 8, 6


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, as known at this request."""

    organisatie: int
    account: int
    medewerker: int
    uid: UUID
    naam: str
    rol: str
    namens: str
    team: int | None

    @property
    def scope(self) -> str:
        """How far is seen: the own caseload, the team, or the organisatie."""
        return _SCOPE.get(self.rol, "organisatie")

    @property
    def reach(self) -> int | None:
        """The key that scopes a statement: of the medewerker, the team or the organisatie."""
        return {"caseload": self.medewerker, "team": self.team}.get(self.scope, self.organisatie)


@dataclass(frozen=True, slots=True)
class Look:
    """What is about to be done: what the access log asks of a request."""

    soort: str
    handeling: str
    onderwerp: UUID | None
    client: str
    verzoek: str


class Database:
    """Two pools: a line of the log never waits for who reads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._keys: dict[Who, tuple[int, int, int]] = {}
        self._data: Any = None
        self._log: Any = None

    async def open(self) -> None:
        """Connect."""
        self._data, self._log = await self._pool(_DATA), await self._pool(_LOG)

    async def close(self) -> None:
        """Disconnect."""
        await self._data.close()
        await self._log.close()

    async def _pool(self, size: int) -> Any:
        settings = {"role": self._settings.role, "timezone": "UTC", "jit": "off"}
        return await asyncpg.create_pool(
            **self._settings.database,
            min_size=size,
            max_size=size,
            server_settings={**settings, "plan_cache_mode": "force_generic_plan"},
            reset=_nothing,
        )

    @asynccontextmanager
    async def transaction(self, who: Who, look: Look) -> AsyncIterator[tuple[Connection, Actor, UUID]]:
        """Yield a connection that works for an actor, the actor, and the key of the look, whose intent is committed.

        Raises:
            Refused: nobody has that account.
        """
        async with self._data.acquire() as connection:
            try:
                actor = await self._begin(connection, who, look.verzoek)
                yield connection, actor, await self._intent(actor, look)
                await connection.execute("COMMIT")
            except BaseException:
                if connection.is_in_transaction():
                    await connection.execute("ROLLBACK")
                raise

    async def _begin(self, connection: Connection, who: Who, verzoek: str) -> Actor:
        keys = self._keys.get(who) or await self._find(connection, who)
        organisatie, account, medewerker = keys
        await connection.execute(
            f"BEGIN; SET LOCAL pleegzicht.organisatie = '{organisatie:d}'; "
            f"SET LOCAL pleegzicht.account = '{account:d}'; "
            f"SET LOCAL pleegzicht.medewerker = '{medewerker:d}'; SET LOCAL pleegzicht.verzoek = '{verzoek}'"
        )
        row = await connection.fetchrow(sql.ACTOR, *who)
        if row is None:
            raise Refused(401)
        if row["rol"] not in _PURPOSE:
            raise Refused(403)
        return Actor(organisatie, account, medewerker, *row)

    async def _find(self, connection: Connection, who: Who) -> tuple[int, int, int]:
        """Return the keys of an account, remembered from here on: it never moves to another organisatie."""
        async with connection.transaction():
            await connection.execute(sql.IDENTIFY, *who)
            row = await connection.fetchrow(sql.ACCOUNT, *who)
        if row is None:
            raise Refused(401)
        self._keys[who] = tuple(row)
        return self._keys[who]

    async def _intent(self, actor: Actor, look: Look) -> UUID:
        key: UUID = uuid_utils.compat.uuid7()
        values = (look.soort, look.handeling, look.onderwerp, _PURPOSE[actor.rol], look.client, look.verzoek)
        who = (actor.organisatie, actor.account, actor.uid, actor.naam, actor.rol, actor.namens)
        await self._log.execute(sql.INTENT, key, *who, clock.now(), *values)
        return key

    async def outcome(self, actor: Actor, look: UUID, uitkomst: str, children: Sequence[UUID] | None) -> None:
        """Commit how a look ended."""
        await self._log.execute(sql.OUTCOME, actor.organisatie, look, clock.now(), uitkomst, children)


async def _nothing(_connection: Any) -> None:
    """Leave a connection as it is: what was set ended with its transaction."""
