"""A signal or incident about safety."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind


class Signaal(FeitVanKind):
    """A signal; ``bekend_geworden_op`` starts the terms of VC-J and CAL-3. ``onthulling``: the child itself told it."""

    __tablename__ = "signaal"
    REFERENCED: ClassVar[bool] = True
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
    onthulling: Mapped[bool] = mapped_column(server_default=text("false"))  # workbooks do not say it
