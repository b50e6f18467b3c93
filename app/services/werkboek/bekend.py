"""What the checks of a workbook must know of what an organisatie has stored already."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from sqlalchemy import and_, not_, select
from sqlalchemy.orm import Session

from app.imports.bekend import Bekend, BekendeFeiten, BekendePlaatsing, BekendFeit
from app.models import Gezinslid, Medewerker, Plaatsing, Pleegkind
from app.models.versions import holds, newest
from app.queries.samenvoegingen import others_of, read_paren
from app.queries.vernietigingen.lijst import read_destroyed
from app.security.bsn import blind_indexes
from app.security.secrets import Secrets
from app.services.werkboek.aanleidingen import read_aanleidingen, read_stappen
from app.services.werkboek.gesloten import read_teams
from app.services.werkboek.personen import read_eigen_bsn, read_personen
from app.services.werkboek.tables import SHEET_TABLES, SheetTable
from app.services.werkboek.versies import takes_back

# What a fact of a life hangs on: column of the table → the table that it refers to.
_EIGENAREN: Mapping[str, Any] = {"plaatsing_id": Plaatsing, "pleegkind_id": Pleegkind, "gezinslid_id": Gezinslid}


def read_bekend(session: Session, organisatie_id: int, secrets: Secrets) -> Bekend:
    """Return what the checks must know of the facts already stored."""
    return Bekend(
        nummers={table.blad: _read_nummers(session, organisatie_id, table) for table in SHEET_TABLES},
        plaatsingen=_read_plaatsingen(session, organisatie_id),
        geboren={
            "pleegkinderen": _read_births(session, organisatie_id, Pleegkind),
            "gezinsleden": _read_births(session, organisatie_id, Gezinslid),
        },
        feiten=_read_feiten(session, organisatie_id),
        aanleidingen=read_aanleidingen(session, organisatie_id),
        stappen=read_stappen(session, organisatie_id),
        bsn_van=_finder_of_bsn(session, organisatie_id, secrets),
        eigen_bsn=read_eigen_bsn(session, organisatie_id),
        personen=read_personen(session, organisatie_id),
        ingetrokken={
            "plaatsingen": _read_withdrawn(session, organisatie_id, Plaatsing),
            "medewerkers": _read_withdrawn(session, organisatie_id, Medewerker),
        },
        leidt_naar={
            "pleegkinderen": _read_opgegaan(session, organisatie_id),
            "plaatsingen": _read_moved(session, organisatie_id),
        },
        gesplitst={
            frozenset((paar.ander_nummer, paar.nummer)) for paar in read_paren(session, organisatie_id, hersteld=True)
        },
        vernietigd=read_destroyed(session, organisatie_id),
        teams=read_teams(session, organisatie_id),
    )


def _read_nummers(session: Session, organisatie_id: int, table: SheetTable) -> frozenset[str]:
    """Return the nummers of a sheet; what came by an import that was taken back is unknown again."""
    model = table.model
    unknown = and_(model.ingetrokken, takes_back(model))
    return frozenset(
        session.scalars(
            select(model.nummer).where(model.organisatie_id == organisatie_id, newest(model), not_(unknown))
        )
    )


def _read_withdrawn(session: Session, organisatie_id: int, model: Any) -> frozenset[str]:
    """Return the nummers of what people withdrew: a row about it changes nothing, so it is in the way of nothing."""
    gone = (model.organisatie_id == organisatie_id, newest(model), model.ingetrokken, not_(takes_back(model)))
    return frozenset(session.scalars(select(model.nummer).where(*gone)))


def _read_opgegaan(session: Session, organisatie_id: int) -> dict[str, str]:
    return {paar.ander_nummer: paar.nummer for paar in read_paren(session, organisatie_id)}


def _read_moved(session: Session, organisatie_id: int) -> dict[str, str]:
    """Return nummer → nummer of the plaatsingen that were moved to another child, once or more."""
    last = (Plaatsing.organisatie_id == organisatie_id, newest(Plaatsing))
    moved = select(Plaatsing.uid, Plaatsing.nummer, Plaatsing.verplaatst_naar).where(
        *last, Plaatsing.verplaatst_naar.is_not(None)
    )
    naar = {uid: (nummer, to) for uid, nummer, to in session.execute(moved)}
    found: dict[str, str] = {}
    for nummer, first in naar.values():
        to = first
        while to in naar:
            to = naar[to][1]  # moved more than once
        there = session.scalar(select(Plaatsing.nummer).where(*last, Plaatsing.uid == to))
        if there is not None:  # its file may have been destroyed
            found[nummer] = there
    return found


def _read_plaatsingen(session: Session, organisatie_id: int) -> dict[str, BekendePlaatsing]:
    placed = (
        select(Plaatsing.nummer, Pleegkind.nummer, Plaatsing.vorm, Plaatsing.van, Plaatsing.tot)
        .join(Pleegkind, Pleegkind.id == Plaatsing.pleegkind_id)
        .where(Plaatsing.organisatie_id == organisatie_id, holds(Plaatsing))
    )
    return {nummer: BekendePlaatsing(kind, vorm, van, tot) for nummer, kind, vorm, van, tot in session.execute(placed)}


def _read_births(session: Session, organisatie_id: int, model: type[Pleegkind] | type[Gezinslid]) -> dict[str, date]:
    rows = select(model.nummer, model.geboortedatum).where(model.organisatie_id == organisatie_id, holds(model))
    return {row.nummer: row.geboortedatum for row in session.execute(rows)}


def _read_feiten(session: Session, organisatie_id: int) -> BekendeFeiten:
    """Return per sheet the facts that hang on a life; a fact names the first version of its owner."""
    found: dict[str, dict[str, BekendFeit]] = {}
    for table in SHEET_TABLES:
        column = next((name for name in table.verwijzingen if name in _EIGENAREN), None)
        if column is None or table.dag is None or table.model is Plaatsing:
            continue
        model: Any = table.model
        owner = _EIGENAREN[column]
        rows = (
            select(model.nummer, owner.nummer, getattr(model, table.dag))
            .join(owner, owner.id == getattr(model, column))
            .where(model.organisatie_id == organisatie_id, holds(model))
        )
        found[table.blad] = {nummer: BekendFeit(eigenaar, dag) for nummer, eigenaar, dag in session.execute(rows)}
    return found


def _finder_of_bsn(session: Session, organisatie_id: int, secrets: Secrets) -> Callable[[str], AbstractSet[str]]:
    """Return what finds the children with a BSN; only the keyed index is read, never a BSN."""
    with_bsn = (Pleegkind.organisatie_id == organisatie_id, Pleegkind.bsn_index.is_not(None))
    rows = select(Pleegkind.bsn_index, Pleegkind.nummer).where(*with_bsn, holds(Pleegkind))
    others = others_of(Pleegkind.bsn_index, Pleegkind.nummer).where(*with_bsn)
    opgegaan = _read_opgegaan(session, organisatie_id)
    holders: dict[bytes | None, set[str]] = {}
    for index, nummer in [
        *session.execute(rows),
        *((index, opgegaan[nummer]) for index, nummer in session.execute(others)),
    ]:
        holders.setdefault(index, set()).add(nummer)

    def find(bsn: str) -> AbstractSet[str]:
        indexes = blind_indexes(secrets, organisatie_id, bsn) if holders else ()
        return {nummer for index in indexes for nummer in holders.get(index, ())}

    return find
