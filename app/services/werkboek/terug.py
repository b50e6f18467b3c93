"""Take the last import back: every fact that it brought withdrawn, every fact that it changed as it was before.

Nothing is deleted and no past answer changes: what is written is a version like any other, with its reason. After it
the import counts as never made (``app.services.werkboek.versies``), so that the repaired workbook comes in whole.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ARRAY, BigInteger, any_, cast, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db.namens import say_why
from app.lib.progress import Progress
from app.models import Medewerker, Pleegkind
from app.models.base import VERSION_COLUMNS, Feit, content_columns
from app.models.versions import holds
from app.queries.importen import TERUG_VAN, Import, find_last_import, read_written
from app.services.berichten.reopening import reopen_many
from app.services.bulk import copy_rows, reserve_ids
from app.services.feiten.versions import Recording, begin_recording
from app.services.termijnen import rebuild_termijnen
from app.services.werkboek.tables import SHEET_TABLES, SheetTable
from app.services.werkboek.versies import TERUG, stand_of, versie_of
from app.services.werkboek.voortgebouwd import Geraakt, Voortgebouwd, find_built

_OVERLAP = "ex_plaatsing_bezetting_overlap"


@dataclass(frozen=True, slots=True)
class BladTerug:
    """What became of one sheet's facts."""

    blad: str
    ingetrokken: int
    hersteld: int


@dataclass(frozen=True, slots=True)
class Teruggedraaid:
    """What taking back did, or what is in its way.

    Attributes:
        bladen: what was withdrawn and restored, or would be.
        voortgebouwd: what was built on the import; then nothing is written.
        gemaakt_op: when the import was made; None when there is none to take back.
        is_geschreven: whether the transaction must be committed.
    """

    bladen: tuple[BladTerug, ...] = ()
    voortgebouwd: tuple[Voortgebouwd, ...] = ()
    gemaakt_op: datetime | None = None
    is_geschreven: bool = False


@dataclass(slots=True)
class _Terug:
    """One version to write: the one that it replaces, and the one that it says again (None: it withdraws)."""

    newest: Any
    before: Any | None


@dataclass(slots=True)
class _Plan:
    """All that is to be written, and what the import touched."""

    rows: dict[str, list[_Terug]] = field(default_factory=dict)
    written: dict[str, set[int]] = field(default_factory=dict)
    feiten: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    nieuw: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    andere_rol: set[int] = field(default_factory=set)
    teams: set[int] = field(default_factory=set)
    volgordes: list[int] = field(default_factory=list)
    later: list[Voortgebouwd] = field(default_factory=list)


def take_back(
    session: Session,
    organisatie_id: int,
    *,
    nu: datetime,
    vandaag: date,
    proef: bool = False,
    progress: Progress | None = None,
) -> Teruggedraaid:
    """Take the last import of an organisatie back in the session's transaction; the caller commits, unless it may not.

    Args:
        session: of the app's role, working for the organisatie.
        organisatie_id: whose import.
        nu: the moment of recording.
        vandaag: from when deadlines are stored.
        proef: only look.
        progress: called with what is done, how much there is, and a label.
    """
    recording = begin_recording(session, organisatie_id, nu, None)  # nobody builds on it meanwhile
    last = find_last_import(session, organisatie_id, (table.model.__tablename__ for table in SHEET_TABLES))
    if last is None:
        return Teruggedraaid()
    plan = _plan(session, organisatie_id, last, progress)
    built = (*plan.later, *_find_built(session, organisatie_id, plan, last))
    bladen = tuple(_count(table, plan) for table in SHEET_TABLES if plan.rows[table.blad])
    if built or proef or not plan.volgordes:
        return Teruggedraaid(bladen, built, last.op)
    say_why(session, f"{TERUG_VAN}{last.pakket_id}")
    in_the_way = _write(session, recording, plan, progress)
    if not in_the_way:
        rebuild_termijnen(session, organisatie_id, vandaag, progress)
    return Teruggedraaid(bladen, in_the_way, last.op, is_geschreven=not in_the_way)


def _plan(session: Session, organisatie_id: int, last: Import, progress: Progress | None) -> _Plan:
    plan = _Plan()
    for done, table in enumerate(SHEET_TABLES, start=1):
        name = table.model.__tablename__
        plan.written[name] = set(read_written(session, organisatie_id, last.pakket_id, name))
        plan.rows[table.blad] = list(_plan_blad(session, table, plan)) if plan.written[name] else []
        if progress:
            progress(done, len(SHEET_TABLES), f"nakijken van {table.blad}")
    return plan


def _plan_blad(session: Session, table: SheetTable, plan: _Plan) -> Iterator[_Terug]:
    """Give what must be written for the facts of a sheet; a fact that somebody corrected since is in the way."""
    written = plan.written[table.model.__tablename__]
    for versies in _facts(session, table.model, sorted(written)):
        stand = stand_of(versie_of(row, row) for row in versies)
        top = stand.geldig[-1].inhoud
        if top.id not in written:
            plan.later.append(Voortgebouwd(table.model.__tablename__, top.nummer))
            continue
        before = stand.geldig[-2].inhoud if len(stand.geldig) > 1 else None
        _note(plan, table, top, before)
        yield _Terug(versies[-1], before)


def _note(plan: _Plan, table: SheetTable, top: Any, before: Any | None) -> None:
    name = table.model.__tablename__
    plan.volgordes.append(top.volgorde)
    plan.feiten[name].add(top.feit_id)
    if before is None:
        plan.nieuw[name].add(top.feit_id)
    if table.model is Medewerker:
        _note_lid(plan, top, before)


def _note_lid(plan: _Plan, top: Any, before: Any | None) -> None:
    if before is not None and before.rol != top.rol:
        plan.andere_rol.add(top.feit_id)
    if before is None or (before.team_id, before.team_sinds) != (top.team_id, top.team_sinds):
        places = (top.team_id, None if before is None else before.team_id)
        plan.teams |= {team for team in places if team is not None}


def _facts(session: Session, model: Any, written: Sequence[int]) -> Iterator[list[Any]]:
    """Give the versions of each fact that has one of these, the oldest first."""
    feiten = select(model.feit_id).where(model.id == any_(cast(written, ARRAY(BigInteger))))
    statement = select(*model.__table__.columns).where(model.feit_id.in_(feiten)).order_by(model.feit_id, model.versie)
    for _, versies in groupby(session.execute(statement), attrgetter("feit_id")):
        yield list(versies)


def _find_built(session: Session, organisatie_id: int, plan: _Plan, last: Import) -> list[Voortgebouwd]:
    if not plan.volgordes:
        return []
    volgordes = (min(plan.volgordes), max(plan.volgordes))
    geraakt = Geraakt(organisatie_id, plan.feiten, plan.nieuw, plan.andere_rol, plan.teams, volgordes, last.pakket_id)
    return find_built(session, geraakt, plan.written)


def _count(table: SheetTable, plan: _Plan) -> BladTerug:
    rows = plan.rows[table.blad]
    withdrawn = sum(row.before is None for row in rows)
    return BladTerug(table.blad, withdrawn, len(rows) - withdrawn)


def _write(session: Session, recording: Recording, plan: _Plan, progress: Progress | None) -> tuple[Voortgebouwd, ...]:
    """Write every version; return what stands where a fact comes back."""
    session.execute(text(f"SET CONSTRAINTS {_OVERLAP} DEFERRED"))
    for done, table in enumerate(SHEET_TABLES, start=1):
        _write_blad(session, recording, table.model, plan.rows[table.blad])
        if progress:
            progress(done, len(SHEET_TABLES), f"terugdraaien van {table.blad}")
    try:
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    except IntegrityError as error:
        if _OVERLAP not in str(error.orig):
            raise
        return (Voortgebouwd("plaatsing in dezelfde dagen als een die terugkomt"),)
    return tuple(_same_bsn(session, recording.organisatie_id, plan.feiten["pleegkind"]))


def _write_blad(session: Session, recording: Recording, model: type[Feit], rows: Sequence[_Terug]) -> None:
    if not rows:
        return
    content = content_columns(model)
    ids, numbers = reserve_ids(session, model, len(rows)), recording.take(len(rows))

    def versions() -> Iterator[tuple[Any, ...]]:
        for row, key, number in zip(rows, ids, numbers, strict=True):
            newest, said = row.newest, row.before or row.newest
            head = (
                key, newest.feit_id, newest.uid, newest.organisatie_id, newest.nummer, newest.versie + 1, newest.id,
                row.before is None, TERUG, recording.at, None, number,
            )  # fmt: skip
            yield (*head, *(getattr(said, name) for name in content))

    reopen_many(session, recording.organisatie_id, model, [row.newest.id for row in rows], recording.at)
    copy_rows(session, model, [*VERSION_COLUMNS, *content], versions())


def _same_bsn(session: Session, organisatie_id: int, kinderen: set[int]) -> Iterator[Voortgebouwd]:
    """Give the children that were given the BSN of a child that has it again."""
    indexes = (
        select(Pleegkind.bsn_index)
        .where(Pleegkind.organisatie_id == organisatie_id, Pleegkind.bsn_index.is_not(None), holds(Pleegkind))
        .group_by(Pleegkind.bsn_index)
        .having(func.count() > 1, func.bool_or(Pleegkind.feit_id == any_(cast(sorted(kinderen), ARRAY(BigInteger)))))
    )
    statement = select(Pleegkind.nummer).where(
        Pleegkind.organisatie_id == organisatie_id,
        Pleegkind.bsn_index.in_(indexes),
        Pleegkind.feit_id.not_in(sorted(kinderen)),
        holds(Pleegkind),
    )
    for nummer in session.scalars(statement.order_by(Pleegkind.nummer)):
        yield Voortgebouwd("pleegkind met hetzelfde BSN", nummer)
