"""That the development of a child was mapped: what norm ONT-J asks for."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import FeitVanKind


class Ontwikkelbeeld(FeitVanKind):
    """The day on which it was; what was found is not kept here."""

    __tablename__ = "ontwikkelbeeld"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_ontwikkelbeeld_pleegkind_id_datum", "pleegkind_id", "datum"),)

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
