"""Whose browser this is: a session of the pages by the key in its cookie."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import DateTime, Engine, LargeBinary, bindparam, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.clock import civil_date
from app.db.namens import Namens, act_for, present_key
from app.db.statement import FastStatement
from app.models import Account, Sessie
from app.queries.accounts.actor import ACTORS, actor_of, get_actor_by_account, remember
from app.terms import Rol

IDLE = timedelta(minutes=30)
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
_NU = bindparam("nu", type_=DateTime(timezone=True))
_COLUMNS = (Sessie.id, Sessie.organisatie_id, Sessie.account_id, Sessie.rol, Sessie.gezien_op, Sessie.eindigt_op)
_RUNS = (
    Sessie.sleutel_hash == bindparam("sleutel", type_=LargeBinary),
    Sessie.beeindigd_op.is_(None),
    Sessie.eindigt_op > _NU,
    Sessie.gezien_op > bindparam("sinds", type_=DateTime(timezone=True)),
    Sessie.begonnen_op <= _NU,
)
_RUNNING = FastStatement(select(*_COLUMNS).where(*_RUNS))
#: the same with whose it is, for a transaction that works for that organisatie already
_COMING_IN = FastStatement(ACTORS.add_columns(*_COLUMNS).join(Sessie, Sessie.account_id == Account.id).where(*_RUNS))
#: by the hash of a key: for whom it was the last time; whether it still opens anything is read every time
_known: WeakKeyDictionary[Engine, dict[bytes, Namens]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class LopendeSessie:
    """A session that runs.

    Attributes:
        rol: that the token named when it began; None: it named none.
        gezien_op: about when it was last used.
        eindigt_op: when it ends, however often it is used.
    """

    id: int
    organisatie_id: int
    account_id: int
    rol: Rol | None
    gezien_op: datetime
    eindigt_op: datetime


class VanAccount(Protocol):
    """What an account opens the door with."""

    @property
    def organisatie_id(self) -> int:
        """Of which organisatie."""

    @property
    def account_id(self) -> int:
        """Whose."""


def is_key(text: str) -> bool:
    """Tell whether a text has the form of a key that was given out: 32 bytes in base64url."""
    return _KEY.fullmatch(text) is not None


def key_hash(key: str) -> bytes:
    """Return what a session's key is stored as."""
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()


def find_sessie(session: Session, key: str, at: datetime) -> LopendeSessie | None:
    """Return the session of a key when it runs at a moment: not ended, not over, not idle for half an hour."""
    digest = key_hash(key)
    present_key(session, digest)
    rows = _RUNNING.rows(session, sleutel=digest, nu=at, sinds=at - IDLE)
    return _sessie_of(rows[0]) if rows else None


def come_in(session: Session, key: str, at: datetime, verzoek_id: str = "") -> tuple[LopendeSessie, Actor] | None:
    """Return the session of a key and the medewerker behind it, as known now, or None when one of them is not there.

    The same as ``find_sessie`` and ``get_actor_of``. A key never goes to another account, so a process remembers for
    whom it works: then that is told, and one statement answers the rest.
    """
    known, digest = _known.setdefault(session.get_bind().engine, {}), key_hash(key)
    remembered = known.get(digest)
    found = remembered and _come_back(session, digest, replace(remembered, verzoek_id=verzoek_id), at)
    if found:
        return found
    sessie = find_sessie(session, key, at)
    actor = None if sessie is None else get_actor_of(session, sessie, civil_date(at), verzoek_id)
    if sessie is None or actor is None:
        return None
    remember(known, digest, Namens(sessie.organisatie_id, sessie.account_id, actor.medewerker_id))
    return sessie, actor


def _come_back(session: Session, digest: bytes, namens: Namens, at: datetime) -> tuple[LopendeSessie, Actor] | None:
    """Return the same when it is still theirs."""
    act_for(session, namens)
    rows = _COMING_IN.rows(session, sleutel=digest, nu=at, sinds=at - IDLE, vandaag=civil_date(at))
    found = [(_sessie_of(row[-len(_COLUMNS) :]), actor_of(row[: -len(_COLUMNS)])) for row in rows]
    return next((one for one in found if one[1].medewerker_id == namens.medewerker_id), None)


def get_actor_of(session: Session, sessie: VanAccount, vandaag: date, verzoek_id: str = "") -> Actor | None:
    """Return the medewerker behind a session, or behind a key of theirs, as known now, or None when revoked since."""
    account = Namens(sessie.organisatie_id, sessie.account_id, verzoek_id=verzoek_id)
    return get_actor_by_account(session, account, vandaag)


def _sessie_of(row: Sequence[Any]) -> LopendeSessie:
    key, organisatie, account, rol, gezien_op, eindigt_op = row
    return LopendeSessie(key, organisatie, account, rol and Rol(rol), gezien_op, eindigt_op)
