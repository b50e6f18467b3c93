"""Take a child's file out of the database, all but one encrypted text; and put it back as it was (ADR 0017)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, or_, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from app.errors import Conflict
from app.models import (
    Bericht,
    Bezorging,
    Idempotentie,
    Kwartaaltoets,
    KwartaaltoetsRegel,
    Plaatsing,
    VernietigingStap,
    Wijziging,
)
from app.models.periode import runs_after
from app.models.versions import holds
from app.queries.dossier.rijen import (
    Rijen,
    conditions_of,
    families_of,
    read_log,
    read_rest,
    read_rows,
    tables_in_order,
    written_columns,
)
from app.queries.feiten.kinderen import list_kinderen_of_gezinnen
from app.queries.samenvoegingen import list_merged_into
from app.queries.vernietigingen.bewaarduur import last_recording, read_bewaarduur
from app.security.dossiersleutels import Dossiersleutels
from app.services.termijnen import refresh_termijnen
from app.terms import ToetsStatus, Vernietigingsstap

_UNDER: Final = text(
    "SELECT set_config('pleegzicht.vernietiging', :sleutel, true), set_config('pleegzicht.reden', :reden, true)"
)
#: what an entry of the change log says, goes; that it was there, and its digest in the chain, stay
_EMPTY: Final = text("""
UPDATE wijziging SET zout = NULL, voor = NULL, na = NULL WHERE organisatie_id = :organisatie AND id = ANY(:ids)
""")
#: the same for what this transaction wrote about what it removed
_EMPTY_REMOVED: Final = text("""
UPDATE wijziging w SET zout = NULL, voor = NULL, na = NULL
FROM wijzigingspakket p
WHERE p.organisatie_id = :organisatie AND p.transactie = pg_current_xact_id()::text::bigint
  AND p.op = transaction_timestamp() AND w.organisatie_id = p.organisatie_id AND w.pakket_id = p.id
  AND w.handeling = 'verwijderd' AND w.tabel = ANY(:tabellen)
""")
_FILL: Final = text("""
UPDATE wijziging SET zout = CAST(r ->> 1 AS uuid), voor = CAST(r ->> 2 AS jsonb), na = CAST(r ->> 3 AS jsonb)
FROM jsonb_array_elements(CAST(:regels AS jsonb)) AS r
WHERE wijziging.id = CAST(r ->> 0 AS bigint) AND wijziging.organisatie_id = :organisatie
""")


class DossierVerweven(Conflict):
    """Something outside the file refers to it: it cannot go, or not come back, without that."""

    code = "dossier_verweven"
    detail = "Iets buiten dit dossier hangt ermee samen, zoals een feit dat eerder bij dit kind hoorde."


class DossierLeeft(Conflict):
    """The file changed since two people approved, or the child is in care again."""

    code = "dossier_leeft"


@dataclass(frozen=True, slots=True)
class Vernietigingstaak:
    """One proposal to carry out.

    Attributes:
        key, uid: of the proposal.
        organisatie_id: whose.
        pleegkind_id, pleegkind_uid: of the child.
        voorgesteld_op: when it was proposed.
    """

    key: int
    uid: UUID
    organisatie_id: int
    pleegkind_id: int
    pleegkind_uid: UUID
    voorgesteld_op: datetime


def lock_away(
    session: Session, taak: Vernietigingstaak, sleutels: Dossiersleutels, op: datetime, vandaag: date
) -> None:
    """Take a file out of the database, under a certificate.

    Args:
        session: of the owner, holding the organisatie's head; the caller commits.
        taak: what two people approved.
        sleutels: gets the key, before this returns.
        op: the moment of the recording.
        vandaag: the civil date.

    Raises:
        DossierLeeft: care goes on, or something was recorded since the proposal.
        DossierVerweven: something outside the file refers to it, or another child still needs it.
    """
    _refuse_living(session, taak, vandaag)
    rows = read_rows(session, taak.pleegkind_id)
    families = families_of(rows)
    _refuse_needed(session, taak, families, vandaag)
    log = read_log(session, taak.organisatie_id, taak.pleegkind_id, rows)
    ids = [entry[0] for entry in log]
    closed = _closed(sleutels, taak, {"rijen": rows, "wijzigingen": log})
    _say_under(session, taak, "Vernietiging van een dossier, goedgekeurd door twee")
    session.add(
        VernietigingStap(
            organisatie_id=taak.organisatie_id,
            vernietiging_id=taak.key,
            stap=Vernietigingsstap.VERZEGELD,
            op=op,
            rijen={tabel: [row["id"] for row in of_table] for tabel, of_table in rows.items() if of_table},
            wijzigingen=read_rest(session, taak.organisatie_id, ids),
            cijfertekst=closed,
        )
    )
    session.flush()  # the database lets nothing go before its certificate is there
    try:
        _delete(session, taak, rows)
    except IntegrityError:
        raise DossierVerweven from None
    session.execute(_EMPTY, {"organisatie": taak.organisatie_id, "ids": ids})
    session.execute(_EMPTY_REMOVED, {"organisatie": taak.organisatie_id, "tabellen": list(rows)})
    refresh_termijnen(session, taak.organisatie_id, list_kinderen_of_gezinnen(session, families, vandaag), vandaag)


def _closed(sleutels: Dossiersleutels, taak: Vernietigingstaak, dossier: Mapping[str, Any]) -> bytes:
    """Return a file under a key of its own, once it is sure to open again."""
    content = json.dumps(dossier, ensure_ascii=False).encode()
    closed = sleutels.close(taak.uid, content)
    if sleutels.open(taak.uid, closed) != content:
        raise DossierVerweven("Het verzegelde dossier is niet te openen; het is gelaten zoals het is.")
    return closed


def open_again(
    session: Session, taak: Vernietigingstaak, sleutels: Dossiersleutels, op: datetime, vandaag: date
) -> bool:
    """Put every row back where it was, and the content of the change log; False when nothing was taken.

    Raises:
        DossierOnleesbaar: its key is not here.
        DossierVerweven: something was recorded meanwhile that stands in its place.
    """
    closed = session.scalar(
        select(VernietigingStap.cijfertekst).where(
            VernietigingStap.vernietiging_id == taak.key, VernietigingStap.stap == Vernietigingsstap.VERZEGELD
        )
    )
    if closed is None:
        return False
    content = json.loads(sleutels.open(taak.uid, closed))
    _say_under(session, taak, "Vernietiging teruggedraaid")
    rows: Rijen = content["rijen"]
    tables = tables_in_order(rows)
    if len(tables) != len(rows):
        raise DossierVerweven("Een tabel van dit dossier bestaat niet meer onder die naam.")
    try:
        # Earlier versions pass each other here, as an import may let plaatsingen do.
        session.execute(text("SET CONSTRAINTS ex_plaatsing_bezetting_overlap DEFERRED"))
        for table in tables:
            _insert(session, table, rows[table.name])
        session.execute(text("SET CONSTRAINTS ex_plaatsing_bezetting_overlap IMMEDIATE"))
    except IntegrityError:
        raise DossierVerweven from None
    filled = {"regels": json.dumps(content["wijzigingen"]), "organisatie": taak.organisatie_id}
    session.execute(_FILL, filled)
    record_step(session, taak, Vernietigingsstap.HERSTELD, op)
    kinderen = {taak.pleegkind_id} | list_kinderen_of_gezinnen(session, families_of(rows), vandaag)
    refresh_termijnen(session, taak.organisatie_id, kinderen, vandaag)
    return True


def record_step(session: Session, taak: Vernietigingstaak, stap: Vernietigingsstap, op: datetime) -> None:
    """Record what was done; the database may refuse it."""
    step = VernietigingStap(organisatie_id=taak.organisatie_id, vernietiging_id=taak.key, stap=stap, op=op)
    session.add(step)
    session.flush()  # refused here rather than at the commit


def _refuse_living(session: Session, taak: Vernietigingstaak, vandaag: date) -> None:
    duur = read_bewaarduur(session, taak.pleegkind_id, vandaag)
    if duur.loopt:
        raise DossierLeeft("Het kind heeft weer een plaatsing die loopt.")
    if last_recording(session, taak.pleegkind_id) > taak.voorgesteld_op:
        raise DossierLeeft("Na het voorstel is nog iets vastgelegd; trek het akkoord in en doe een nieuw voorstel.")


def _refuse_needed(session: Session, taak: Vernietigingstaak, families: set[int], vandaag: date) -> None:
    """Refuse while another child lives in a family of the child, or a file locked before may still come back to it."""
    lives_there = exists(Plaatsing.id).where(
        Plaatsing.pleeggezin_id.in_(families),
        Plaatsing.pleegkind_id != taak.pleegkind_id,
        runs_after(Plaatsing, vandaag),
        holds(Plaatsing),
    )
    if session.scalar(select(lives_there)):
        raise DossierVerweven("In een pleeggezin van dit kind woont nu een ander kind, voor wie het dossier nodig is.")
    emptied = set(
        session.scalars(
            select(Wijziging.id).where(
                Wijziging.organisatie_id == taak.organisatie_id,
                Wijziging.pleegkind_id == taak.pleegkind_id,
                Wijziging.zout.is_(None),
            )
        )
    )
    if emptied & _may_come_back(session, taak):
        raise DossierVerweven("Een ander dossier dat nu verzegeld is, verwijst naar dit dossier; dat gaat eerst.")


def _may_come_back(session: Session, taak: Vernietigingstaak) -> set[int]:
    """Return the entries of the change log that belong to others' locked files that can still be opened."""
    later = aliased(VernietigingStap)
    locked = select(VernietigingStap.wijzigingen).where(
        VernietigingStap.organisatie_id == taak.organisatie_id,
        VernietigingStap.stap == Vernietigingsstap.VERZEGELD,
        ~exists(later.id).where(
            later.vernietiging_id == VernietigingStap.vernietiging_id, later.id > VernietigingStap.id
        ),
    )
    return {key for named in session.scalars(locked) if named for key in named["ids"]}


def _say_under(session: Session, taak: Vernietigingstaak, reden: str) -> None:
    """Tell the database under which proposal, and why, until the end of the transaction: it refuses without."""
    session.execute(_UNDER, {"sleutel": str(taak.key), "reden": reden})


def _delete(session: Session, taak: Vernietigingstaak, rows: Rijen) -> None:
    conditions = conditions_of(taak.pleegkind_id, *list_merged_into(session, taak.pleegkind_id))
    # Which rows are the child's follows from rows that go as well: they are named by their keys.
    for table in reversed(tables_in_order(conditions)):
        named = _keys(table, rows[table.name]) if table.name in rows else conditions[table.name]
        session.execute(delete(table).where(named))
    session.execute(delete(Idempotentie).where(_tells_of(taak, rows)))
    _delete_messages(session, taak, rows)
    _delete_concepts(session, taak)


def _delete_messages(session: Session, taak: Vernietigingstaak, rows: Rijen) -> None:
    """Delete the messages about the file: who was told is told, and nobody is told later."""
    about = select(Bericht.id).where(Bericht.organisatie_id == taak.organisatie_id, Bericht.feit_uid.in_(_made(rows)))
    found = session.scalars(about).all()
    session.execute(delete(Bezorging).where(Bezorging.bericht_id.in_(found)))
    session.execute(delete(Bericht).where(Bericht.id.in_(found)))


def _delete_concepts(session: Session, taak: Vernietigingstaak) -> None:
    """Delete the audits with the child that nobody froze; they are built again on demand, without it."""
    concepts = (
        select(Kwartaaltoets.id)
        .join(KwartaaltoetsRegel, KwartaaltoetsRegel.toets_id == Kwartaaltoets.id)
        .where(Kwartaaltoets.status == ToetsStatus.CONCEPT, KwartaaltoetsRegel.pleegkind_id == taak.pleegkind_id)
    )
    built = session.scalars(concepts).all()
    session.execute(delete(KwartaaltoetsRegel).where(KwartaaltoetsRegel.toets_id.in_(built)))
    session.execute(delete(Kwartaaltoets).where(Kwartaaltoets.id.in_(built)))


def _keys(table: Table, rows: Sequence[Mapping[str, Any]]) -> ColumnElement[bool]:
    return table.c.id == func.any([row["id"] for row in rows])


def _made(rows: Rijen) -> list[str]:
    """Return the uids of everything in the file."""
    return [row["uid"] for of_table in rows.values() for row in of_table if "uid" in row]


def _tells_of(taak: Vernietigingstaak, rows: Rijen) -> ColumnElement[bool]:
    """Return the condition that a kept answer is about something in the file, or names its child."""
    named = func.position(func.convert_to(str(taak.pleegkind_uid), "UTF8").op("IN")(Idempotentie.antwoord)) > 0
    about: ColumnElement[bool] = Idempotentie.koppen["uid"].astext.in_(_made(rows))
    return and_(Idempotentie.organisatie_id == taak.organisatie_id, or_(about, named))


def _insert(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with the keys that they had; a column of later takes its default."""
    if not rows:
        return
    names = ", ".join(name for name in written_columns(table) if name in rows[0])
    session.execute(
        text(
            f"INSERT INTO {table.name} ({names}) SELECT {names} "  # noqa: S608 — names of the models
            f"FROM jsonb_populate_recordset(NULL::{table.name}, CAST(:rijen AS jsonb)) ORDER BY id"
        ),
        {"rijen": json.dumps(rows)},
    )
