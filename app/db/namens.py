"""On whose behalf a transaction runs: what row-level security and the change log read from it.

The database cannot see who signed in; it is told at the start of every transaction, in settings that end with it
(``set_config(…, true)``): a connection that goes back to the pool forgets. Without them no row of any organisatie
exists for the roles of the application: who forgets to say for whom it works, sees nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.pq import Escaping
from sqlalchemy import Text, bindparam, event, func, select, true
from sqlalchemy.orm import Session

from app.db.statement import FastStatement, begin_with, run

_KEY = "pleegzicht.namens"
_READS = "pleegzicht.leest"


class _Telling(FastStatement):
    """Tells a transaction settings of ours, each by its name, and those that are always the same.

    A transaction that is not there yet begins with them: planning a SELECT takes longer than all of SET LOCAL.
    """

    def __init__(self, *names: str, **fixed: str) -> None:
        given = [func.set_config(f"pleegzicht.{name}", bindparam(name, type_=Text), true()) for name in names]
        always = [func.set_config(name, value, true()) for name, value in fixed.items()]
        super().__init__(select(*given, *always))
        self._names, self._fixed = names, fixed

    def begin(self, driver: Any, values: Mapping[str, Any]) -> bool:
        """Begin a transaction with these settings."""
        literal = Escaping(driver.pgconn).escape_literal
        told = {f"pleegzicht.{name}": values[name] for name in self._names} | self._fixed
        begin_with(driver, *(b"%s = %s" % (name.encode(), literal(value.encode())) for name, value in told.items()))
        return True


_WHOSE = ("organisatie", "account", "medewerker", "verzoek")
_SET = _Telling(*_WHOSE)
#: the same round trip tells a transaction that it only reads
_SET_READING = _Telling(*_WHOSE, transaction_read_only="on")
_IDENTIFY, _PRESENT = _Telling("issuer", "subject"), _Telling("sessie")
_NAME, _SAY_WHY = _Telling("code"), _Telling("reden")


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


def only_reads(session: Session) -> bool:
    """Tell whether ``only_read`` was said of a session."""
    return _READS in session.info


def identify(session: Session, issuer: str, subject: str) -> None:
    """Say who asks to sign in: until the transaction ends the account of that pair can be found, and no other."""
    _IDENTIFY.run(session, issuer=issuer, subject=subject)


def present_key(session: Session, digest: bytes) -> None:
    """Say with which key (its hash) somebody comes: until the transaction ends what it opens can be found by it."""
    _PRESENT.run(session, sessie=digest.hex())


def name_organisatie(session: Session, code: str) -> None:
    """Say which organisatie a command is about: until the transaction ends its row can be found by that code."""
    _NAME.run(session, code=code)


def say_why(session: Session, reden: str) -> None:
    """Say why this transaction writes, before it does: the change log keeps it."""
    _SAY_WHY.run(session, reden=reden)


@event.listens_for(Session, "after_begin")
def _tell_at_begin(session: Session, _transaction: Any, connection: Any) -> None:
    namens = session.info.get(_KEY)
    if namens is not None:
        _tell(session, connection, namens)


def _tell(session: Session, connection: Any, namens: Namens) -> None:
    keys = (namens.organisatie_id, namens.account_id, namens.medewerker_id)
    texts = ("" if key is None else str(key) for key in keys)
    values = dict(zip(_WHOSE, (*texts, namens.verzoek_id), strict=True))
    # SQLAlchemy's own way costs as much as the statement
    driver = connection.connection.driver_connection
    statement = _SET_READING if _READS in session.info else _SET
    run(statement, driver, statement.parameters(values))
