"""The quarterly audit: a concept that is rebuilt on demand, or frozen for good."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.norms.kwartaaltoets.kwartaal import PATROON
from app.terms import ToetsStatus


class Kwartaaltoets(Base):
    """One audit of one organisatie. Once vastgesteld a trigger refuses any change (``migrations`` 0003).

    ``bekend_op`` and ``volgorde``: what the file said at that moment, up to that recording. ``versie`` counts the
    times that it was built or frozen. ``digest``: SHA-256 over
    the canonical JSON of ``kop``, ``kengetallen`` and the rows (``app.lib.canoniek``). ``zegel_id``: the last seal
    before it was frozen, which its exports name.
    """

    __tablename__ = "kwartaaltoets"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        ForeignKeyConstraint(
            ["organisatie_id", "zegel_id"], ["zegel.organisatie_id", "zegel.id"], name="fk_kwartaaltoets_zegel_id"
        ),
        Index(
            "uq_kwartaaltoets_concept",
            "organisatie_id",
            "kwartaal",
            unique=True,
            postgresql_where=text("status = 'concept'"),
        ),
        Index(
            "uq_kwartaaltoets_vervangt_id", "vervangt_id", unique=True, postgresql_where=text("vervangt_id IS NOT NULL")
        ),
        CheckConstraint("(status = 'vastgesteld') = (vastgesteld_op IS NOT NULL)", name="moment_van_vaststelling"),
        # NOT VALID in the database: what a command froze before migration 0017 may name nobody.
        CheckConstraint("status <> 'vastgesteld' OR vastgesteld_door IS NOT NULL", name="door_wie_vastgesteld"),
        CheckConstraint(f"kwartaal ~ '{PATROON}'", name="naam_van_kwartaal"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    kwartaal: Mapped[str]
    versie: Mapped[int]
    status: Mapped[ToetsStatus] = mapped_column(code_list(ToetsStatus, "status"))
    vervangt_id: Mapped[int | None] = mapped_column(ForeignKey("kwartaaltoets.id"))
    aangemaakt_op: Mapped[datetime]
    aangemaakt_door: Mapped[int | None]
    bekend_op: Mapped[datetime]
    volgorde: Mapped[int]
    kop: Mapped[dict[str, Any]] = mapped_column(JSONB)
    kengetallen: Mapped[list[Any]] = mapped_column(JSONB)
    rijen: Mapped[int]
    digest: Mapped[str]
    vastgesteld_op: Mapped[datetime | None]
    vastgesteld_door: Mapped[int | None]
    zegel_id: Mapped[int | None]


class KwartaaltoetsRegel(Base):
    """One row of an audit: its content, and the keys by which lists select."""

    __tablename__ = "kwartaaltoets_regel"
    __table_args__ = (
        UniqueConstraint("toets_id", "positie"),
        UniqueConstraint("toets_id", "pleegkind_id"),
        Index("ix_kwartaaltoets_regel_pleegkind_id", "pleegkind_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    toets_id: Mapped[int] = mapped_column(ForeignKey("kwartaaltoets.id"))
    positie: Mapped[int]
    pleegkind_id: Mapped[int]
    plaatsing_id: Mapped[int]
    begeleider_id: Mapped[int | None]
    team_id: Mapped[int | None]
    navolgbaar: Mapped[bool]
    ruisscore: Mapped[int]
    inhoud: Mapped[dict[str, Any]] = mapped_column(JSONB)
