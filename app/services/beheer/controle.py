"""Prove against rule and facts what follows from them, organisatie by organisatie, and repair it when asked.

Those are the stored deadlines, and the tables that scope and lists look things up in.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from app.db.namens import Namens, act_for
from app.db.sessions import reading, unit_of_work
from app.lib.log import events
from app.lib.progress import Progress
from app.models import Vastlegteller
from app.norms.course import EDITION
from app.queries.opzoektabellen import Opzoekverschil, compare_opzoektabellen
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
    """Compare every stored deadline with the rule, and what lists look up with the facts; the caller commits.

    Args:
        session: reads, and writes when repairing.
        organisaties: whose.
        vandaag: from which day on deadlines are compared.
        repair: what differs is made anew, and nobody of that organisatie records meanwhile.
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
    looked_up = compare_opzoektabellen(session, organisatie_id)
    if repair and (found.afwijkingen or looked_up):
        lock_organisatie(session, organisatie_id)
        if found.afwijkingen:
            rebuild_termijnen(session, organisatie_id, vandaag, progress)
        for one in compare_opzoektabellen(session, organisatie_id):
            _restore(session, one)
    faults = {fault: kind for one in looked_up for fault, kind in _faults_of(one)}
    return Controle(found.termijnen, (*found.afwijkingen, *faults), found.kinderen | frozenset(faults.values()))


def _faults_of(verschil: Opzoekverschil) -> Iterator[tuple[str, int]]:
    """Yield of each row that differs what is wrong with it, without personal data, and of which child it is."""
    for rows, where in ((verschil.ontbreekt, "ontbreekt"), (verschil.teveel, "staat er ten onrechte")):
        for row in rows:
            named = dict(zip(verschil.tabel.__table__.columns.keys(), row, strict=True))
            key = ", ".join(str(named[column.name]) for column in verschil.tabel.__table__.primary_key)
            yield f"kind {named['pleegkind_id']}, {verschil.tabel.__tablename__} {key}: {where}", named["pleegkind_id"]


def _restore(session: Session, verschil: Opzoekverschil) -> None:
    """Let a table hold what the facts say."""
    tabel = verschil.tabel.__table__
    names = tabel.columns.keys()
    for row in verschil.teveel:
        values = dict(zip(names, row, strict=True))
        this = delete(verschil.tabel).where(*(key == values[key.name] for key in tabel.primary_key))
        session.execute(this.execution_options(synchronize_session=False))
    if verschil.ontbreekt:
        session.execute(insert(verschil.tabel), [dict(zip(names, row, strict=True)) for row in verschil.ontbreekt])


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
