"""The database's copies of the seals."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Kwartaaltoets, Zegel
from app.terms import ToetsStatus


def last_seal(session: Session, organisatie_id: int) -> Zegel | None:
    """Return the newest seal of an organisatie."""
    newest = select(Zegel).where(Zegel.organisatie_id == organisatie_id).order_by(Zegel.nummer.desc()).limit(1)
    return session.scalars(newest).one_or_none()


def seal_of_toets(session: Session, toets: Kwartaaltoets) -> Zegel | None:
    """Return the seal that the exports of an audit name: the last one, and of a frozen audit the last before that."""
    if toets.status is ToetsStatus.CONCEPT:
        return last_seal(session, toets.organisatie_id)
    return None if toets.zegel_id is None else session.get(Zegel, toets.zegel_id)
