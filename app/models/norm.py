"""An organisatie's own, tightened version of a norm; the national ones are data in ``app.norms.versies.catalogue``.

What was recorded of one stays; that it ends earlier, or never holds, is a row beside it.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import NormCode, Zwaarte


class EigenNorm(Base):
    """A dated norm of one organisatie; holds during [geldig_van, geldig_tot), unless a ``NormBeeindiging`` ends it."""

    __tablename__ = "eigen_norm"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "code", "versie"),
        UniqueConstraint("organisatie_id", "id"),
        CheckConstraint("geldig_tot IS NULL OR geldig_tot > geldig_van", name="tot_na_van"),
        CheckConstraint("waarschuwing_dagen >= 0", name="waarschuwing_niet_negatief"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    code: Mapped[NormCode] = mapped_column(code_list(NormCode, "code"))
    versie: Mapped[int]
    geldig_van: Mapped[date]
    geldig_tot: Mapped[date | None]
    zwaarte: Mapped[Zwaarte] = mapped_column(code_list(Zwaarte, "zwaarte"))
    waarschuwing_dagen: Mapped[int]
    parameters: Mapped[dict[str, int | None]] = mapped_column(JSONB)
    toelichting: Mapped[str]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[int | None]


class NormBeeindiging(Base):
    """That an own version holds no more from a day on; from its first day: that it was withdrawn. Only added to."""

    __tablename__ = "norm_beeindiging"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "eigen_norm_id"],
            ["eigen_norm.organisatie_id", "eigen_norm.id"],
            name="fk_norm_beeindiging_eigen_norm_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "vastgelegd_door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_norm_beeindiging_vastgelegd_door",
        ),
        Index("ix_norm_beeindiging_eigen_norm_id", "eigen_norm_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    eigen_norm_id: Mapped[int]
    vanaf: Mapped[date]
    reden: Mapped[str]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[int]
