"""Breaking the glass: a file opened with a reason by somebody who does not guide the child, and what was said of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import Rol


class Noodtoegang(Base):
    """The file of one child, open to one medewerker during [geopend_op, geldig_tot); it never changes.

    ``rol`` is that of the moment.
    """

    __tablename__ = "noodtoegang"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        ForeignKeyConstraint(
            ["organisatie_id", "pleegkind_id"],
            ["pleegkind.organisatie_id", "pleegkind.id"],
            name="fk_noodtoegang_pleegkind_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "medewerker_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_noodtoegang_medewerker_id",
        ),
        CheckConstraint("geldig_tot > geopend_op", name="geldig_na_openen"),
        Index("ix_noodtoegang_medewerker_id_geldig_tot", "medewerker_id", "geldig_tot"),
        Index("ix_noodtoegang_organisatie_id_geopend_op", "organisatie_id", "geopend_op", "uid"),
        Index("ix_noodtoegang_pleegkind_id", "pleegkind_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    pleegkind_id: Mapped[int]
    medewerker_id: Mapped[int]
    rol: Mapped[Rol] = mapped_column(code_list(Rol, "rol"))
    reden: Mapped[str]
    geopend_op: Mapped[datetime]
    geldig_tot: Mapped[datetime]


class NoodtoegangBespreking(Base):
    """That a noodtoegang was talked about with who opened it, once; it never changes."""

    __tablename__ = "noodtoegang_bespreking"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "noodtoegang_id"],
            ["noodtoegang.organisatie_id", "noodtoegang.id"],
            name="fk_noodtoegang_bespreking_noodtoegang_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_noodtoegang_bespreking_door",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    noodtoegang_id: Mapped[int] = mapped_column(unique=True)
    op: Mapped[datetime]
    door: Mapped[int]
    toelichting: Mapped[str]
