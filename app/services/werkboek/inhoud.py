"""What a row of the workbook says, in the columns of its table, beside what is stored there."""

from collections.abc import Collection, Sequence
from typing import Any

from app.lib.naamvorm import fold_naam
from app.models import Medewerker
from app.security.bsn import blind_index, blind_indexes
from app.services.werkboek.import_run import ImportRun
from app.services.werkboek.tables import Content, SheetTable, Waarden
from app.services.werkboek.telling import BLADEN_MET_NAAM


def content_of(run: ImportRun, table: SheetTable, waarden: Waarden) -> Content:
    """Return a row's values in the order of the table's columns."""
    return tuple(_value(run, table, name, waarden) for name in table.kolommen)


def _value(run: ImportRun, table: SheetTable, name: str, waarden: Waarden) -> Any:
    if name in table.verwijzingen:
        column, blad = table.verwijzingen[name]
        decides, said = table.only_if.get(name, ("", None))
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


def said_of(
    run: ImportRun,
    table: SheetTable,
    content: Content,
    before: Content | None,
    absent: frozenset[int],
    same: Collection[bytes],
) -> Content:
    """Return what the file says, as far as it can be compared with what the last import said."""
    said = complete(table, content, before, absent, same)
    return said if before is None else run.leden.as_before(table, content, said, before)


def complete(
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


def absent_columns(table: SheetTable, columns: Sequence[str]) -> frozenset[int]:
    """Return which columns of the table the file says nothing about: what is stored there stays."""
    return frozenset(i for i, name in enumerate(table.kolommen) if table.source_of(name) not in columns)


def columns_of_people(run: ImportRun, table: SheetTable, nummer: str) -> frozenset[int]:
    """Return which columns people fill and no import changes: what an account may do is for a beheerder to say."""
    if table.model is Medewerker and nummer in run.met_account:
        return frozenset({table.kolommen.index("rol")})
    return frozenset()


def names_of(table: SheetTable, content: Content) -> list[str]:
    """Return who a row is about, however it is written."""
    return [fold_naam(content[table.kolommen.index(name)]) for name in BLADEN_MET_NAAM.get(table.blad, ())]


def bsn_indexes(run: ImportRun, table: SheetTable, waarden: Waarden) -> Collection[bytes]:
    """Return every index that the BSN of a row may be stored under: the key may be changing."""
    bsn = waarden.get("bsn") if "bsn_index" in table.kolommen else None
    return blind_indexes(run.secrets, run.recording.organisatie_id, bsn) if bsn else ()
