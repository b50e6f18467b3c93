"""Whose browser this is: a session of the pages by the key in its cookie."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import DateTime, LargeBinary, bindparam, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.namens import Namens, present_key
from app.db.statement import FastStatement
from app.models import Sessie
from app.queries.accounts.actor import get_actor_by_account
from app.terms import Rol

IDLE = timedelta(minutes=30)
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
_NU = bindparam("nu", type_=DateTime(timezone=True))
_RUNNING = FastStatement(
    select(Sessie.id, Sessie.organisatie_id, Sessie.account_id, Sessie.rol, Sessie.gezien_op, Sessie.eindigt_op).where(
        Sessie.sleutel_hash == bindparam("sleutel", type_=LargeBinary),
        Sessie.beeindigd_op.is_(None),
        Sessie.eindigt_op > _NU,
        Sessie.gezien_op > bindparam("sinds", type_=DateTime(timezone=True)),
        Sessie.begonnen_op <= _NU,
    )
)


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
    if not rows:
        return None
    ((key_id, organisatie, account, rol, gezien_op, eindigt_op),) = rows
    return LopendeSessie(key_id, organisatie, account, rol and Rol(rol), gezien_op, eindigt_op)


def get_actor_of(session: Session, sessie: VanAccount, vandaag: date, verzoek_id: str = "") -> Actor | None:
    """Return the medewerker behind a session, or behind a key of theirs, as known now, or None when revoked since."""
    account = Namens(sessie.organisatie_id, sessie.account_id, verzoek_id=verzoek_id)
    return get_actor_by_account(session, account, vandaag)
