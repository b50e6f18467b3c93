"""Put a checked workbook into the database: new rows, corrections of changed ones, nothing for the rest.

One transaction: all of it or nothing. A row is compared with what the last import said of its nummer, so that
importing the same file twice changes nothing, and what people corrected in the service since is not undone by it.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.imports.keuring import Keuring, Rij
from app.lib.progress import Progress
from app.models import Medewerker
from app.models.versions import holds
from app.queries.samenvoegingen import read_paren
from app.security.secrets import Secrets
from app.services.beheer.organisaties import ensure_team, successors
from app.services.berichten.aankondigen import announce_ends
from app.services.feiten.versions import Recording, begin_recording
from app.services.termijnen import rebuild_termijnen
from app.services.werkboek.import_run import ImportRun
from app.services.werkboek.inhoud import (
    absent_columns,
    bsn_indexes,
    columns_of_people,
    complete,
    content_of,
    names_of,
    said_of,
)
from app.services.werkboek.opgeslagen import Opgeslagen, read_stored
from app.services.werkboek.personen import read_met_account
from app.services.werkboek.schrijven import write_first, write_later
from app.services.werkboek.tables import SHEET_TABLES, Content, SheetTable, Waarden
from app.services.werkboek.teams import Leden
from app.services.werkboek.telling import BladTelling
from app.services.werkboek.versies import GEWIJZIGD, OPNIEUW


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
class _Ingedeeld:
    """The rows of one sheet, by what must happen to them; of the others nothing must."""

    nieuw: list[tuple[Waarden, Content]] = field(default_factory=list)
    opnieuw: list[tuple[Waarden, Content, Opgeslagen]] = field(default_factory=list)
    gewijzigd: list[tuple[Waarden, Content, Opgeslagen]] = field(default_factory=list)
    ingetrokken: int = 0
    hernoemd: int = 0


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
    run = ImportRun(session, begin_recording(session, organisatie_id, nu, None), secrets)
    run.leden = Leden(vandaag)
    uitkomst = ImportUitkomst(_import_bladen(run, keuring, progress), None)
    if not uitkomst.changed:
        return uitkomst
    # Deferred checks now, so that a fault is a fault of the import and not of the commit.
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    announce_ends(session, organisatie_id, nu)
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
    run = ImportRun(session, Recording(session, organisatie_id, nu, None), secrets, proef=True)
    return _import_bladen(run, keuring, progress)


def _import_bladen(run: ImportRun, keuring: Keuring, progress: Progress | None) -> tuple[BladTelling, ...]:
    run.leden = replace(run.leden, opvolgers=successors(run.session, run.recording.organisatie_id))
    run.met_account = read_met_account(run.session, run.recording.organisatie_id)
    paren = read_paren(run.session, run.recording.organisatie_id)
    run.opgegaan = {paar.ander_id: paar.pleegkind_id for paar in paren}
    total, done, counts = sum(len(rows) for rows in keuring.rijen.values()), 0, []
    for table in SHEET_TABLES:
        rows = keuring.rijen.get(table.blad, ())
        counts.append(_import_blad(run, table, rows, keuring, partial(_tell, progress, table.blad, done, total)))
        done += len(rows)
        if progress:
            progress(done, total, table.blad)
    return tuple(counts)


def _tell(progress: Progress | None, blad: str, before: int, total: int, done: int) -> None:
    if progress:
        progress(before + done, total, blad)


def _import_blad(
    run: ImportRun, table: SheetTable, rows: Sequence[Rij], keuring: Keuring, tell: Callable[[int], None]
) -> BladTelling:
    """Write one sheet, unless it is a trial, and remember the keys of all its nummers, stored ones included."""
    stored = read_stored(run, table)
    run.keys[table.blad] = {nummer: item.feit_id for nummer, item in stored.items()}
    if table.model is Medewerker:
        _remember_people(run, rows)
    done = _divide(run, table, rows, stored, absent_columns(table, keuring.kolommen.get(table.blad, ())))
    if run.proef:
        # Keys that nobody has: a row that refers to a new one has changed.
        run.keys[table.blad] |= {waarden["nummer"]: -key for key, (waarden, _) in enumerate(done.nieuw, start=1)}
    else:
        write_first(run, table, done.nieuw, tell)
        write_later(run, table, done.gewijzigd, GEWIJZIGD)
        write_later(run, table, done.opnieuw, OPNIEUW)
    return _count(table, len(rows), done, stored, keuring.nummers.get(table.blad))


def _divide(
    run: ImportRun, table: SheetTable, rows: Sequence[Rij], stored: Mapping[str, Opgeslagen], absent: frozenset[int]
) -> _Ingedeeld:
    """Divide the rows of a sheet by what must happen to them."""
    done = _Ingedeeld()
    for rij in rows:
        waarden: Waarden = rij.waarden
        content = content_of(run, table, waarden)
        known = stored.get(waarden["nummer"])
        same, unsaid = bsn_indexes(run, table, waarden), absent | columns_of_people(run, table, waarden["nummer"])
        if known is None:
            done.nieuw.append((waarden, run.leden.of_new(table, content)))
        elif known.is_weg:
            done.opnieuw.append((waarden, run.leden.of_new(table, content), known))
        elif known.ingetrokken:
            done.ingetrokken += 1  # people withdrew it; a source system that does not know cannot bring it back
        elif (said := said_of(run, table, content, known.imported, unsaid, same)) != known.imported:
            whole = complete(table, said, known.newest, unsaid, same)
            now = run.leden.of_known(table, content, whole, known.newest)
            done.gewijzigd.append((waarden, now, known))
            done.hernoemd += names_of(table, now) != names_of(table, known.newest)
    return done


def _count(
    table: SheetTable, rows: int, done: _Ingedeeld, stored: Mapping[str, Opgeslagen], nummers: AbstractSet[str] | None
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


def _remember_people(run: ImportRun, rows: Sequence[Rij]) -> None:
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
