"""A signal or incident about safety."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import Feit


class Signaal(Feit):
    """A signal; ``bekend_geworden_op`` starts the terms of VC-J and CAL-3."""

    __tablename__ = "signaal"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_signaal_pleegkind_id_datum", "pleegkind_id", "datum"),)

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
    bekend_geworden_op: Mapped[date]
    soort: Mapped[str]
    vraagt_veiligheidscheck: Mapped[bool]
    calamiteit: Mapped[bool]
    bij_twijfel: Mapped[bool]
    gemeld_igj_op: Mapped[date | None]
