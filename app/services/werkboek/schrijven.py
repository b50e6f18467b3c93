"""Write the rows of a sheet: first versions, and corrections of what is stored."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, any_, cast, select

from app.lib.ids import new_uid
from app.models.base import VERSION_COLUMNS, FeitVanKind, content_columns
from app.security.bsn import encrypt_bsn
from app.services.berichten.reopening import reopen_many
from app.services.bulk import copy_rows, reserve_ids
from app.services.werkboek.import_run import ImportRun
from app.services.werkboek.opgeslagen import Opgeslagen
from app.services.werkboek.tables import Content, SheetTable, Waarden
from app.services.werkboek.versies import OPNIEUW

#: so many rows between two times that somebody is told
_OFTEN: Final = 1000


def write_first(
    run: ImportRun, table: SheetTable, fresh: Sequence[tuple[Waarden, Content]], tell: Callable[[int], None]
) -> None:
    """Write first versions; ids follow the sheet's order, which decides between two VGBs of one day.

    Args:
        run: the import.
        table: of the sheet.
        fresh: the rows.
        tell: hears now and then how many were written.
    """
    if not fresh:
        return
    ids = reserve_ids(run.session, table.model, len(fresh))
    numbers = run.recording.take(len(fresh))
    keys = run.keys[table.blad]

    def rows() -> Iterator[tuple[Any, ...]]:
        for done, ((waarden, content), key, number) in enumerate(zip(fresh, ids, numbers, strict=True)):
            if done % _OFTEN == 0:
                tell(done)
            uid = new_uid()
            keys[waarden["nummer"]] = key
            head = (
                key, None, uid, run.recording.organisatie_id, waarden["nummer"], 1, None, False, None,
                table.known_since(waarden, run.recording.at), None, number,
            )  # fmt: skip
            yield (*head, *content, *_secret(run, table, uid, waarden))

    secret = ["bsn_versleuteld"] if "bsn_index" in table.kolommen else []
    copy_rows(run.session, table.model, [*VERSION_COLUMNS, *table.kolommen, *secret], rows())


def write_later(
    run: ImportRun, table: SheetTable, changed: Sequence[tuple[Waarden, Content, Opgeslagen]], reden: str
) -> None:
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
    replaced = [known.id for _, _, known in changed]
    kept = _read_others(run, table, others, replaced)
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
    reopen_many(run.session, run.recording.organisatie_id, table.model, replaced, run.recording.at)
    copy_rows(run.session, table.model, columns, rows())


def _columns_without_source(table: SheetTable) -> list[str]:
    """Return the columns of the table that no column of the sheet fills."""
    return [name for name in content_columns(table.model) if name not in table.kolommen]


def _read_others(
    run: ImportRun, table: SheetTable, others: Sequence[str], ids: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """Return those columns of given versions, and the index of the BSN where there is one."""
    model: Any = table.model
    names = [*others, *(["bsn_index"] if "bsn_index" in table.kolommen else [])]
    columns = [getattr(model, name) for name in names]
    rows = run.session.execute(select(model.id, *columns).where(model.id == any_(cast(ids, ARRAY(BigInteger)))))
    return {key: dict(zip(names, values, strict=True)) for key, *values in rows}


def _secret(run: ImportRun, table: SheetTable, uid: UUID, waarden: Waarden) -> tuple[Any, ...]:
    """Return the encrypted BSN for the table that has one; bound to the row, so made last."""
    if "bsn_index" not in table.kolommen:
        return ()
    bsn = waarden.get("bsn")
    return (encrypt_bsn(run.secrets, bsn, run.recording.organisatie_id, uid) if bsn else None,)
