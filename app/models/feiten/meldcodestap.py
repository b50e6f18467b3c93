"""A step of the meldcode, taken because of a signaal."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, code_list
from app.terms import VeiligThuis


class Meldcodestap(FeitVanKind):
    """One of the five steps (``app.norms.meldcode``); a step may be taken more than once, and in another order."""

    __tablename__ = "meldcodestap"
    REFERENCES: ClassVar[dict[str, str]] = {"signaal_id": "signaal", "medewerker_id": "medewerker"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_meldcodestap_signaal_id_datum", "signaal_id", "datum"),
        CheckConstraint("stap BETWEEN 1 AND 5", name="een_van_vijf"),
    )

    signaal_id: Mapped[int]
    stap: Mapped[int]
    datum: Mapped[date]
    toelichting: Mapped[str]
    veilig_thuis: Mapped[VeiligThuis] = mapped_column(code_list(VeiligThuis, "veilig_thuis"))
    medewerker_id: Mapped[int]
