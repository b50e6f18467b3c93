"""Stored deadlines: written by the rule in the transaction of the fact, checked against it, rebuilt when needed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.lib.progress import Progress
from app.models import Termijn, Vastlegteller
from app.models.periode import runs_after
from app.norms import course
from app.norms.gezin import Gezinscache
from app.norms.versies.catalogue import Catalogus
from app.queries.feiten.kinderen import list_kinderen
from app.queries.normen import get_catalogus, has_own_norms
from app.queries.oordelen.dossiers import Dossiers, iterate_dossiers, load_dossiers
from app.queries.oordelen.nieuw import NewFact
from app.services.bulk import copy_rows

Stored = tuple[Any, ...]

_CONTENT = (
    "pleegkind_id", "norm", "onderwerp_soort", "onderwerp_id", "van", "tot", "uiterlijk", "nadert_vanaf", "zwaarte",
    "uitzondering_id", "laatste_id", "laatste_datum", "laatste_soort",
)  # fmt: skip
_COLUMNS = [getattr(Termijn, name) for name in _CONTENT]


def _is_among(column: Any, name: str) -> Any:
    return column == func.any(bindparam(name, type_=ARRAY(BigInteger)))


_STORED = FastStatement(
    select(has_own_norms(), Termijn.id, *_COLUMNS).where(_is_among(Termijn.pleegkind_id, "kinderen"))
)
_REMOVE = FastStatement(delete(Termijn).where(_is_among(Termijn.id, "ids")))
#: all rows in one statement, each column as an array
_ADDED = insert(Termijn).from_select(
    ["organisatie_id", *_CONTENT],
    select(
        bindparam("organisatie", type_=BigInteger),
        *(func.unnest(bindparam(name, type_=ARRAY(Termijn.__table__.c[name].type))) for name in _CONTENT),
    ),
)
_ADD = FastStatement(_ADDED)
#: the same, with what goes: no row that comes is one that goes
_REPLACE = FastStatement(_ADDED.add_cte(delete(Termijn).where(_is_among(Termijn.id, "ids")).cte("weg")))


@dataclass(frozen=True, slots=True)
class Controle:
    """What ``pleegzicht controleer`` found: deadlines compared, and those that differ from the rule."""

    termijnen: int
    afwijkingen: tuple[str, ...]
    kinderen: frozenset[int]


@dataclass(frozen=True, slots=True)
class TermijnChanges:
    """What the rule changes in the stored deadlines of some children: the keys of what goes, and what comes."""

    gone: Sequence[int]
    fresh: Sequence[Stored]


def refresh_termijnen(session: Session, organisatie_id: int, kinderen: Iterable[int], vandaag: date) -> None:
    """Bring the stored deadlines of children up to date with the facts of this transaction."""
    ids = sorted(set(kinderen))
    if ids:
        write_changes(session, organisatie_id, ask_rule(session, organisatie_id, ids, vandaag))


def ask_rule(
    session: Session, organisatie_id: int, ids: Sequence[int], vandaag: date, also: NewFact | None = None
) -> TermijnChanges:
    """Return what changes in the stored deadlines of children.

    Args:
        session: reads; who calls has locked the children.
        organisatie_id: whose.
        ids: feit_ids of children.
        vandaag: the day from which on they are stored.
        also: a fact that is not written yet.
    """
    dossiers = load_dossiers(session, ids, vandaag, also=also)
    rows = _STORED.rows(session, kinderen=ids, organisatie=organisatie_id)
    catalogus = get_catalogus(session, organisatie_id, own=rows[0][0] if rows else True)
    wanted = set(_rows(dossiers, catalogus, vandaag))
    stored = {_clip(content, vandaag): key for _, key, *content in rows}
    gone = [key for content, key in stored.items() if content not in wanted]
    return TermijnChanges(gone, sorted((content for content in wanted if content not in stored), key=_place))


def write_changes(session: Session, organisatie_id: int, found: TermijnChanges) -> None:
    """Write what ``ask_rule`` found; nobody may have recorded about the children since."""
    gone = {"ids": list(found.gone)}
    if not found.fresh:
        if found.gone:
            _REMOVE.run(session, **gone)
        return
    columns = zip(*found.fresh, strict=True)
    fresh = {"organisatie": organisatie_id, **dict(zip(_CONTENT, map(list, columns), strict=True))}
    if found.gone:
        _REPLACE.run(session, **gone, **fresh)
    else:
        _ADD.run(session, **fresh)


def rebuild_termijnen(session: Session, organisatie_id: int, vandaag: date, progress: Progress | None = None) -> int:
    """Replace every stored deadline of an organisatie by what the rule says; returns how many there are."""
    kinderen = list_kinderen(session, organisatie_id)
    session.execute(delete(Termijn).where(Termijn.organisatie_id == organisatie_id))
    catalogus = get_catalogus(session, organisatie_id)
    columns = ("organisatie_id", *_CONTENT)
    total = 0
    for done, dossiers in _with_progress(session, kinderen, vandaag, progress):
        rows = [(organisatie_id, *content) for content in _rows(dossiers, catalogus, vandaag)]
        total += len(rows)
        copy_rows(session, Termijn, columns, rows)
        if progress:
            progress(done, len(kinderen), "termijnen")
    session.execute(
        update(Vastlegteller)
        .where(Vastlegteller.organisatie_id == organisatie_id, Vastlegteller.termijnen_editie != course.EDITION)
        .values(termijnen_editie=course.EDITION)
    )
    return total


def check_termijnen(
    session: Session,
    organisatie_id: int,
    vandaag: date,
    progress: Progress | None = None,
    *,
    only: Collection[int] | None = None,
) -> Controle:
    """Compare every stored deadline from today on with the rule, for every child of an organisatie or some of them."""
    kinderen = list_kinderen(session, organisatie_id) if only is None else sorted(only)
    catalogus = get_catalogus(session, organisatie_id)
    stored = _stored_per_kind(session, organisatie_id, vandaag, only)
    compared, faults, wrong = 0, [], set()
    for done, dossiers in _with_progress(session, kinderen, vandaag, progress):
        wanted_per_kind: dict[int, set[Stored]] = {dossier.id: set() for dossier in dossiers.kinderen}
        for content in _rows(dossiers, catalogus, vandaag):
            wanted_per_kind[content[0]].add(content)
        for kind, wanted in wanted_per_kind.items():
            found = stored.pop(kind, set())
            compared += len(wanted)
            for content in sorted(wanted ^ found, key=_place):
                where = "ontbreekt" if content in wanted else "staat er ten onrechte"
                faults.append(_describe(content, where))
                wrong.add(kind)
        if progress:
            progress(done, len(kinderen), "controle")
    for kind, found in stored.items():
        wrong.add(kind)
        faults.extend(_describe(content, "hoort bij geen kind in het dossier") for content in found)
    return Controle(compared, tuple(faults), frozenset(wrong))


def _with_progress(
    session: Session, kinderen: Sequence[int], vandaag: date, progress: Progress | None
) -> Iterator[tuple[int, Dossiers]]:
    """Yield the dossiers in batches with the number of children done after each."""
    if progress:
        progress(0, len(kinderen), "dossiers")
    done = 0
    for dossiers in iterate_dossiers(session, kinderen, vandaag):
        done += len(dossiers.kinderen)
        yield done, dossiers


def _rows(dossiers: Dossiers, catalogus: Catalogus, vandaag: date) -> Iterator[Stored]:
    """Yield what the rule says from today on, in the order of ``_CONTENT``."""
    cache: Gezinscache = {}
    for dossier in dossiers.kinderen:
        for termijn in course.future_termijnen(dossier, dossiers.gezinnen, catalogus, vandaag, cache):
            yield (
                dossier.id,
                termijn.norm,
                termijn.onderwerp_soort,
                termijn.onderwerp_id,
                termijn.van,
                termijn.tot,
                termijn.uiterlijk,
                termijn.nadert_vanaf,
                termijn.zwaarte,
                termijn.uitzondering_id,
                termijn.laatste and termijn.laatste.id,
                termijn.laatste and termijn.laatste.datum,
                termijn.laatste and termijn.laatste.soort,
            )


def _stored_per_kind(
    session: Session, organisatie_id: int, vandaag: date, only: Collection[int] | None
) -> dict[int, set[Stored]]:
    """Return the stored deadlines from today on, per child."""
    statement = select(*_COLUMNS).where(Termijn.organisatie_id == organisatie_id, runs_after(Termijn, vandaag))
    if only is not None:
        statement = statement.where(Termijn.pleegkind_id.in_(only))
    found: dict[int, set[Stored]] = {}
    for row in session.execute(statement):
        found.setdefault(row[0], set()).add(_clip(tuple(row), vandaag))
    return found


def _clip(content: Sequence[Any], vandaag: date) -> Stored:
    """Let a segment that began earlier begin today: what it said of yesterday no longer matters."""
    van: date = content[4]
    return (*content[:4], max(van, vandaag), *content[5:])


def _place(content: Stored) -> tuple[str, ...]:
    return tuple(str(part) for part in content)


def _describe(content: Stored, where: str) -> str:
    """Say of one deadline what is wrong with it, without personal data."""
    kind, norm, soort, onderwerp, van = content[:5]
    return f"kind {kind}, {norm} van {soort} {onderwerp} vanaf {van}: {where}"
