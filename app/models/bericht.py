"""The outbox: what somebody must hear, written with the fact that causes it, and to whom it went by which way.

No name, no number and no reason leaves here: a message says that something asks for attention, and nothing else.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import Berichtafloop, Berichtkanaal, Berichtreden, Bezorgafloop


class Bericht(Base):
    """What must be heard of one fact for one reason, once, from a moment on.

    A ``weekbericht`` is about a medewerker's own children, and has a ``tijdvak``: the week; what ends has the day of
    its end; others have none. Who hears
    it is decided when its moment has come; ``vervallen``: by then nothing asked for it any more.
    """

    __tablename__ = "bericht"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        UniqueConstraint("organisatie_id", "reden", "feit_soort", "feit_uid", "tijdvak"),
        CheckConstraint(
            "feit_soort IN ('kindgesprek', 'veiligheidscheck', 'signaal', 'vgb', 'uitzondering', 'medewerker')",
            name="bekende_soort",
        ),
        CheckConstraint("(afloop IS NULL) = (afgehandeld_op IS NULL)", name="afgehandeld"),
        Index("ix_bericht_open", "organisatie_id", "vanaf", postgresql_where=text("afloop IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    reden: Mapped[Berichtreden] = mapped_column(code_list(Berichtreden, "reden"))
    feit_soort: Mapped[str]
    feit_uid: Mapped[UUID]
    tijdvak: Mapped[str]
    vanaf: Mapped[datetime]
    aangemaakt_op: Mapped[datetime]
    afgehandeld_op: Mapped[datetime | None]
    afloop: Mapped[Berichtafloop | None] = mapped_column(code_list(Berichtafloop, "afloop"))


class Bezorging(Base):
    """One message to one medewerker by one channel; ``fout`` is a code of what went wrong last."""

    __tablename__ = "bezorging"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "bericht_id"], ["bericht.organisatie_id", "bericht.id"], name="fk_bezorging_bericht_id"
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "medewerker_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_bezorging_medewerker_id",
        ),
        UniqueConstraint("bericht_id", "medewerker_id", "kanaal"),
        CheckConstraint("(afloop IS NULL) = (afgehandeld_op IS NULL)", name="afgehandeld"),
        CheckConstraint("pogingen >= 0", name="pogingen"),
        Index("ix_bezorging_open", "organisatie_id", "volgende_op", postgresql_where=text("afloop IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    bericht_id: Mapped[int]
    medewerker_id: Mapped[int]
    kanaal: Mapped[Berichtkanaal] = mapped_column(code_list(Berichtkanaal, "kanaal"))
    kenmerk: Mapped[UUID]
    pogingen: Mapped[int]
    volgende_op: Mapped[datetime]
    afgehandeld_op: Mapped[datetime | None]
    afloop: Mapped[Bezorgafloop | None] = mapped_column(code_list(Bezorgafloop, "afloop"))
    fout: Mapped[str | None]


class Taakstand(Base):
    """How one job stands for one organisatie: when it began last, ended, and succeeded; what it found, in counts."""

    __tablename__ = "taakstand"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "taak"),
        CheckConstraint("bevindingen >= 0", name="bevindingen"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    taak: Mapped[str]
    begonnen_op: Mapped[datetime]
    geeindigd_op: Mapped[datetime | None]
    gelukt_op: Mapped[datetime | None]
    bevindingen: Mapped[int]
    verslag: Mapped[str]
