"""On whose behalf a transaction runs: what row-level security and the change log read from it.

The database cannot see who signed in; it is told at the start of every transaction, in settings that end with it
(``set_config(…, true)``): a connection that goes back to the pool forgets. Without them no row of any organisatie
exists for the roles of the application: who forgets to say for whom it works, sees nothing.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

_KEY = "pleegzicht.namens"
_READS = "pleegzicht.leest"
_SET = (
    "SELECT set_config('pleegzicht.organisatie', %s, true), set_config('pleegzicht.account', %s, true), "
    "set_config('pleegzicht.medewerker', %s, true), set_config('pleegzicht.verzoek', %s, true)"
)
#: the same round trip tells a transaction that it only reads
_SET_READING = f"{_SET}, set_config('transaction_read_only', 'on', true)"
_IDENTIFY = "SELECT set_config('pleegzicht.issuer', %s, true), set_config('pleegzicht.subject', %s, true)"

_PRESENT = "SELECT set_config('pleegzicht.sessie', %s, true)"
_NAME = "SELECT set_config('pleegzicht.code', %s, true)"
_SAY_WHY = "SELECT set_config('pleegzicht.reden', %s, true)"


@dataclass(frozen=True, slots=True)
class Namens:
    """Whose rows a session sees, and who answers for what it writes.

    Attributes:
        organisatie_id: the one organisatie whose rows exist for it.
        account_id: who signed in; None for a command.
        medewerker_id: feit_id of the medewerker; None for a command.
        verzoek_id: of the request; empty for a command.
    """

    organisatie_id: int
    account_id: int | None = None
    medewerker_id: int | None = None
    verzoek_id: str = ""


def act_for(session: Session, namens: Namens) -> None:
    """Let this transaction of the session and all its later ones work for an organisatie."""
    session.info[_KEY] = namens
    if session.in_transaction():
        _tell(session, session.connection(), namens)


def namens_of(session: Session) -> Namens | None:
    """Return for whom a session works."""
    found: Namens | None = session.info.get(_KEY)
    return found


def only_read(session: Session) -> None:
    """Let the database refuse whatever this session would write, from when it works for somebody on."""
    session.info[_READS] = True


def identify(session: Session, issuer: str, subject: str) -> None:
    """Say who asks to sign in: until the transaction ends the account of that pair can be found, and no other."""
    _driver(session.connection()).execute(_IDENTIFY, (issuer, subject))


def present_key(session: Session, digest: bytes) -> None:
    """Say with which key (its hash) somebody comes: until the transaction ends what it opens can be found by it."""
    _driver(session.connection()).execute(_PRESENT, (digest.hex(),))


def name_organisatie(session: Session, code: str) -> None:
    """Say which organisatie a command is about: until the transaction ends its row can be found by that code."""
    _driver(session.connection()).execute(_NAME, (code,))


def say_why(session: Session, reden: str) -> None:
    """Say why this transaction writes, before it does: the change log keeps it."""
    _driver(session.connection()).execute(_SAY_WHY, (reden,))


@event.listens_for(Session, "after_begin")
def _tell_at_begin(session: Session, _transaction: Any, connection: Any) -> None:
    namens = session.info.get(_KEY)
    if namens is not None:
        _tell(session, connection, namens)


def _tell(session: Session, connection: Any, namens: Namens) -> None:
    keys = (namens.organisatie_id, namens.account_id, namens.medewerker_id)
    values = (*("" if key is None else str(key) for key in keys), namens.verzoek_id)
    _driver(connection).execute(_SET_READING if _READS in session.info else _SET, values)


def _driver(connection: Any) -> Any:
    """Return the psycopg connection: SQLAlchemy's own way costs as much as the statement."""
    return connection.connection.driver_connection
