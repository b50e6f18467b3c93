"""A ruisfactor that a person scored."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, code_list
from app.norms.ruis.catalogue import SCORE_MAANDEN
from app.terms import Ruiscode


class Ruisscore(FeitVanKind):
    """A ruisfactor that somebody saw; it holds during [datum, geldt_tot), and then is to be looked at anew."""

    __tablename__ = "ruisscore"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind", "medewerker_id": "medewerker"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_ruisscore_pleegkind_id_datum", "pleegkind_id", "datum"),
        CheckConstraint(
            f"geldt_tot > datum AND geldt_tot <= datum + interval '{SCORE_MAANDEN} months'", name="hoogstens_12_maanden"
        ),
    )

    pleegkind_id: Mapped[int]
    code: Mapped[Ruiscode] = mapped_column(code_list(Ruiscode, "code"))
    datum: Mapped[date]
    geldt_tot: Mapped[date]
    reden: Mapped[str]
    medewerker_id: Mapped[int]
