"""The child, and the legal basis of its care."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Feit, FeitVanKind, code_list, period_check
from app.terms import Geslacht, MaatregelSoort


class Pleegkind(Feit):
    """The child. The BSN is stored encrypted, with a keyed blind index to find it by (``app.security.bsn``)."""

    __tablename__ = "pleegkind"
    STANDS_ALONE: ClassVar[bool] = True
    REFERENCED: ClassVar[bool] = True
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_pleegkind_bsn_index", "organisatie_id", "bsn_index"),
        Index("ix_pleegkind_naam", "organisatie_id", "achternaam", "roepnaam", "id"),
    )

    roepnaam: Mapped[str]
    achternaam: Mapped[str]
    geboortedatum: Mapped[date]
    geslacht: Mapped[Geslacht | None] = mapped_column(code_list(Geslacht, "geslacht"))
    bsn_versleuteld: Mapped[bytes | None] = mapped_column(LargeBinary)
    bsn_index: Mapped[bytes | None] = mapped_column(LargeBinary)


class Maatregel(FeitVanKind):
    """Legal basis during [van, tot), with the GI and jeugdbeschermer when there are."""

    __tablename__ = "maatregel"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_maatregel_pleegkind_id_van", "pleegkind_id", "van"),
        period_check(),
    )

    pleegkind_id: Mapped[int]
    soort: Mapped[MaatregelSoort] = mapped_column(code_list(MaatregelSoort, "soort"))
    van: Mapped[date]
    tot: Mapped[date | None]
    gi: Mapped[str | None]
    jeugdbeschermer: Mapped[str | None]
