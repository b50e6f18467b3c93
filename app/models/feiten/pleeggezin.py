"""The foster family, its members, their VGBs, and the yearly evaluation."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Feit, code_list
from app.terms import GezinslidRol, GezinSoort, VgbStatus


class Pleeggezin(Feit):
    """The foster family; ``pleegcontract_op`` starts the 13 weeks of VGB-T."""

    __tablename__ = "pleeggezin"
    STANDS_ALONE: ClassVar[bool] = True
    REFERENCED: ClassVar[bool] = True

    naam: Mapped[str]
    soort: Mapped[GezinSoort] = mapped_column(code_list(GezinSoort, "soort"))
    gemeente: Mapped[str | None]
    pleegcontract_op: Mapped[date | None]


class Gezinslid(Feit):
    """A member of the household during [inwonend_sinds, inwonend_tot)."""

    __tablename__ = "gezinslid"
    REFERENCED: ClassVar[bool] = True
    REFERENCES: ClassVar[dict[str, str]] = {"pleeggezin_id": "pleeggezin"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_gezinslid_pleeggezin_id", "pleeggezin_id"),
        CheckConstraint("inwonend_tot IS NULL OR inwonend_tot >= inwonend_sinds", name="tot_niet_voor_sinds"),
    )

    pleeggezin_id: Mapped[int]
    naam: Mapped[str]
    geboortedatum: Mapped[date]
    rol: Mapped[GezinslidRol] = mapped_column(code_list(GezinslidRol, "rol"))
    inwonend_sinds: Mapped[date]
    inwonend_tot: Mapped[date | None]


class Vgb(Feit):
    """A request for, or decision on, the verklaring van geen bezwaar of one gezinslid."""

    __tablename__ = "vgb"
    REFERENCES: ClassVar[dict[str, str]] = {"gezinslid_id": "gezinslid"}
    REFERENCED_SELDOM: ClassVar[bool] = True
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_vgb_gezinslid_id_datum", "gezinslid_id", "datum"),)

    gezinslid_id: Mapped[int]
    status: Mapped[VgbStatus] = mapped_column(code_list(VgbStatus, "status"))
    datum: Mapped[date]
    herscreening_uiterlijk: Mapped[date | None]


class Evaluatie(Feit):
    """The yearly evaluation with the foster parents."""

    __tablename__ = "evaluatie"
    REFERENCES: ClassVar[dict[str, str]] = {"pleeggezin_id": "pleeggezin"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_evaluatie_pleeggezin_id_datum", "pleeggezin_id", "datum"),)

    pleeggezin_id: Mapped[int]
    datum: Mapped[date]
