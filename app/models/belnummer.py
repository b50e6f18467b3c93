"""Whom a team calls in need."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Belnummer(Base):
    """The number of a functie for a team, and when somebody answers there; it never changes.

    Of a team and a functie the last row holds; one without a number says that there is none any more.
    """

    __tablename__ = "belnummer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "team_id"], ["team.organisatie_id", "team.id"], name="fk_belnummer_team_id"
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "vastgelegd_door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_belnummer_vastgelegd_door",
        ),
        CheckConstraint("(telefoonnummer IS NULL) = (uren IS NULL)", name="nummer_met_uren"),
        Index("ix_belnummer_team_id", "team_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    team_id: Mapped[int]
    functie: Mapped[str]
    telefoonnummer: Mapped[str | None]
    uren: Mapped[str | None]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[int]
