"""Every row of one child's file, whatever its table, as it is stored: to lock it away, and to put it back.

Of a fact that was corrected to be another child's every version is in that child's file
(``app.queries.feiten.eigenaren``); of one that was moved, what the first file kept of it is in both.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, func, literal_column, or_, select, text
from sqlalchemy.orm import Session

from app.models import (
    Base,
    ExtraInzet,
    ExtraInzetStap,
    FeitVanKind,
    KindInBegeleiding,
    Noodtoegang,
    NoodtoegangBespreking,
    OpenNaVertrek,
    Plaatsing,
    PlaatsingBezetting,
    Signaal,
    Termijn,
    Wijziging,
    ZonderBegeleider,
)
from app.models.soorten import SOORTEN_VAN_KIND, FeitSoort
from app.queries.feiten.eigenaren import is_in_file
from app.queries.feiten.verplaatst import is_origin
from app.queries.samenvoegingen import list_merged_into
from app.queries.vernietigingen.certificaten import RESTANT, digest_of_rest

#: table → rows as JSON, every column but those that the database computes
Rijen = dict[str, list[dict[str, Any]]]
#: what refers to a child and stays when its file goes, and why
BLIJFT: Final[Mapping[str, str]] = {
    "kwartaaltoets_regel": "frozen and signed; holds no name or BSN (ADR 0017); concepts go",
    "wijziging": "its content goes along, its digest keeps the chain",
    "bewaarblokkade": "what was decided about keeping",
    "vernietiging": "what was decided about destroying",
    "samenvoeging": "what was decided about two files of one child",
}
#: kept by triggers on other tables: it goes, and comes back by itself
_AFGELEID: Final = frozenset(
    one.__tablename__ for one in (PlaatsingBezetting, KindInBegeleiding, ZonderBegeleider, OpenNaVertrek)
)
#: whose entries in the change log name no child
_ZONDER_KIND: Final = frozenset({NoodtoegangBespreking.__tablename__})
_REST: Final = text(
    f"SELECT {RESTANT} FROM wijziging w "  # noqa: S608 — a constant
    "WHERE w.organisatie_id = :organisatie AND w.id = ANY(:ids) ORDER BY w.id"
)


def conditions_of(*kinderen: int) -> Mapping[str, ColumnElement[bool]]:
    """Return table → condition that a row is in the file of a child with one of these feit_ids.

    More than one: of the child, and of the files that went up in its file (``list_merged_into``).
    """
    inzetten = select(ExtraInzet.id).where(ExtraInzet.pleegkind_id.in_(kinderen))
    geopend = select(Noodtoegang.id).where(Noodtoegang.pleegkind_id.in_(kinderen))
    return {
        **{
            soort.model.__tablename__: or_(*(_is_of_file(soort, kind) for kind in kinderen))
            for soort in SOORTEN_VAN_KIND
        },
        "extra_inzet": ExtraInzet.pleegkind_id.in_(kinderen),
        "extra_inzet_stap": ExtraInzetStap.extra_inzet_id.in_(inzetten),
        "noodtoegang": Noodtoegang.pleegkind_id.in_(kinderen),
        "noodtoegang_bespreking": NoodtoegangBespreking.noodtoegang_id.in_(geopend),
        "termijn": Termijn.pleegkind_id.in_(kinderen),
        "plaatsing_bezetting": PlaatsingBezetting.pleegkind_id.in_(kinderen),
        "kind_in_begeleiding": KindInBegeleiding.pleegkind_id.in_(kinderen),
        "open_na_vertrek": OpenNaVertrek.pleegkind_id.in_(kinderen),
        "zonder_begeleider": ZonderBegeleider.pleegkind_id.in_(kinderen),
    }


def _is_of_file(soort: FeitSoort, kind: int) -> ColumnElement[bool]:
    """Return the condition on a fact: in the file, or left withdrawn in another one when it was moved to this file."""
    if issubclass(soort.model, FeitVanKind) and not soort.model.REFERENCED:
        return or_(is_in_file(soort, kind), is_origin(soort, kind))
    return is_in_file(soort, kind)


def tables_in_order(names: Sequence[str] | Mapping[str, Any]) -> list[Table]:
    """Return tables such that each comes after what it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name in names]


def read_rows(session: Session, kind: int) -> Rijen:
    """Return every row of a child's file but those that triggers keep, by table, in the order they were added."""
    conditions = conditions_of(kind, *list_merged_into(session, kind))
    return {
        table.name: list(
            session.scalars(
                select(literal_column(f"to_jsonb({table.name})")).select_from(table)
                .where(conditions[table.name]).order_by(table.c.id)
            )
        )
        for table in tables_in_order(conditions)
        if table.name not in _AFGELEID
    }  # fmt: skip


def written_columns(table: Table) -> list[str]:
    """Return the columns of a table that are not computed by the database."""
    return [column.name for column in table.c if column.computed is None]


def read_log(session: Session, organisatie_id: int, kind: int, rijen: Rijen) -> list[list[Any]]:
    """Return id, salt, before and after (JSON as its text) of every entry of the change log about a child's file.

    An entry names the child that its row was of when it was written; by that it is found fast.
    """
    found: list[list[Any]] = []
    kinderen = _children_named(session, kind, rijen)
    columns: Any = (Wijziging.id, Wijziging.zout, literal_column("voor::text"), literal_column("na::text"))
    for tabel, rows in rijen.items():
        about = [
            Wijziging.organisatie_id == organisatie_id,
            Wijziging.tabel == tabel,
            Wijziging.rij_id == func.any([row["id"] for row in rows]),
            Wijziging.zout.is_not(None),
        ]
        if tabel not in _ZONDER_KIND:
            about.append(Wijziging.pleegkind_id == func.any(kinderen))
        if rows:
            entries = session.execute(select(*columns).where(*about))
            found.extend([key, str(zout), voor, na] for key, zout, voor, na in entries)
    return sorted(found)


def _children_named(session: Session, kind: int, rijen: Rijen) -> list[int]:
    """Return every child that a row of the file is of, or was of in some version of what it hangs on."""
    found = {kind, *list_merged_into(session, kind)} | {
        row["pleegkind_id"] for rows in rijen.values() for row in rows if "pleegkind_id" in row
    }
    for column, model in (("plaatsing_id", Plaatsing), ("signaal_id", Signaal)):
        hung = {row[column] for rows in rijen.values() for row in rows if column in row}
        found.update(session.scalars(select(model.pleegkind_id).where(model.feit_id.in_(hung))))
    return sorted(found)


def read_rest(session: Session, organisatie_id: int, ids: Sequence[int]) -> dict[str, Any]:
    """Return what a certificate says of the entries that it empties: their keys, and a digest over what is left."""
    rows = session.execute(_REST, {"organisatie": organisatie_id, "ids": list(ids)})
    return {"ids": sorted(ids), "sha256": digest_of_rest(tuple(row) for row in rows)}


def families_of(rijen: Rijen) -> set[int]:
    """Return the families in which a child lived, as any version of its plaatsingen says."""
    return {row["pleeggezin_id"] for row in rijen["plaatsing"]}
