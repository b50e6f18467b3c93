"""Safety assessment of the child in this family."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, code_list
from app.terms import Uitkomst


class Veiligheidscheck(FeitVanKind):
    """A veiligheidscheck with a named instrument."""

    __tablename__ = "veiligheidscheck"
    REFERENCES: ClassVar[dict[str, str]] = {"plaatsing_id": "plaatsing", "medewerker_id": "medewerker"}
    REFERENCED_SELDOM: ClassVar[bool] = True
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_veiligheidscheck_plaatsing_id_datum", "plaatsing_id", "datum"),)

    plaatsing_id: Mapped[int]
    datum: Mapped[date]
    medewerker_id: Mapped[int]
    instrument: Mapped[str]
    uitkomst: Mapped[Uitkomst] = mapped_column(code_list(Uitkomst, "uitkomst"))
    kind_gezien: Mapped[bool | None]
