"""Visit at the family's home."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import FeitVanKind


class Huisbezoek(FeitVanKind):
    """A visit at the family's home."""

    __tablename__ = "huisbezoek"
    REFERENCES: ClassVar[dict[str, str]] = {"plaatsing_id": "plaatsing", "medewerker_id": "medewerker"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_huisbezoek_plaatsing_id_datum", "plaatsing_id", "datum"),)

    plaatsing_id: Mapped[int]
    datum: Mapped[date]
    medewerker_id: Mapped[int]
