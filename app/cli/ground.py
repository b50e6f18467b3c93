"""What the smallest command stands on: its settings, the database that they name and the keys.

It imports no model: what reads files stands on ``app.cli.runtime``, and takes twice as long to say anything.
"""

from typing import Self

from sqlalchemy.exc import OperationalError

from app.db.engines import Engines
from app.errors import AppError
from app.security.secrets import Secrets, load_secrets
from app.services.beheer import schema
from app.settings import Settings, get_settings


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

    def has_current_schema(self) -> bool:
        """Tell whether the database has the schema that this code knows.

        Raises:
            NietUitvoerbaar: when it cannot be reached.
        """
        owner = self.engines.owner()
        try:
            return schema.current_revision(owner) == schema.head_revision()
        except OperationalError as error:
            raise unreachable(error) from None
        finally:
            owner.dispose()

    def read_secrets(self) -> Secrets:
        """Return the keys; made on first use with the embedded database or in the demo, never beside a real one."""
        return load_secrets(self.settings.secrets_path, create=self.settings.demo or self.settings.database_url is None)
