"""Prove stored deadlines against the rule, for one organisatie or all, and repair them when asked."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Organisatie
from app.services.termijnen import Controle, check_termijnen, rebuild_termijnen

Progress = Callable[[int, int, str], None]


def control(
    session: Session,
    organisatie_id: int | None,
    vandaag: date,
    *,
    repair: bool = False,
    progress: Progress | None = None,
) -> Controle:
    """Compare every stored deadline with the rule, and repair what differs when asked; the caller commits.

    Args:
        session: reads, and writes when repairing.
        organisatie_id: one organisatie, or None for all.
        vandaag: from which day on deadlines are compared.
        repair: rebuild the deadlines of an organisatie that has a difference.
        progress: called with children done, children in all, and a label.
    """
    statement = select(Organisatie.id).order_by(Organisatie.id)
    ids = [organisatie_id] if organisatie_id is not None else list(session.scalars(statement))
    found = {key: check_termijnen(session, key, vandaag, progress) for key in ids}
    if repair:
        for key, one in found.items():
            if one.afwijkingen:
                rebuild_termijnen(session, key, vandaag, progress)
    return Controle(
        sum(one.termijnen for one in found.values()),
        tuple(fault for one in found.values() for fault in one.afwijkingen),
        frozenset().union(*(one.kinderen for one in found.values())),
    )
