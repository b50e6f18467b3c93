"""A case discussion (MDO); only multidisciplinary ones count."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ARRAY, Index, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, code_list
from app.terms import Ruiscode


class Casuistiekbespreking(FeitVanKind):
    """A case discussion: who was there, what came of it, and what gave cause; a workbook says only that it was held.

    ``acties`` are what was agreed before an actie was a fact of its own: kept, and nothing is added to them.
    ``deelnemers`` are uids of medewerkers, checked when recorded: an array has no foreign key.
    """

    __tablename__ = "casuistiekbespreking"
    REFERENCED_SELDOM: ClassVar[bool] = True
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind", "extra_inzet_id": "extra_inzet"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_casuistiekbespreking_pleegkind_id_datum", "pleegkind_id", "datum"),)

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
    multidisciplinair: Mapped[bool]
    deelnemers: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    gedragswetenschapper_aanwezig: Mapped[bool | None]
    conclusie: Mapped[str | None]
    acties: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    ruisfactor: Mapped[Ruiscode | None] = mapped_column(code_list(Ruiscode, "ruisfactor"))
    extra_inzet_id: Mapped[int | None]
