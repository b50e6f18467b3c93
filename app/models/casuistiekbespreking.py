"""A case discussion (MDO); only multidisciplinary ones count."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import Feit


class Casuistiekbespreking(Feit):
    """A case discussion (MDO); only multidisciplinary ones count."""

    __tablename__ = "casuistiekbespreking"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_casuistiekbespreking_pleegkind_id_datum", "pleegkind_id", "datum"),)

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
    multidisciplinair: Mapped[bool]
