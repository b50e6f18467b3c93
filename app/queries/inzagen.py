"""The access log as it is shown: to the organisatie whose files were looked at, and to the inspecteur who looked."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Date, Uuid, bindparam, false, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, NamedRow, Regel, Rows
from app.db.statement import FastStatement
from app.db.streaming import streaming
from app.models import Inzage, InzageAfloop, MandaatIntrekking, Organisatie, Toezichtsmandaat
from app.queries.organisatie.afwezigheden import covered_at_look
from app.schemas.inzage import InzageFilter


def _shown(*more: Any) -> Rows:
    """Select a look with its outcome; without one it was broken off and nothing was shown."""
    columns: Columns = [
        Inzage.uid,
        Inzage.op,
        Inzage.naam,
        Inzage.rol,
        Inzage.namens,
        Inzage.handeling,
        Inzage.doel,
        Inzage.verzoek_id,
        Inzage.medewerker,
        Inzage.soort,
        Inzage.onderwerp,
        Inzage.client,
        Toezichtsmandaat.uid.label("mandaat"),
        InzageAfloop.uitkomst,
        func.coalesce(InzageAfloop.noodtoegang, false()).label("noodtoegang"),
        InzageAfloop.pleegkinderen,
        *more,
    ]
    return (
        select(*columns)
        .outerjoin(Toezichtsmandaat, Toezichtsmandaat.id == Inzage.mandaat_id)
        .outerjoin(InzageAfloop, InzageAfloop.inzage_uid == Inzage.uid)
    )


_PLEEGKIND = bindparam("pleegkind", type_=Uuid) == func.any(InzageAfloop.pleegkinderen)
_KEYS = (Key("op", Inzage.op, descending=True), Key("uid", Inzage.uid, descending=True))
_OF_ORGANISATIE = _shown(covered_at_look().label("vervangt")).where(
    Inzage.organisatie_id == bindparam("organisatie", type_=BigInteger)
)
_OURS = {
    False: KeysetQuery(_OF_ORGANISATIE, *_KEYS),
    True: KeysetQuery(_OF_ORGANISATIE.where(_PLEEGKIND), *_KEYS),
}
_OF_KIND = _OF_ORGANISATIE.where(
    InzageAfloop.pleegkinderen.op("&&", is_comparison=True)(bindparam("pleegkinderen", type_=ARRAY(Uuid)))
).order_by(*(key.column.desc() for key in _KEYS))
_ALL_OF_KIND = FastStatement(_OF_KIND)
_COLUMNS = tuple(str(column.key) for column in _OF_KIND.selected_columns)
_MINE = KeysetQuery(
    _shown(Organisatie.code.label("organisatie"))
    .join(Organisatie, Organisatie.id == Inzage.organisatie_id)
    .outerjoin(MandaatIntrekking, MandaatIntrekking.mandaat_id == Toezichtsmandaat.id)
    .where(
        Inzage.account_id == bindparam("account", type_=BigInteger),
        Toezichtsmandaat.van <= bindparam("vandaag", type_=Date),
        Toezichtsmandaat.tot > bindparam("vandaag", type_=Date),
        MandaatIntrekking.id.is_(None),
    ),
    *_KEYS,
)


def list_inzagen(session: Session, actor: Actor, wanted: InzageFilter, page: Page) -> Window[NamedRow]:
    """Return a page of the looks at files of the actor's organisatie, the last first."""
    parameters = {"organisatie": actor.organisatie_id, "pleegkind": wanted.pleegkind}
    return _OURS[wanted.pleegkind is not None].fetch(session, page, parameters)


def iterate_inzagen(session: Session, actor: Actor, pleegkinderen: Sequence[UUID]) -> Iterator[Regel]:
    """Yield every look at which one of some children of the actor's organisatie was shown, the last first.

    One pass over the looks of the organisatie, a piece at a time: a page after a page would be a pass for each.
    """
    parameters = _ALL_OF_KIND.parameters({"organisatie": actor.organisatie_id, "pleegkinderen": list(pleegkinderen)})
    with streaming(session, _ALL_OF_KIND.sql, parameters, to_the_end=True) as rows:
        for row in rows:
            yield dict(zip(_COLUMNS, row, strict=True))


def list_own_inzagen(session: Session, inspecteur: Actor, page: Page, vandaag: date) -> Window[NamedRow]:
    """Return a page of an inspecteur's own looks under the mandates that hold today, the last first."""
    return _MINE.fetch(session, page, {"account": inspecteur.account_id, "vandaag": vandaag})
