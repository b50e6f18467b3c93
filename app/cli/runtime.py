"""What a command or the server needs before it can work: a reachable, current and durable database."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from app import clock
from app.cli.console import keyboard
from app.cli.ground import Ground, NietUitvoerbaar
from app.db.statistics import refresh_statistics
from app.models import Organisatie
from app.queries.termijnen.edities import OLD_EDITIONS
from app.services.beheer import schema
from app.services.beheer.organisaties import find_organisatie
from app.services.inzagen.opdrachten import Opdrachtgever, Toon, look_by_command

if TYPE_CHECKING:
    from app.services.zegels.maken import Zegelplaats


class Runtime(Ground):
    """What a command works with that reads files; the schema may be another one until ``ready_engine`` looked."""

    def migrate(self) -> str | None:
        """Bring the schema up to date, let the planner know what it holds, and return the revision it came from."""
        from app.services.beheer.controle import renew_old_editions  # the rule, which few commands need

        with self.owner() as owner:
            before = schema.current_revision(owner)
            schema.upgrade(owner)
        renew_old_editions(self.engines.work, self.every_organisatie(), clock.today())
        refresh_statistics(self.engines.work)
        return before

    def ready_engine(self) -> Engine:
        """Return the engine of commands, with a current schema.

        The embedded database is brought up to date by itself; a real one only when asked (``pleegzicht migrate``).

        Raises:
            NietUitvoerbaar: when the database cannot be reached or has another schema.
        """
        with self.owner() as owner:
            current = schema.is_current(owner)
            # a migration was broken off before the rule was asked again for every organisatie
            old = current and bool(_keys(owner, OLD_EDITIONS.limit(1)))
        if old:
            raise NietUitvoerbaar("De bewaarde termijnen zijn van een oudere regel; draai eerst: pleegzicht migrate")
        if not current:
            if self.settings.database_url is not None:
                raise NietUitvoerbaar("Het schema van de database is niet bij; draai eerst: pleegzicht migrate")
            self.migrate()
        return self.engines.work

    @contextmanager
    def open_session(self) -> Iterator[Session]:
        """Yield a session of a command on a current schema; the command commits what it writes."""
        with Session(self.ready_engine()) as session:
            yield session

    def every_organisatie(self) -> Sequence[int]:
        """Return the keys of all organisaties: only the owner of the tables sees them all (``app.db.namens``)."""
        with self.owner() as owner:
            return _keys(owner, select(Organisatie.id).order_by(Organisatie.id))

    def organisaties_of(self, code: str | None) -> Sequence[int]:
        """Return the key of the organisatie with a code, or of all of them when none is named.

        Raises:
            NietUitvoerbaar: when there is none with that code.
        """
        if code is None:
            return self.every_organisatie()
        with self.open_session() as session:
            return [require_organisatie(session, code).id]

    def zegelplaats(self) -> "Zegelplaats":
        """Return where seals go, with the key that signs them."""
        from app.security.zegel import Zegelsleutel
        from app.services.zegels.maken import zegelplaats_of

        return zegelplaats_of(self.settings, Zegelsleutel(self.read_secrets()))

    def seal(self, organisatie_id: int, nu: datetime) -> str | None:
        """Seal what was just frozen; return what went wrong in a sentence."""
        from app.services.zegels.maken import try_seal

        return try_seal(self.engines.work, organisatie_id, self.zegelplaats(), nu)

    def look_at(self, organisatie: Organisatie, opdracht: str, reden: str | None) -> AbstractContextManager[Toon]:
        """Log that a command looks at files of an organisatie, before and when it shows them."""
        return look_by_command(self.engines.log, organisatie, Opdrachtgever(opdracht, keyboard(), reden), clock.now)


def _keys(owner: Engine, statement: Select[int]) -> Sequence[int]:
    with owner.connect() as connection:
        return connection.scalars(statement).all()


def require_organisatie(session: Session, code: str) -> Organisatie:
    """Return the organisatie with a code.

    Raises:
        NietUitvoerbaar: when there is none.
    """
    organisatie = find_organisatie(session, code)
    if organisatie is None:
        raise NietUitvoerbaar(f"Er is geen organisatie met code {code}")
    return organisatie
