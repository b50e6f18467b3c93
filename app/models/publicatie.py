"""What went out for everybody: the key figures of one frozen audit, without small counts, and whether they still stand.

Nobody changes or removes any of it, and nothing in it is of a child or a medewerker but who decided. The role that
answers everybody (``pleegzicht_open``) reads these three tables, without who decided, and nothing else in the database.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Publicatie(Base):
    """That a quarter of an organisatie went out: once, with the name that the organisatie had.

    ``digest`` is that of the audit; ``cijfers_digest`` the SHA-256 over the canonical JSON of the rows that went out.
    """

    __tablename__ = "publicatie"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        UniqueConstraint("organisatie_id", "kwartaal"),
        ForeignKeyConstraint(
            ["organisatie_id", "toets_id"],
            ["kwartaaltoets.organisatie_id", "kwartaaltoets.id"],
            name="fk_publicatie_toets_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_publicatie_door",
        ),
        Index("ix_publicatie_kwartaal", "kwartaal", "organisatie_code"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    toets_id: Mapped[int] = mapped_column(unique=True)
    kwartaal: Mapped[str]
    organisatie_code: Mapped[str]
    organisatie_naam: Mapped[str]
    digest: Mapped[str]
    cijfers_digest: Mapped[str]
    gepubliceerd_op: Mapped[datetime]
    door: Mapped[int]


class PublicatieIntrekking(Base):
    """That figures do not stand any more: the reason is for everybody, the figures are for nobody from then on."""

    __tablename__ = "publicatie_intrekking"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "publicatie_id"],
            ["publicatie.organisatie_id", "publicatie.id"],
            name="fk_publicatie_intrekking_publicatie_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_publicatie_intrekking_door",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    publicatie_id: Mapped[int] = mapped_column(unique=True)
    op: Mapped[datetime]
    door: Mapped[int]
    reden: Mapped[str]


class OpenKengetal(Base):
    """One figure that went out; ``teller`` and ``noemer`` are empty where they would say too much about too few.

    Of each publicatie one row has no ``kengetal``: all that everybody sees of it once it was taken back.
    """

    __tablename__ = "open_kengetal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "publicatie_id"],
            ["publicatie.organisatie_id", "publicatie.id"],
            name="fk_open_kengetal_publicatie_id",
        ),
        UniqueConstraint("publicatie_id", "dimensie", "groep", "deel", "kengetal"),
        CheckConstraint("teller >= 0 AND noemer >= 0", name="nooit_negatief"),
        CheckConstraint("kengetal <> '' OR (teller IS NULL AND noemer IS NULL)", name="leeg"),
        CheckConstraint("teller NOT BETWEEN 1 AND 4 AND noemer NOT BETWEEN 1 AND 4", name="niet_klein"),
        Index("ix_open_kengetal_publicatie_id", "publicatie_id", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    publicatie_id: Mapped[int]
    dimensie: Mapped[str]
    groep: Mapped[str]
    deel: Mapped[str]
    kengetal: Mapped[str]
    teller: Mapped[int | None]
    noemer: Mapped[int | None]
    onderdrukt: Mapped[bool]
    normen: Mapped[str]
