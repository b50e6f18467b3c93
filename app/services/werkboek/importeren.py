"""Put a checked workbook into the database: new rows, corrections of changed ones, nothing for the rest.

One transaction: all of it or nothing. A row is compared with what the last import said of its nummer, so that
importing the same file twice changes nothing, and what people corrected in the service since is not undone by it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, any_, cast, select, text
from sqlalchemy.orm import Session

from app.imports.keuring import Keuring, Rij
from app.lib.ids import new_uid
from app.lib.naamvorm import fold_naam
from app.lib.progress import Progress
from app.models import Medewerker
from app.models.base import VERSION_COLUMNS, FeitVanKind, content_columns
from app.models.versions import holds
from app.queries.samenvoegingen import read_paren
from app.security.bsn import blind_index, blind_indexes, encrypt_bsn
from app.security.secrets import Secrets
from app.services.beheer.organisaties import ensure_team, successors
from app.services.bulk import copy_rows, reserve_ids
from app.services.feiten.versions import Recording, begin_recording
from app.services.termijnen import rebuild_termijnen
from app.services.werkboek.personen import read_met_account
from app.services.werkboek.tables import SHEET_TABLES, SheetTable, Waarden
from app.services.werkboek.teams import Leden
from app.services.werkboek.telling import BLADEN_MET_NAAM, BladTelling
from app.services.werkboek.versies import GEWIJZIGD, OPNIEUW, Versie, stand_of

Content = tuple[Any, ...]

#: how many columns of a stored version come before its content
_HEAD = 9


@dataclass(frozen=True, slots=True)
class ImportUitkomst:
    """What an import did."""

    bladen: tuple[BladTelling, ...]
    termijnen: int | None

    @property
    def nieuw(self) -> int:
        """How many rows were not there before."""
        return sum(blad.nieuw for blad in self.bladen)

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return any(blad.nieuw or blad.gewijzigd for blad in self.bladen)


@dataclass(slots=True)
class _Stored:
    """What the database says of one nummer: its newest version, and what the last import said of it."""

    id: int
    feit_id: int
    uid: UUID
    versie: int
    ingetrokken: bool
    newest: Content
    imported: Content | None
    vastgelegd_op: datetime
    is_weg: bool

    @property
    def holds_from_import(self) -> bool:
        """Whether an import brought it, and nobody withdrew it."""
        return self.imported is not None and not self.ingetrokken


@dataclass(slots=True)
class _Ingedeeld:
    """The rows of one sheet, by what must happen to them; of the others nothing must."""

    nieuw: list[tuple[Waarden, Content]] = field(default_factory=list)
    opnieuw: list[tuple[Waarden, Content, _Stored]] = field(default_factory=list)
    gewijzigd: list[tuple[Waarden, Content, _Stored]] = field(default_factory=list)
    ingetrokken: int = 0
    hernoemd: int = 0


@dataclass(slots=True)
class _Run:
    """One import under way."""

    session: Session
    recording: Recording
    secrets: Secrets
    keys: dict[str, dict[str, int]] = field(default_factory=dict)
    rollen: dict[str, Any] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    met_account: AbstractSet[str] = frozenset()
    proef: bool = False
    leden: Leden = field(default_factory=Leden)
    opgegaan: Mapping[int, int] = field(default_factory=dict)


def import_rijen(
    session: Session,
    organisatie_id: int,
    keuring: Keuring,
    *,
    secrets: Secrets,
    nu: datetime,
    vandaag: date,
    progress: Progress | None = None,
) -> ImportUitkomst:
    """Write the good rows of a workbook in the session's transaction; the caller commits.

    Args:
        session: of the app's role.
        organisatie_id: whose workbook.
        keuring: the check of the workbook; its good rows go in.
        secrets: keys for the BSN.
        nu: the moment of recording of corrections.
        vandaag: from when deadlines are stored.
        progress: called with rows done, rows in all, and a label.
    """
    # Two plaatsingen may change places within one file; the end of the transaction decides.
    session.execute(text("SET CONSTRAINTS ex_plaatsing_bezetting_overlap DEFERRED"))
    run = _Run(session, begin_recording(session, organisatie_id, nu, None), secrets)
    run.leden = Leden(vandaag, successors(session, organisatie_id))
    uitkomst = ImportUitkomst(_import_bladen(run, keuring, progress), None)
    if not uitkomst.changed:
        return uitkomst
    # Deferred checks now, so that a fault is a fault of the import and not of the commit.
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    return ImportUitkomst(uitkomst.bladen, rebuild_termijnen(session, organisatie_id, vandaag, progress))


def count_rijen(
    session: Session,
    organisatie_id: int,
    keuring: Keuring,
    *,
    secrets: Secrets,
    nu: datetime,
    progress: Progress | None = None,
) -> tuple[BladTelling, ...]:
    """Return what ``import_rijen`` would do, sheet by sheet; the caller does not commit."""
    run = _Run(session, Recording(session, organisatie_id, nu, None), secrets, proef=True)
    return _import_bladen(run, keuring, progress)


def _import_bladen(run: _Run, keuring: Keuring, progress: Progress | None) -> tuple[BladTelling, ...]:
    run.met_account = read_met_account(run.session, run.recording.organisatie_id)
    paren = read_paren(run.session, run.recording.organisatie_id)
    run.opgegaan = {paar.ander_id: paar.pleegkind_id for paar in paren}
    total, done, counts = sum(len(rows) for rows in keuring.rijen.values()), 0, []
    for table in SHEET_TABLES:
        rows = keuring.rijen.get(table.blad, ())
        counts.append(_import_blad(run, table, rows, keuring))
        done += len(rows)
        if progress:
            progress(done, total, table.blad)
    return tuple(counts)


def _absent(table: SheetTable, columns: Sequence[str]) -> frozenset[int]:
    """Return which columns of the table the file says nothing about: what is stored there stays."""
    return frozenset(i for i, name in enumerate(table.kolommen) if table.source_of(name) not in columns)


def _import_blad(run: _Run, table: SheetTable, rows: Sequence[Rij], keuring: Keuring) -> BladTelling:
    """Write one sheet, unless it is a trial, and remember the keys of all its nummers, stored ones included."""
    stored = _read_stored(run, table)
    run.keys[table.blad] = {nummer: item.feit_id for nummer, item in stored.items()}
    if table.model is Medewerker:
        _remember_people(run, rows)
    done = _divide(run, table, rows, stored, _absent(table, keuring.kolommen.get(table.blad, ())))
    if run.proef:
        # Keys that nobody has: a row that refers to a new one has changed.
        run.keys[table.blad] |= {waarden["nummer"]: -key for key, (waarden, _) in enumerate(done.nieuw, start=1)}
    else:
        _write_first(run, table, done.nieuw)
        _write_later(run, table, done.gewijzigd, GEWIJZIGD)
        _write_later(run, table, done.opnieuw, OPNIEUW)
    return _count(table, len(rows), done, stored, keuring.nummers.get(table.blad))


def _divide(
    run: _Run, table: SheetTable, rows: Sequence[Rij], stored: Mapping[str, _Stored], absent: frozenset[int]
) -> _Ingedeeld:
    """Divide the rows of a sheet by what must happen to them."""
    done = _Ingedeeld()
    for rij in rows:
        waarden: Waarden = rij.waarden
        content = _content(run, table, waarden)
        known = stored.get(waarden["nummer"])
        same, unsaid = _indexes(run, table, waarden), absent | _not_an_imports(run, table, waarden["nummer"])
        if known is None:
            done.nieuw.append((waarden, run.leden.of_new(table, content)))
        elif known.is_weg:
            done.opnieuw.append((waarden, run.leden.of_new(table, content), known))
        elif known.ingetrokken:
            done.ingetrokken += 1  # people withdrew it; a source system that does not know cannot bring it back
        elif (said := _said(run, table, content, known.imported, unsaid, same)) != known.imported:
            completed = _completed(table, said, known.newest, unsaid, same)
            now = run.leden.of_known(table, content, completed, known.newest)
            done.gewijzigd.append((waarden, now, known))
            done.hernoemd += _names(table, now) != _names(table, known.newest)
    return done


def _not_an_imports(run: _Run, table: SheetTable, nummer: str) -> frozenset[int]:
    """Return which columns an import never changes: what an account may do is for a beheerder to say."""
    if table.model is Medewerker and nummer in run.met_account:
        return frozenset({table.kolommen.index("rol")})
    return frozenset()


def _names(table: SheetTable, content: Content) -> list[str]:
    """Return who a row is about, however it is written."""
    return [fold_naam(content[table.kolommen.index(name)]) for name in BLADEN_MET_NAAM.get(table.blad, ())]


def _count(
    table: SheetTable, rows: int, done: _Ingedeeld, stored: Mapping[str, _Stored], nummers: AbstractSet[str] | None
) -> BladTelling:
    known = {nummer for nummer, item in stored.items() if item.holds_from_import}
    found = frozenset() if nummers is None else nummers
    new, changed = len(done.nieuw) + len(done.opnieuw), len(done.gewijzigd)
    return BladTelling(
        table.blad,
        nieuw=new,
        gewijzigd=changed,
        ongewijzigd=rows - new - changed - done.ingetrokken,
        ingetrokken=done.ingetrokken,
        verdwenen=() if nummers is None else tuple(sorted(known - found)),
        in_bestand=len(found),
        bekend=len(known),
        herkend=len(known & found),
        hernoemd=done.hernoemd,
        ontbreekt=nummers is None,
    )


def _indexes(run: _Run, table: SheetTable, waarden: Waarden) -> Collection[bytes]:
    """Return every index that the BSN of a row may be stored under: the key may be changing."""
    bsn = waarden.get("bsn") if "bsn_index" in table.kolommen else None
    return blind_indexes(run.secrets, run.recording.organisatie_id, bsn) if bsn else ()


def _said(
    run: _Run,
    table: SheetTable,
    content: Content,
    before: Content | None,
    absent: frozenset[int],
    same: Collection[bytes],
) -> Content:
    """Return what the file says, as far as it can be compared with what the last import said."""
    said = _completed(table, content, before, absent, same)
    return said if before is None else run.leden.as_before(table, content, said, before)


def _completed(
    table: SheetTable, content: Content, stored: Content | None, absent: frozenset[int], same_bsn: Collection[bytes]
) -> Content:
    """Return the content with what the file does not say as it is stored.

    That are the columns that the file does not have, the rol in which the same person approved (another job since does
    not undo an approval), and the index of the same BSN under a key of before.
    """
    if stored is None:
        return content
    kept = set(absent)
    if "goedkeurder_rol" in table.kolommen:
        door, rol = table.kolommen.index("goedgekeurd_door"), table.kolommen.index("goedkeurder_rol")
        kept |= {rol} if content[door] == stored[door] else set()
    if same_bsn and stored[place := table.kolommen.index("bsn_index")] in same_bsn:
        kept.add(place)
    return tuple(stored[i] if i in kept else value for i, value in enumerate(content)) if kept else content


def _read_stored(run: _Run, table: SheetTable) -> dict[str, _Stored]:
    """Return per nummer the newest version, with the content of the last version that an import wrote."""
    model: Any = table.model
    content = [getattr(model, name) for name in table.kolommen]
    statement = (
        select(
            model.nummer, model.id, model.feit_id, model.uid, model.versie, model.ingetrokken, model.vastgelegd_door,
            model.wijzigingsreden, model.vastgelegd_op, *content,
        )
        .where(model.organisatie_id == run.recording.organisatie_id)
        .order_by(model.nummer, model.versie)
    )  # fmt: skip
    stored: dict[str, _Stored] = {}
    for nummer, rows in groupby(run.session.execute(statement), itemgetter(0)):
        every = list(rows)
        said = (_of_who_stays(run, table, tuple(row[_HEAD:])) for row in every)
        versies = [
            Versie(row.vastgelegd_door, row.wijzigingsreden, inhoud) for row, inhoud in zip(every, said, strict=True)
        ]
        stand, last = stand_of(versies), every[-1]
        stored[nummer] = _Stored(
            last.id, last.feit_id, last.uid, last.versie, last.ingetrokken, versies[-1].inhoud, stand.imported,
            last.vastgelegd_op, stand.is_weg,
        )  # fmt: skip
    return stored


def _of_who_stays(run: _Run, table: SheetTable, content: Content) -> Content:
    """Return a content with the child in whose file its own went up: a source that does not know says nothing new."""
    if "pleegkind_id" not in table.verwijzingen or not run.opgegaan:
        return content
    place = table.kolommen.index("pleegkind_id")
    kind = run.opgegaan.get(content[place], content[place])
    return (*content[:place], kind, *content[place + 1 :])


def _remember_people(run: _Run, rows: Sequence[Rij]) -> None:
    """Know the rol of everybody who may have approved an uitzondering, and make the teams that are named."""
    statement = select(Medewerker.nummer, Medewerker.rol).where(
        Medewerker.organisatie_id == run.recording.organisatie_id, holds(Medewerker)
    )
    run.rollen = {row.nummer: row.rol for row in run.session.execute(statement)}
    for rij in rows:
        waarden: Waarden = rij.waarden
        run.rollen[waarden["nummer"]] = waarden["rol"]
        team = waarden.get("team")
        if team and team not in run.teams:
            run.teams[team] = ensure_team(run.session, run.recording.organisatie_id, team)


def _content(run: _Run, table: SheetTable, waarden: Waarden) -> Content:
    """Return a row's values in the order of the table's columns."""
    return tuple(_value(run, table, name, waarden) for name in table.kolommen)


def _value(run: _Run, table: SheetTable, name: str, waarden: Waarden) -> Any:
    if name in table.verwijzingen:
        column, blad = table.verwijzingen[name]
        decides, said = table.mits.get(name, ("", None))
        nummer = waarden.get(column) if waarden.get(decides) == said else None
        return None if nummer is None else run.keys[blad][nummer]
    if name in table.afgeleid:
        return table.afgeleid[name](waarden)
    if name == "team_id":
        return run.teams.get(waarden.get("team") or "")
    if name == "goedkeurder_rol":
        return run.rollen.get(waarden.get("goedgekeurd_door") or "")
    if name == "bsn_index":
        bsn = waarden.get("bsn")
        return blind_index(run.secrets, run.recording.organisatie_id, bsn) if bsn else None
    return waarden.get(name)


def _write_first(run: _Run, table: SheetTable, fresh: Sequence[tuple[Waarden, Content]]) -> None:
    """Write first versions; ids follow the sheet's order, which decides between two VGBs of one day."""
    if not fresh:
        return
    ids = reserve_ids(run.session, table.model, len(fresh))
    numbers = run.recording.take(len(fresh))
    keys = run.keys[table.blad]

    def rows() -> Iterator[tuple[Any, ...]]:
        for (waarden, content), key, number in zip(fresh, ids, numbers, strict=True):
            uid = new_uid()
            keys[waarden["nummer"]] = key
            head = (
                key, None, uid, run.recording.organisatie_id, waarden["nummer"], 1, None, False, None,
                table.known_since(waarden, run.recording.at), None, number,
            )  # fmt: skip
            yield (*head, *content, *_secret(run, table, uid, waarden))

    secret = ["bsn_versleuteld"] if "bsn_index" in table.kolommen else []
    copy_rows(run.session, table.model, [*VERSION_COLUMNS, *table.kolommen, *secret], rows())


def _write_later(run: _Run, table: SheetTable, changed: Sequence[tuple[Waarden, Content, _Stored]], reden: str) -> None:
    """Write a correction of each changed row: known since now, unless the file says a later moment than it replaces.

    What no column of the sheet fills (the child's own words, the ciphertext of a BSN) is taken from the version
    that is replaced.
    """
    if not changed:
        return
    others = _columns_without_source(table)
    # What comes in again counts as if it came now for the first time, whatever the import said that was taken back.
    since = table.known_since if reden == OPNIEUW else table.counts_since
    measured = ("eerst_vastgelegd_op",) if issubclass(table.model, FeitVanKind) else ()
    kept = _read_others(run, table, others, [known.id for _, _, known in changed])
    ids = reserve_ids(run.session, table.model, len(changed))
    numbers = run.recording.take(len(changed))

    def rows() -> Iterator[tuple[Any, ...]]:
        for (waarden, content, known), key, number in zip(changed, ids, numbers, strict=True):
            head = (
                key, known.feit_id, known.uid, run.recording.organisatie_id, waarden["nummer"], known.versie + 1,
                known.id, False, reden,
                table.changed_since(waarden, known.vastgelegd_op, run.recording.at), None, number,
            )  # fmt: skip
            own = kept[known.id]
            if "bsn_index" in own and own["bsn_index"] != content[table.kolommen.index("bsn_index")]:
                own["bsn_versleuteld"] = _secret(run, table, known.uid, waarden)[0]
            counts = (since(waarden, run.recording.at),) if measured else ()
            yield (*head, *content, *counts, *(own[name] for name in others))

    columns = [*VERSION_COLUMNS, *table.kolommen, *measured, *others]
    copy_rows(run.session, table.model, columns, rows())


def _columns_without_source(table: SheetTable) -> list[str]:
    """Return the columns of the table that no column of the sheet fills."""
    return [name for name in content_columns(table.model) if name not in table.kolommen]


def _read_others(run: _Run, table: SheetTable, others: Sequence[str], ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return those columns of given versions, and the index of the BSN where there is one."""
    model: Any = table.model
    names = [*others, *(["bsn_index"] if "bsn_index" in table.kolommen else [])]
    columns = [getattr(model, name) for name in names]
    rows = run.session.execute(select(model.id, *columns).where(model.id == any_(cast(ids, ARRAY(BigInteger)))))
    return {key: dict(zip(names, values, strict=True)) for key, *values in rows}


def _secret(run: _Run, table: SheetTable, uid: UUID, waarden: Waarden) -> tuple[Any, ...]:
    """Return the encrypted BSN for the table that has one; bound to the row, so made last."""
    if "bsn_index" not in table.kolommen:
        return ()
    bsn = waarden.get("bsn")
    return (encrypt_bsn(run.secrets, bsn, run.recording.organisatie_id, uid) if bsn else None,)
