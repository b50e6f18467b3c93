"""By which account a medewerker signs in: given, changed and taken away, with effect at once.

An account that was taken away lets nobody in any more, by a token or on a page that was open. Its pair of issuer and
subject is free again; what was done by it stays known as done by that medewerker.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import Account, Medewerker
from app.models.versions import holds
from app.terms import Rol

Pair = tuple[str, str]
_WORKS = Account.ingetrokken_op.is_(None)


class AccountBestaat(Conflict):
    """Another medewerker signs in with this pair of issuer and subject."""

    code = "account_bestaat"
    detail = "Een andere medewerker meldt zich al met dit account aan."


class LaatsteBeheerder(Conflict):
    """The last beheerder who can sign in would go: after that nobody could ever add one."""

    code = "laatste_beheerder"
    detail = "Dit is de laatste beheerder die zich kan aanmelden. Maak eerst iemand anders beheerder."


def set_account(session: Session, medewerker: Medewerker, pair: Pair | None, at: datetime) -> None:
    """Let a medewerker sign in with this pair and no other, or (None) not at all.

    Raises:
        AccountBestaat: the pair is somebody else's.
    """
    own = [Account.medewerker_id == medewerker.feit_id, Account.organisatie_id == medewerker.organisatie_id, _WORKS]
    if pair is not None:
        own.append(not_(and_(Account.issuer == pair[0], Account.subject == pair[1])))
    session.execute(update(Account).where(*own).values(ingetrokken_op=at).execution_options(synchronize_session=False))
    if pair is not None:
        link_account(session, medewerker, pair)


def link_account(session: Session, medewerker: Medewerker, pair: Pair) -> None:
    """Let a medewerker sign in with a pair of issuer and subject that nobody else has.

    An account of another organisatie cannot be seen from here; only its place in the unique index can.

    Raises:
        AccountBestaat: the pair is somebody else's.
    """
    issuer, subject = pair
    fresh = (
        insert(Account)
        .values(
            organisatie_id=medewerker.organisatie_id, medewerker_id=medewerker.feit_id, issuer=issuer, subject=subject
        )
        .on_conflict_do_nothing(index_elements=[Account.issuer, Account.subject], index_where=_WORKS)
        .returning(Account.id)
    )
    if session.execute(fresh).first() is not None:
        return
    own = select(Account.id).where(
        Account.issuer == issuer, Account.subject == subject, Account.medewerker_id == medewerker.feit_id, _WORKS
    )
    if session.execute(own).first() is None:
        raise AccountBestaat


def withdrawn_pairs(session: Session, medewerker: Medewerker, at: datetime) -> list[Pair]:
    """Return by which pairs somebody could sign in until a moment at which all of them were taken away."""
    statement = select(Account.issuer, Account.subject).where(
        Account.medewerker_id == medewerker.feit_id,
        Account.organisatie_id == medewerker.organisatie_id,
        Account.ingetrokken_op == at,
    )
    return [(issuer, subject) for issuer, subject in session.execute(statement)]


def has_beheerder(session: Session, organisatie_id: int) -> bool:
    """Tell whether an organisatie has a beheerder who can sign in."""
    return _anybody(session, organisatie_id, Medewerker.rol == Rol.BEHEERDER)


def can_anybody_sign_in(session: Session, organisatie_id: int) -> bool:
    """Tell whether an organisatie has an account that works, of somebody who still works there."""
    return _anybody(session, organisatie_id)


def _anybody(session: Session, organisatie_id: int, *more: ColumnElement[bool]) -> bool:
    wanted = (
        select(Account.id)
        .join(Medewerker, Medewerker.feit_id == Account.medewerker_id)
        .where(Account.organisatie_id == organisatie_id, _WORKS, holds(Medewerker), *more)
    )
    return session.execute(wanted.limit(1)).first() is not None
