"""A talk with the foster parent who is the guardian."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import FeitVanKind


class Pleegoudervoogdgesprek(FeitVanKind):
    """A talk with the foster parent who is the guardian."""

    __tablename__ = "pleegoudervoogdgesprek"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_pleegoudervoogdgesprek_pleegkind_id_datum", "pleegkind_id", "datum"),)

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
