"""Prove stored deadlines against the rule, organisatie by organisatie, and repair them when asked."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.namens import Namens, act_for
from app.services.termijnen import Controle, check_termijnen, rebuild_termijnen

Progress = Callable[[int, int, str], None]


def control(
    session: Session,
    organisaties: Sequence[int],
    vandaag: date,
    *,
    repair: bool = False,
    progress: Progress | None = None,
) -> Controle:
    """Compare every stored deadline with the rule, and repair what differs when asked; the caller commits.

    Args:
        session: reads, and writes when repairing.
        organisaties: whose deadlines.
        vandaag: from which day on deadlines are compared.
        repair: rebuild the deadlines of an organisatie that has a difference.
        progress: called with children done, children in all, and a label.
    """
    found = [_control_one(session, key, vandaag, repair=repair, progress=progress) for key in organisaties]
    return Controle(
        sum(one.termijnen for one in found),
        tuple(fault for one in found for fault in one.afwijkingen),
        frozenset().union(*(one.kinderen for one in found)),
    )


def _control_one(
    session: Session, organisatie_id: int, vandaag: date, *, repair: bool, progress: Progress | None
) -> Controle:
    act_for(session, Namens(organisatie_id))
    found = check_termijnen(session, organisatie_id, vandaag, progress)
    if repair and found.afwijkingen:
        rebuild_termijnen(session, organisatie_id, vandaag, progress)
    return found
