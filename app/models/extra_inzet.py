"""The follow-up that a row of a frozen audit demands, and what happened to it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import ExtraInzetStapSoort as Stap
from app.terms import Rol


class ExtraInzet(Base):
    """Why somebody must act for a child, and by when; it never changes. What happens to it are its steps."""

    __tablename__ = "extra_inzet"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        # A row can demand two: because it is not navolgbaar, and because nobody acted.
        UniqueConstraint("toets_id", "pleegkind_id", "criteria"),
        ForeignKeyConstraint(
            ["organisatie_id", "toets_id"],
            ["kwartaaltoets.organisatie_id", "kwartaaltoets.id"],
            name="fk_extra_inzet_toets_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "pleegkind_id"],
            ["pleegkind.organisatie_id", "pleegkind.id"],
            name="fk_extra_inzet_pleegkind_id",
        ),
        Index("ix_extra_inzet_pleegkind_id", "pleegkind_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    toets_id: Mapped[int]
    pleegkind_id: Mapped[int]
    criteria: Mapped[list[str]] = mapped_column(ARRAY(Text))
    uiterlijk: Mapped[date]
    aangemaakt_op: Mapped[datetime]


class ExtraInzetStap(Base):
    """A step: opened, handed over, closed. The last one says how it stands.

    ``eigenaar_rol`` is whose list it is on: of a begeleider or teamleider by ``eigenaar_id``, or of all of kwaliteit.
    A closing has the event that repaired it (``feit_soort``, ``feit_uid``) or a reason.
    """

    __tablename__ = "extra_inzet_stap"
    __table_args__ = (
        # Two who act on the same state: one of them is too late.
        UniqueConstraint("extra_inzet_id", "nummer"),
        ForeignKeyConstraint(
            ["organisatie_id", "extra_inzet_id"],
            ["extra_inzet.organisatie_id", "extra_inzet.id"],
            name="fk_extra_inzet_stap_extra_inzet_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "eigenaar_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_extra_inzet_stap_eigenaar_id",
        ),
        CheckConstraint("(feit_soort IS NULL) = (feit_uid IS NULL)", name="feit_heel"),
        CheckConstraint(
            "soort <> 'afsluiting' OR feit_uid IS NOT NULL OR reden IS NOT NULL", name="afsluiting_met_grond"
        ),
        CheckConstraint("soort = 'opening' OR reden IS NOT NULL OR feit_uid IS NOT NULL", name="stap_met_reden"),
        Index("ix_extra_inzet_stap_eigenaar_id", "eigenaar_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    extra_inzet_id: Mapped[int]
    nummer: Mapped[int]
    soort: Mapped[Stap] = mapped_column(code_list(Stap, "soort"))
    eigenaar_id: Mapped[int | None]
    eigenaar_rol: Mapped[Rol] = mapped_column(code_list(Rol, "eigenaar_rol"))
    op: Mapped[datetime]
    door: Mapped[int | None]
    reden: Mapped[str | None]
    feit_soort: Mapped[str | None]
    feit_uid: Mapped[UUID | None]
