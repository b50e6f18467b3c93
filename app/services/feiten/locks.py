"""What a recording locks, in one order for all: the organisatie, then a child by its key, and last of all the head.

The head (``vastlegteller``) gives the place in the order and is held until the commit, so that ``volgorde`` follows the
order of commits. Whoever holds it makes everybody wait. So a fact of one child locks that child, shares the
organisatie with others who do, asks the rule, and takes the head for the inserts and the commit alone. Everything else
(a family, a plaatsing, a norm, an import, what is destroyed) takes the organisatie for itself first: what it touches is
everybody's, and nobody judges a child meanwhile.

Nobody who shares the organisatie may take it for himself later in the same transaction: two who do wait for each other.
"""

from sqlalchemy import BigInteger, Text, bindparam, func, select
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.models import Feit, Vastlegteller

_SHARED = "pleegzicht.deelt_organisatie"


def _key(what: str, name: str) -> object:
    return func.hashtextextended(func.concat(what, bindparam(name, type_=BigInteger)), 0)


_ALONE = FastStatement(select(func.pg_advisory_xact_lock(_key("vastleggen ", "organisatie"))))
#: from left to right; the number is drawn here too, since asking for it apart costs as much as this does
_OF_CHILD = FastStatement(
    select(
        func.pg_advisory_xact_lock_shared(_key("vastleggen ", "organisatie")),
        func.pg_advisory_xact_lock(_key("vastleggen over kind ", "kind")),
        func.nextval(func.pg_get_serial_sequence(bindparam("tabel", type_=Text), "id")),
    )
)


def lock_organisatie(session: Session, organisatie_id: int) -> None:
    """Let nobody else record for an organisatie until the transaction ends.

    Raises:
        RuntimeError: this transaction shares it with others.
    """
    if session.info.get(_SHARED) is not None and session.info[_SHARED] is session.get_transaction():
        raise RuntimeError("an organisatie that is shared cannot be taken")
    _ALONE.rows(session, organisatie=organisatie_id)


def lock_child(session: Session, organisatie_id: int, kind: int, model: type[Feit]) -> int:
    """Let nobody else record about a child until the transaction ends; return the key of a new fact of a kind."""
    ((_, _, key),) = _OF_CHILD.rows(session, organisatie=organisatie_id, kind=kind, tabel=model.__tablename__)
    session.info[_SHARED] = session.get_transaction()
    return int(key)


def lock_head(session: Session, organisatie_id: int) -> int:
    """Let nobody else take the head until the transaction ends; return up to which recording there is."""
    head = select(Vastlegteller.volgorde).where(Vastlegteller.organisatie_id == organisatie_id)
    return session.scalars(head.with_for_update()).one()
