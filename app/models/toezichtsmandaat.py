"""What lets an inspectie look at an organisatie's files: for a purpose, on a legal ground, for a time."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Toezichtsmandaat(Base):
    """A mandate of every inspecteur of ``inspectie_id`` on ``organisatie_id`` during [van, tot); it never changes.

    ``dossiertekst`` is a right of its own: to read what people wrote, beside codes and yes/no. What was recorded after
    ``aangekondigd_op``, the day on which the visit was announced, is shown as such; None: it was not announced.
    """

    __tablename__ = "toezichtsmandaat"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        ForeignKeyConstraint(
            ["organisatie_id", "gegeven_door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_toezichtsmandaat_gegeven_door",
        ),
        CheckConstraint("tot > van", name="tot_na_van"),
        CheckConstraint("inspectie_id <> organisatie_id", name="op_een_ander"),
        Index("ix_toezichtsmandaat_inspectie_id", "inspectie_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    inspectie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    doel: Mapped[str]
    wettelijke_grond: Mapped[str]
    van: Mapped[date]
    tot: Mapped[date]
    dossiertekst: Mapped[bool]
    gegeven_op: Mapped[datetime]
    gegeven_door: Mapped[int]
    aangekondigd_op: Mapped[date | None]


class MandaatIntrekking(Base):
    """The end of a mandate before its time: from that moment on it gives nothing. There is no way back."""

    __tablename__ = "mandaat_intrekking"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "mandaat_id"],
            ["toezichtsmandaat.organisatie_id", "toezichtsmandaat.id"],
            name="fk_mandaat_intrekking_mandaat_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_mandaat_intrekking_door",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    mandaat_id: Mapped[int] = mapped_column(unique=True)
    op: Mapped[datetime]
    door: Mapped[int]
    reden: Mapped[str]
