"""Prove stored deadlines against the rule, organisatie by organisatie, and repair them when asked."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db.namens import Namens, act_for
from app.db.sessions import reading, unit_of_work
from app.lib.log import events
from app.lib.progress import Progress
from app.models import Vastlegteller
from app.norms.course import EDITION
from app.services.feiten.locks import lock_organisatie
from app.services.termijnen import Controle, check_termijnen, rebuild_termijnen


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


def report_drift(engine: Engine, organisatie_id: int, kinderen: Collection[int], vandaag: date) -> int:
    """Judge children of a list again; log each stored deadline that the rule does not give, and return how many."""
    with reading(engine, Namens(organisatie_id)) as session:
        found = check_termijnen(session, organisatie_id, vandaag, only=kinderen).afwijkingen
    for fault in found:
        events().error("termijn_wijkt_af", wat=fault)
    return len(found)


def renew_old_editions(
    engine: Engine, organisaties: Sequence[int], vandaag: date, progress: Progress | None = None
) -> int:
    """Ask the rule again for every organisatie whose stored deadlines an older edition of it wrote; return how many.

    Each in a transaction of its own that holds the head, so that nothing is recorded in between.
    """
    return sum(_renew(engine, key, vandaag, progress) for key in organisaties)


def _renew(engine: Engine, organisatie_id: int, vandaag: date, progress: Progress | None) -> bool:
    head = select(Vastlegteller.termijnen_editie).where(Vastlegteller.organisatie_id == organisatie_id)
    with unit_of_work(engine, Namens(organisatie_id)) as session:
        lock_organisatie(session, organisatie_id)
        if session.scalars(head.with_for_update()).one_or_none() in (None, EDITION):
            return False
        rebuild_termijnen(session, organisatie_id, vandaag, progress)
    return True
