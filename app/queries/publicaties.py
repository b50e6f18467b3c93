"""What went out for everybody: of one organisatie to decide about the next, and of all as everybody reads it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import ARRAY, BigInteger, RowMapping, bindparam, select
from sqlalchemy.orm import Session

from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Rows
from app.models import Kwartaaltoets, OpenKengetal, Publicatie, PublicatieIntrekking
from app.norms.kwartaaltoets.inhoud import GroepKengetallen
from app.norms.openbaar.onderdrukking import Uitgave, open_groepen
from app.norms.openbaar.regels import OpenRegel, digest_of_regels, hidden_in

_PIECE: Final = 1000
_REGEL = tuple(getattr(OpenKengetal, name) for name in OpenRegel._fields)


class Publicatiestand(NamedTuple):
    """That a quarter went out, and whether it was taken back; ``intrekking`` None: it stands."""

    publicatie: Publicatie
    intrekking: PublicatieIntrekking | None


def find_publicatie(session: Session, organisatie_id: int, kwartaal: str) -> Publicatiestand | None:
    """Return the publicatie of a quarter; None: nothing of it went out."""
    row = session.execute(
        select(Publicatie, PublicatieIntrekking)
        .outerjoin(PublicatieIntrekking, PublicatieIntrekking.publicatie_id == Publicatie.id)
        .where(Publicatie.organisatie_id == organisatie_id, Publicatie.kwartaal == kwartaal)
    ).one_or_none()
    return None if row is None else Publicatiestand(*row)


def list_regels_of(session: Session, publicatie: Publicatie) -> list[OpenRegel]:
    """Return the figures of a publicatie in their order, also of one that was taken back."""
    rows = session.execute(
        select(*_REGEL)
        .where(OpenKengetal.publicatie_id == publicatie.id, OpenKengetal.kengetal != "")
        .order_by(OpenKengetal.id)
    )
    return [OpenRegel(*row) for row in rows]


def list_uitgaven(session: Session, organisatie_id: int) -> list[Uitgave]:
    """Return every quarter of an organisatie that went out: what is out stays known, also when it was taken back."""
    rows = session.execute(
        select(Publicatie, Kwartaaltoets.kengetallen)
        .join(Kwartaaltoets, Kwartaaltoets.id == Publicatie.toets_id)
        .where(Publicatie.organisatie_id == organisatie_id)
        .order_by(Publicatie.kwartaal)
    ).all()
    uitgaven = []
    for publicatie, kengetallen in rows:
        groepen = open_groepen(cast("list[GroepKengetallen]", kengetallen))
        hidden = hidden_in(groepen, list_regels_of(session, publicatie))
        uitgaven.append(Uitgave(publicatie.kwartaal, groepen, hidden))
    return uitgaven


def list_changed(session: Session, organisatie_id: int) -> list[str]:
    """Return in a Dutch sentence each publicatie of which the figures are not those that went out."""
    own = select(Publicatie).where(Publicatie.organisatie_id == organisatie_id).order_by(Publicatie.id)
    return [
        f"Publicatie {one.organisatie_code} {one.kwartaal}: de cijfers passen niet bij de digest."
        for one in session.scalars(own)
        if digest_of_regels(list_regels_of(session, one)) != one.cijfers_digest
    ]


# As everybody reads it: by the role ``pleegzicht_open``, for which a figure that was taken back does not exist.

_OPEN: Final[Sequence[Any]] = (
    OpenKengetal.publicatie_id,
    OpenKengetal.id,
    Publicatie.organisatie_code.label("organisatie"),
    Publicatie.organisatie_naam,
    Publicatie.kwartaal,
    *_REGEL,
    Publicatie.digest,
    Publicatie.gepubliceerd_op,
    PublicatieIntrekking.op.label("ingetrokken_op"),
    PublicatieIntrekking.reden.label("reden_intrekking"),
)


@lru_cache(maxsize=2)
def _open_list(*, some: bool) -> KeysetQuery:
    statement: Rows = (
        select(*_OPEN)
        .join(Publicatie, Publicatie.id == OpenKengetal.publicatie_id)
        .outerjoin(PublicatieIntrekking, PublicatieIntrekking.publicatie_id == OpenKengetal.publicatie_id)
    )
    if some:
        wanted = bindparam("publicaties", type_=ARRAY(BigInteger))
        statement = statement.where(OpenKengetal.publicatie_id == wanted.any_())
    return KeysetQuery(statement, Key("publicatie_id", OpenKengetal.publicatie_id), Key("id", OpenKengetal.id))


def list_open(session: Session, page: Page, kwartaal: str | None, organisatie: str | None) -> Window[RowMapping]:
    """Return a page of what everybody may read, in the order in which it went out.

    Args:
        session: of everybody.
        page: which.
        kwartaal: only of this quarter.
        organisatie: only of the organisatie with this code.
    """
    if kwartaal is None and organisatie is None:
        return _open_list(some=False).fetch_mappings(session, page)
    wanted = select(Publicatie.id)
    if kwartaal is not None:
        wanted = wanted.where(Publicatie.kwartaal == kwartaal)
    if organisatie is not None:
        wanted = wanted.where(Publicatie.organisatie_code == organisatie)
    found = list(session.scalars(wanted))
    return _open_list(some=True).fetch_mappings(session, page, {"publicaties": found})


def iterate_open(session: Session, kwartaal: str | None, organisatie: str | None) -> Iterator[Any]:
    """Yield all of it, some at a time."""
    page: Page | None = Page(_PIECE)
    while page is not None:
        window = list_open(session, page, kwartaal, organisatie)
        yield from window.rows
        page = None if window.next is None else Page(_PIECE, window.next)
