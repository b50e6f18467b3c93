"""Which names in a child's file are of third parties: who is around the child, and all others of the organisatie."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.access.weglating import Weglating
from app.db.rows import Rows
from app.models import Gezinslid, Maatregel, Plaatsing, Pleeggezin, Pleegkind, Vertrouwenspersoon
from app.queries.feiten.verplaatst import list_children_moved_with

#: every column with the name of somebody who is no medewerker; a test walks the tables for others
NAAMKOLOMMEN: Final = frozenset({
    "pleegkind.roepnaam", "pleegkind.achternaam", "pleeggezin.naam", "gezinslid.naam", "vertrouwenspersoon.naam",
    "maatregel.jeugdbeschermer",
})  # fmt: skip

_VOLUIT: Final[ColumnElement[str]] = func.concat_ws(" ", Pleegkind.roepnaam, Pleegkind.achternaam)


def weglating_of(session: Session, organisatie_id: int, kinderen: Sequence[int], extra: Iterable[str]) -> Weglating:
    """Return what takes the names of third parties out of a child's file; of all versions that there ever were.

    Args:
        session: reads.
        organisatie_id: whose child it is.
        kinderen: feit_ids of the child: of its file, and of the files that went up in it.
        extra: more names, which are recorded nowhere.
    """
    return Weglating(
        dichtbij=[*extra, *_names(session, (*_around(kinderen), _moved_with(session, kinderen)))],
        overigen=_names(session, _of_others(organisatie_id, kinderen)),
        eigen=_names(session, _own(kinderen)),
    )


def _names(session: Session, statements: Iterable[Rows]) -> Iterator[str]:
    for statement in statements:
        for naam in session.scalars(statement.distinct()):
            if naam is not None:
                yield naam


def _own(kinderen: Sequence[int]) -> Iterator[Rows]:
    yield select(_VOLUIT).where(Pleegkind.feit_id.in_(kinderen))


def _around(kinderen: Sequence[int]) -> Iterator[Rows]:
    """Yield the names in every family that the child ever lived with, and of who else is there for it."""
    gezinnen = select(Plaatsing.pleeggezin_id).where(Plaatsing.pleegkind_id.in_(kinderen))
    samen = select(Plaatsing.pleegkind_id).where(Plaatsing.pleeggezin_id.in_(gezinnen))
    yield select(Pleeggezin.naam).where(Pleeggezin.feit_id.in_(gezinnen))
    yield select(Gezinslid.naam).where(Gezinslid.pleeggezin_id.in_(gezinnen))
    yield select(_VOLUIT).where(Pleegkind.feit_id.in_(samen), Pleegkind.feit_id.not_in(kinderen))
    yield select(Vertrouwenspersoon.naam).where(Vertrouwenspersoon.pleegkind_id.in_(kinderen))
    yield select(Maatregel.jeugdbeschermer).where(Maatregel.pleegkind_id.in_(kinderen))


def _moved_with(session: Session, kinderen: Sequence[int]) -> Rows:
    """Select the children with whom the child was mistaken: a reason may name them."""
    mistaken = {other for kind in kinderen for other in list_children_moved_with(session, kind)}
    return select(_VOLUIT).where(Pleegkind.feit_id.in_(mistaken - {*kinderen}))


def _of_others(organisatie_id: int, kinderen: Sequence[int]) -> Iterator[Rows]:
    """Yield the full names of everybody else that the organisatie recorded."""
    yield select(_VOLUIT).where(Pleegkind.organisatie_id == organisatie_id, Pleegkind.feit_id.not_in(kinderen))
    yield select(Pleeggezin.naam).where(Pleeggezin.organisatie_id == organisatie_id)
    yield select(Gezinslid.naam).where(Gezinslid.organisatie_id == organisatie_id)
    yield select(Vertrouwenspersoon.naam).where(Vertrouwenspersoon.organisatie_id == organisatie_id)
    yield select(Maatregel.jeugdbeschermer).where(Maatregel.organisatie_id == organisatie_id)
