"""Two files of one child that become one: what is proposed, and what was decided of it (ADR 0022).

Every row only ever joins. Keys and uids and no references to the children: what was decided stays when the file of both
is destroyed.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import Samenvoegingsstap


def _within(table: str, column: str, other: str) -> ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return ForeignKeyConstraint(
        ["organisatie_id", column], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{table}_{column}"
    )


class Samenvoeging(Base):
    """A proposal: the file of ``ander`` goes up in that of ``pleegkind``."""

    __tablename__ = "samenvoeging"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        _within("samenvoeging", "voorgesteld_door", "medewerker"),
        CheckConstraint("pleegkind_id <> ander_id", name="twee_dossiers"),
        Index("ix_samenvoeging_pleegkind_id", "pleegkind_id"),
        Index("ix_samenvoeging_ander_id", "ander_id"),
        Index("ix_samenvoeging_ander_uid", "ander_uid"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    pleegkind_id: Mapped[int]
    pleegkind_uid: Mapped[UUID]
    ander_id: Mapped[int]
    ander_uid: Mapped[UUID]
    ander_nummer: Mapped[str]
    reden: Mapped[str]
    voorgesteld_op: Mapped[datetime]
    voorgesteld_door: Mapped[int]


class SamenvoegingStap(Base):
    """An approval, or that it was undone: each at most once."""

    __tablename__ = "samenvoeging_stap"
    __table_args__ = (
        _within("samenvoeging_stap", "samenvoeging_id", "samenvoeging"),
        _within("samenvoeging_stap", "door", "medewerker"),
        UniqueConstraint("samenvoeging_id", "stap"),
        CheckConstraint("(stap = 'hersteld') = (reden IS NOT NULL)", name="herstel_met_reden"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    samenvoeging_id: Mapped[int]
    stap: Mapped[Samenvoegingsstap] = mapped_column(code_list(Samenvoegingsstap, "stap"))
    op: Mapped[datetime]
    door: Mapped[int]
    reden: Mapped[str | None]
