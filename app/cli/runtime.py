"""What a command or the server needs before it can work: a reachable, current and durable database."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import clock
from app.cli.console import keyboard
from app.db import sessions
from app.errors import AppError
from app.models import Organisatie, Vastlegteller
from app.norms.course import EDITION
from app.security.secrets import Secrets, load_secrets
from app.security.zegel import Zegelsleutel
from app.services.beheer import schema
from app.services.beheer.controle import renew_old_editions
from app.services.beheer.organisaties import find_organisatie
from app.services.inzagen.opdrachten import Opdrachtgever, Toon, look_by_command
from app.services.zegels.maken import Zegelplaats, try_seal, zegelplaats_of
from app.settings import get_settings


class NietUitvoerbaar(AppError):
    """A command cannot be carried out as asked; one clear line says why."""


def owner_engine() -> Engine:
    """Return an engine that may change the schema."""
    return sessions.make_engine(sessions.database_url(get_settings()), role=None, long_work=True, pool_size=1)


def migrate() -> str | None:
    """Bring the schema up to date and return the revision it came from."""
    engine = owner_engine()
    try:
        before = schema.current_revision(engine)
        schema.upgrade(engine)
    except OperationalError as error:
        raise NietUitvoerbaar(f"De database is niet bereikbaar: {_first_line(error)}") from None
    finally:
        engine.dispose()
    renew_old_editions(sessions.work_engine(), every_organisatie(), clock.today())
    return before


def ready_engine() -> Engine:
    """Return the engine of commands, with a current schema.

    The embedded database is brought up to date by itself; a real one only when asked (``pleegzicht migrate``).

    Raises:
        NietUitvoerbaar: when the database cannot be reached or has another schema.
    """
    owner = owner_engine()
    try:
        current = schema.current_revision(owner)
    except OperationalError as error:
        raise NietUitvoerbaar(f"De database is niet bereikbaar: {_first_line(error)}") from None
    finally:
        owner.dispose()
    if current != schema.head_revision():
        if get_settings().database_url is not None:
            raise NietUitvoerbaar("Het schema van de database is niet bij; draai eerst: pleegzicht migrate")
        migrate()
    elif _has_old_editions():
        raise NietUitvoerbaar("De bewaarde termijnen zijn van een oudere regel; draai eerst: pleegzicht migrate")
    return sessions.work_engine()


def _has_old_editions() -> bool:
    """Tell whether a migration was broken off before the rule was asked again for every organisatie."""
    engine = owner_engine()
    try:
        with engine.connect() as connection:
            older = select(Vastlegteller.organisatie_id).where(Vastlegteller.termijnen_editie < EDITION).limit(1)
            return connection.scalars(older).first() is not None
    finally:
        engine.dispose()


@contextmanager
def open_session() -> Iterator[Session]:
    """Yield a session of a command on a current schema; the command commits what it writes."""
    with Session(ready_engine()) as session:
        yield session


def every_organisatie() -> Sequence[int]:
    """Return the keys of all organisaties: only the owner of the tables sees them all (``app.db.namens``)."""
    engine = owner_engine()
    try:
        with engine.connect() as connection:
            return connection.scalars(select(Organisatie.id).order_by(Organisatie.id)).all()
    finally:
        engine.dispose()


def organisaties_of(code: str | None) -> Sequence[int]:
    """Return the key of the organisatie with a code, or of all of them when none is named.

    Raises:
        NietUitvoerbaar: when there is none with that code.
    """
    if code is None:
        return every_organisatie()
    with open_session() as session:
        return [require_organisatie(session, code).id]


def read_secrets() -> Secrets:
    """Return the keys; made on first use with the embedded database or in the demo, never beside a real one."""
    settings = get_settings()
    return load_secrets(settings.secrets_path, create=settings.demo or settings.database_url is None)


def zegelplaats() -> Zegelplaats:
    """Return where seals go, with the key that signs them."""
    return zegelplaats_of(get_settings(), Zegelsleutel(read_secrets()))


def seal(organisatie_id: int, nu: datetime) -> str | None:
    """Seal what was just frozen; return what went wrong in a sentence."""
    return try_seal(sessions.work_engine(), organisatie_id, zegelplaats(), nu)


def look_at(organisatie: Organisatie, opdracht: str, reden: str | None) -> AbstractContextManager[Toon]:
    """Log that a command looks at files of an organisatie, before and when it shows them."""
    return look_by_command(sessions.log_engine(), organisatie, Opdrachtgever(opdracht, keyboard(), reden), clock.now)


def require_organisatie(session: Session, code: str) -> Organisatie:
    """Return the organisatie with a code.

    Raises:
        NietUitvoerbaar: when there is none.
    """
    organisatie = find_organisatie(session, code)
    if organisatie is None:
        raise NietUitvoerbaar(f"Er is geen organisatie met code {code}")
    return organisatie


def _first_line(error: OperationalError) -> str:
    return str(error.orig).strip().splitlines()[0]
