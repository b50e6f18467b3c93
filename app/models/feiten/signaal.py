"""A signal or incident about safety."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, code_list
from app.terms import SignaalBron


class Signaal(FeitVanKind):
    """A signal; ``bekend_geworden_op`` starts the terms of VC-J, CAL-3 and of what somebody must do about it.

    ``onthulling``: the child itself told it. ``conclusie_op`` is the day on which an inquiry in doubt ended.
    """

    __tablename__ = "signaal"
    REFERENCED: ClassVar[bool] = True
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_signaal_pleegkind_id_datum", "pleegkind_id", "datum"),
        Index("ix_signaal_organisatie_id_datum_uid", "organisatie_id", "datum", "uid"),
        CheckConstraint(
            "conclusie_op IS NULL OR (bij_twijfel AND conclusie_op >= bekend_geworden_op)", name="conclusie_na_twijfel"
        ),
    )

    pleegkind_id: Mapped[int]
    datum: Mapped[date]
    bekend_geworden_op: Mapped[date]
    soort: Mapped[str]
    vraagt_veiligheidscheck: Mapped[bool]
    calamiteit: Mapped[bool]
    bij_twijfel: Mapped[bool]
    gemeld_igj_op: Mapped[date | None]
    onthulling: Mapped[bool] = mapped_column(server_default=text("false"))
    geweld: Mapped[bool] = mapped_column(server_default=text("false"))
    letsel: Mapped[bool] = mapped_column(server_default=text("false"))
    conclusie_op: Mapped[date | None]
    bron: Mapped[SignaalBron | None] = mapped_column(code_list(SignaalBron, "bron"))
    toelichting: Mapped[str | None]
