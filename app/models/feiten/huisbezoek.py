"""Visit at the family's home."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, within_list
from app.terms import Aanwezige


class Huisbezoek(FeitVanKind):
    """A visit at the family's home; what is empty was not recorded, and says nothing."""

    __tablename__ = "huisbezoek"
    REFERENCES: ClassVar[dict[str, str]] = {"plaatsing_id": "plaatsing", "medewerker_id": "medewerker"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_huisbezoek_plaatsing_id_datum", "plaatsing_id", "datum"),
        CheckConstraint(within_list("aanwezigen", Aanwezige), name="bekende_aanwezigen"),
    )

    plaatsing_id: Mapped[int]
    datum: Mapped[date]
    medewerker_id: Mapped[int]
    kind_gezien: Mapped[bool | None]
    aangekondigd: Mapped[bool | None]
    nieuwe_huisgenoot: Mapped[bool | None]
    aanwezigen: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
