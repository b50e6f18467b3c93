"""What the smallest command stands on: its settings, the database that they name and the keys.

It imports no model: what reads files stands on ``app.cli.runtime``, and takes twice as long to say anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.db.engines import Engines
from app.errors import AppError
from app.services.beheer import schema
from app.settings import Settings, get_settings

if TYPE_CHECKING:
    from app.security.secrets import Secrets


class NietUitvoerbaar(AppError):
    """A command cannot be carried out as asked; one clear line says why."""


def unreachable(error: OperationalError) -> NietUitvoerbaar:
    """Return what to say of a database that does not answer."""
    return NietUitvoerbaar(f"De database is niet bereikbaar: {str(error.orig).strip().splitlines()[0]}")


class Ground:
    """What every command works with.

    Attributes:
        settings: of this command.
        engines: on the database that they name.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engines = Engines(settings)

    def __enter__(self) -> Self:
        """Work with it; its connections are closed afterwards."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close them."""
        self.engines.dispose()

    @classmethod
    def of_environment(cls) -> Self:
        """Return one with the settings that the environment gives."""
        return cls(get_settings())

    @contextmanager
    def owner(self) -> Iterator[Engine]:
        """Yield an engine that may change the schema and sees the rows of every organisatie.

        Raises:
            NietUitvoerbaar: the database cannot be reached.
        """
        owner = self.engines.owner()
        try:
            yield owner
        except OperationalError as error:
            raise unreachable(error) from None
        finally:
            owner.dispose()

    def has_current_schema(self) -> bool:
        """Tell whether the database has the schema that this code knows.

        Raises:
            NietUitvoerbaar: when it cannot be reached.
        """
        with self.owner() as owner:
            return schema.is_current(owner)

    def read_secrets(self) -> "Secrets":
        """Return the keys; made on first use with the embedded database or in the demo, never beside a real one."""
        from app.security.secrets import load_secrets  # cryptography, which few commands need

        return load_secrets(self.settings.secrets_path, create=self.settings.demo or self.settings.database_url is None)
