"""A plan of help, with the day on which it was agreed."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import FeitVanKind


class Hulpverleningsplan(FeitVanKind):
    """A plan of help, with the day on which it was agreed."""

    __tablename__ = "hulpverleningsplan"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_hulpverleningsplan_pleegkind_id_datum", "pleegkind_id", "datum"),)

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
