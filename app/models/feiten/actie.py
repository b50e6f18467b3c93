"""An agreed action: what, who, and by when."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from app.models.base import FeitVanKind


class Actie(FeitVanKind):
    """An action agreed on ``datum``, of which somebody is the owner until it is done.

    With ``vgb_id`` nobody agreed on it: it came with the withdrawal of that VGB, for each child who lives there.
    """

    __tablename__ = "actie"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind", "eigenaar_id": "medewerker", "vgb_id": "vgb"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_actie_pleegkind_id_datum", "pleegkind_id", "datum"),
        Index("ix_actie_vgb_id", "vgb_id", postgresql_where=text("vgb_id IS NOT NULL")),
    )

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
    omschrijving: Mapped[str]
    eigenaar_id: Mapped[int]
    uiterlijk: Mapped[date]
    gedaan_op: Mapped[date | None]
    vgb_id: Mapped[int | None]
