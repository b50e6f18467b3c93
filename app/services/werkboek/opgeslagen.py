"""What the database says of the nummers of a sheet: the newest version, and what the last import said."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.services.werkboek.import_run import ImportRun
from app.services.werkboek.tables import Content, SheetTable
from app.services.werkboek.versies import stand_of, versie_of

#: how many columns of a stored version come before its content
_HEAD = 10


@dataclass(slots=True)
class Opgeslagen:
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


def read_stored(run: ImportRun, table: SheetTable) -> dict[str, Opgeslagen]:
    """Return per nummer the newest version, with the content of the last version that an import wrote."""
    model: Any = table.model
    content = [getattr(model, name) for name in table.kolommen]
    statement = (
        select(
            model.nummer, model.id, model.feit_id, model.uid, model.versie, model.ingetrokken, model.vastgelegd_door,
            model.wijzigingsreden, model.vastgelegd_op, model.volgorde, *content,
        )
        .where(model.organisatie_id == run.recording.organisatie_id)
        .order_by(model.nummer, model.versie)
    )  # fmt: skip
    stored: dict[str, Opgeslagen] = {}
    for nummer, rows in groupby(run.session.execute(statement), itemgetter(0)):
        every = list(rows)
        said = (run.leden.in_successor(table, _of_who_stays(run, table, tuple(row[_HEAD:]))) for row in every)
        versies = [versie_of(row, inhoud) for row, inhoud in zip(every, said, strict=True)]
        stand, last = stand_of(versies), every[-1]
        stored[nummer] = Opgeslagen(
            last.id, last.feit_id, last.uid, last.versie, last.ingetrokken, versies[-1].inhoud, stand.imported,
            last.vastgelegd_op, stand.is_weg,
        )  # fmt: skip
    return stored


def _of_who_stays(run: ImportRun, table: SheetTable, content: Content) -> Content:
    """Return a content with the child in whose file its own went up: a source that does not know says nothing new."""
    if "pleegkind_id" not in table.verwijzingen or not run.opgegaan:
        return content
    place = table.kolommen.index("pleegkind_id")
    kind = run.opgegaan.get(content[place], content[place])
    return (*content[:place], kind, *content[place + 1 :])
