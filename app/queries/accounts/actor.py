"""Who is behind a token.

Row-level security wants to know for which organisatie a transaction works before it shows a medewerker. An account
never moves to another organisatie, so a process remembers of which one it is; everything else is read every time.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, Date, Engine, Text, bindparam, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.namens import Namens, act_for, identify
from app.db.statement import FastStatement
from app.models import Account, Medewerker, Organisatie
from app.models.teams import team_on
from app.models.versions import holds
from app.terms import Rol

_PAIR = (
    Account.issuer == bindparam("issuer", type_=Text),
    Account.subject == bindparam("subject", type_=Text),
)
_WORKS = Account.ingetrokken_op.is_(None)
_ACCOUNT = FastStatement(select(Account.organisatie_id, Account.id, Account.medewerker_id).where(*_PAIR, _WORKS))
#: who is behind an account that works: what ``actor_of`` reads
ACTORS = (
    select(
        Account.id,
        Medewerker.feit_id,
        Medewerker.uid,
        Medewerker.naam,
        Medewerker.rol,
        team_on(Medewerker.feit_id, bindparam("vandaag", type_=Date)),
        Organisatie.id,
        Organisatie.uid,
        Organisatie.code,
        Organisatie.naam,
    )
    .join(Medewerker, Medewerker.feit_id == Account.medewerker_id)
    .join(Organisatie, Organisatie.id == Account.organisatie_id)
    .where(_WORKS, holds(Medewerker))
)
_ACTOR = FastStatement(ACTORS.where(*_PAIR))
_BY_ACCOUNT = FastStatement(ACTORS.where(Account.id == bindparam("account", type_=BigInteger)))
_BY_NUMMER = FastStatement(
    ACTORS.where(
        Account.organisatie_id == bindparam("organisatie", type_=BigInteger),
        Medewerker.nummer == bindparam("nummer", type_=Text),
    )
    .order_by(Account.id)
    .limit(1)
)


_Pair = tuple[str, str]
_MOST = 10_000  # accounts that a process remembers
_known: WeakKeyDictionary[Engine, dict[_Pair, Namens]] = WeakKeyDictionary()
#: of each account whose it was the last time: who it is is read every time
_medewerkers: WeakKeyDictionary[Engine, dict[int | None, int | None]] = WeakKeyDictionary()
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def get_actor(session: Session, issuer: str, subject: str, vandaag: date, verzoek_id: str = "") -> Actor | None:
    """Return the medewerker behind an account, in the team of today, and let the session work for them from here on.

    Returns:
        None when the account is unknown or revoked, or its medewerker is withdrawn.
    """
    pair, known = (issuer, subject), _known.setdefault(session.get_bind().engine, {})
    for remembered in (known.get(pair), None):
        account = remembered or _find_account(session, pair)
        if account is None:
            return None
        act_for(session, replace(account, verzoek_id=verzoek_id))
        rows = _ACTOR.rows(session, issuer=issuer, subject=subject, vandaag=vandaag)
        if rows and rows[0][0] == account.account_id:
            remember(known, pair, account)
            return actor_of(rows[0])
        if remembered is None:
            break  # else: revoked, given to another account, or the database was restored to an earlier state
    return None


def get_actor_by_account(session: Session, account: Namens, vandaag: date) -> Actor | None:
    """Return the medewerker behind an account, in the team of today, for whom the session works from here on.

    Returns:
        None when the account is revoked, or its medewerker is withdrawn.
    """
    known = _medewerkers.setdefault(session.get_bind().engine, {})
    remembered = replace(account, medewerker_id=known.get(account.account_id))
    act_for(session, remembered)
    rows = _BY_ACCOUNT.rows(session, account=account.account_id, vandaag=vandaag)
    if not rows:
        return None
    actor = actor_of(rows[0])
    if actor.medewerker_id != remembered.medewerker_id:
        act_for(session, replace(account, medewerker_id=actor.medewerker_id))
        remember(known, account.account_id, actor.medewerker_id)
    return actor


def find_actor(session: Session, organisatie_id: int, nummer: str, vandaag: date) -> Actor | None:
    """Return the medewerker for whom a command works, by nummer; the session works for the organisatie already.

    Returns:
        None when nobody has that nummer, was withdrawn, or has no account that works.
    """
    rows = _BY_NUMMER.rows(session, organisatie=organisatie_id, nummer=nummer, vandaag=vandaag)
    return actor_of(rows[0]) if rows else None


def _find_account(session: Session, pair: _Pair) -> Namens | None:
    issuer, subject = pair
    identify(session, issuer, subject)
    rows = _ACCOUNT.rows(session, issuer=issuer, subject=subject)
    return Namens(*rows[0]) if rows else None


def remember(known: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Keep what never changes in what a process knows; it forgets all of it before it knows too much."""
    if len(known) >= _MOST:
        known.clear()
    known[key] = value


def actor_of(row: Sequence[Any]) -> Actor:
    """Return who a row of ``ACTORS`` is."""
    account, medewerker, uid, naam, rol, team, organisatie, organisatie_uid, code, organisatie_naam = row
    return Actor(
        account_id=account,
        medewerker_id=medewerker,
        medewerker_uid=uid,
        naam=naam,
        rol=Rol(rol),
        team_id=team,
        organisatie_id=organisatie,
        organisatie_uid=organisatie_uid,
        organisatie_code=code,
        organisatie_naam=organisatie_naam,
    )
