"""A child lives with a family during a period, and who is its begeleider there."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Column, ForeignKey, Index, func
from sqlalchemy.dialects.postgresql import DATERANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, FeitVanKind, code_list, period_check
from app.terms import PlaatsingVorm, Zorgvorm


class Plaatsing(FeitVanKind):
    """A child in a family during [van, tot)."""

    __tablename__ = "plaatsing"
    REFERENCED: ClassVar[bool] = True
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind", "pleeggezin_id": "pleeggezin"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_plaatsing_pleegkind_id_van", "pleegkind_id", "van"),
        Index("ix_plaatsing_organisatie_id_van_uid", "organisatie_id", "van", "uid"),
        Index("ix_plaatsing_pleeggezin_id_van", "pleeggezin_id", "van"),
        period_check(),
    )

    pleegkind_id: Mapped[int]
    pleeggezin_id: Mapped[int]
    vorm: Mapped[PlaatsingVorm] = mapped_column(code_list(PlaatsingVorm, "vorm"))
    zorgvorm: Mapped[Zorgvorm] = mapped_column(code_list(Zorgvorm, "zorgvorm"))
    van: Mapped[date]
    tot: Mapped[date | None]
    eindreden: Mapped[str | None]


class Begeleiding(FeitVanKind):
    """Which medewerker is the begeleider of a plaatsing during [van, tot)."""

    __tablename__ = "begeleiding"
    REFERENCES: ClassVar[dict[str, str]] = {"plaatsing_id": "plaatsing", "medewerker_id": "medewerker"}
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_begeleiding_plaatsing_id_van", "plaatsing_id", "van"),
        Index("ix_begeleiding_medewerker_id_van", "medewerker_id", "van"),
        period_check(),
    )

    plaatsing_id: Mapped[int]
    medewerker_id: Mapped[int]
    van: Mapped[date]
    tot: Mapped[date | None]


class PlaatsingBezetting(Base):
    """The days on which a child has a voltijd or crisis plaatsing, kept by a trigger on ``plaatsing``.

    An exclusion constraint cannot look past superseded versions, so it stands on this projection of the versions
    that hold now. Deferrable: one transaction may move two plaatsingen past each other.
    """

    __tablename__ = "plaatsing_bezetting"
    __table_args__ = (
        ExcludeConstraint(
            (func.int8range(Column("pleegkind_id"), Column("pleegkind_id"), "[]"), "&&"),
            (Column("periode"), "&&"),
            name="ex_plaatsing_bezetting_overlap",
            using="gist",
            deferrable=True,
            initially="IMMEDIATE",
        ),
    )

    plaatsing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    pleegkind_id: Mapped[int]
    periode: Mapped[Range[date]] = mapped_column(DATERANGE)


class KindInBegeleiding(Base):
    """Whose begeleiding each child is in, by the versions of both facts that hold now: kept by triggers.

    Scope and lists stand on it: of a team they would otherwise read twice as many begeleidingen, and look up of each
    and of its plaatsing whether a later version replaced it.

    Attributes:
        begeleiding_id: the version that holds, by its ``id``.
        nummer: of the begeleiding.
        opgevolgd_per: since when somebody else guides the same plaatsing, or will; None for the last one.
    """

    __tablename__ = "kind_in_begeleiding"
    __table_args__ = (
        Index("ix_kind_in_begeleiding_medewerker_id_van", "medewerker_id", "van"),
        Index("ix_kind_in_begeleiding_plaatsing_id", "plaatsing_id"),
        Index("ix_kind_in_begeleiding_pleegkind_id", "pleegkind_id"),
    )

    begeleiding_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    nummer: Mapped[str]
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    plaatsing_id: Mapped[int]
    pleegkind_id: Mapped[int]
    pleeggezin_id: Mapped[int]
    medewerker_id: Mapped[int]
    van: Mapped[date]
    tot: Mapped[date | None]
    plaatsing_van: Mapped[date]
    plaatsing_tot: Mapped[date | None]
    opgevolgd_per: Mapped[date | None]


class OpenNaVertrek(Base):
    """Which children left, or will, with something open about it that somebody must still do: kept by triggers.

    A hint for finding them, by each who ever guided them: who is not here is not among them. Who asks asks the facts of
    each as well (``app.access.scope``).
    """

    __tablename__ = "open_na_vertrek"
    __table_args__ = (Index("ix_open_na_vertrek_medewerker_id", "medewerker_id"),)

    pleegkind_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    medewerker_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    vertrokken_per: Mapped[date]


class ZonderBegeleider(Base):
    """Until which day a child may be without a begeleider, by what is recorded: kept by triggers.

    A hint for finding them: before that day it may be so, from it on it is not. Who asks asks the facts of each as well
    (``app.access.scope``). 9999-12-31: of whoever has no begeleider and whose plaatsing has no end.
    """

    __tablename__ = "zonder_begeleider"
    __table_args__ = (Index("ix_zonder_begeleider_organisatie_id_mogelijk_tot", "organisatie_id", "mogelijk_tot"),)

    pleegkind_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    mogelijk_tot: Mapped[date]
