"""An agreed action: what, who, and by when."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Index, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped

from app.models.base import FeitVanKind


class Actie(FeitVanKind):
    """An action agreed on ``datum``, of which somebody is the owner until it is done.

    With ``vgb_id`` nobody agreed on it: it came with the withdrawal of that VGB, for each child who lives there. With
    ``casuistiekbespreking_id`` it was agreed there.
    """

    __tablename__ = "actie"
    REFERENCES: ClassVar[dict[str, str]] = {
        "pleegkind_id": "pleegkind",
        "eigenaar_id": "medewerker",
        "vgb_id": "vgb",
        "casuistiekbespreking_id": "casuistiekbespreking",
    }
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_actie_pleegkind_id_datum", "pleegkind_id", "datum"),
        Index("ix_actie_organisatie_id_uiterlijk_uid", "organisatie_id", "uiterlijk", "uid"),
        Index("ix_actie_vgb_id", "vgb_id", postgresql_where=text("vgb_id IS NOT NULL")),
        Index(
            "ix_actie_casuistiekbespreking_id",
            "casuistiekbespreking_id",
            postgresql_where=text("casuistiekbespreking_id IS NOT NULL"),
        ),
    )

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
    omschrijving: Mapped[str]
    eigenaar_id: Mapped[int]
    uiterlijk: Mapped[date]
    gedaan_op: Mapped[date | None]
    vgb_id: Mapped[int | None]
    casuistiekbespreking_id: Mapped[int | None]

    @hybrid_property
    def uit_bespreking(self) -> bool:
        """Whether it was agreed in a casuistiekbespreking."""
        return self.casuistiekbespreking_id is not None

    @uit_bespreking.inplace.expression
    @classmethod
    def _uit_bespreking(cls) -> ColumnElement[bool]:
        return cls.casuistiekbespreking_id.is_not(None)
