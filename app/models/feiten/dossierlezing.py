"""That somebody read what was handed over about a child."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import FeitVanKind


class Dossierlezing(FeitVanKind):
    """A medewerker read a child's handover on ``datum``, and says so: the access log knows who opened it."""

    __tablename__ = "dossierlezing"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind", "medewerker_id": "medewerker"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_dossierlezing_pleegkind_id_datum", "pleegkind_id", "datum"),
        Index("ix_dossierlezing_medewerker_id", "medewerker_id"),
    )

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
    medewerker_id: Mapped[int]
