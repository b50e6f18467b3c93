"""The access log: who looked at whose files and why (NEN 7513). The intent comes before the data, the outcome after.

So far inspecteurs are in it; the same rows are meant for everybody.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import InzageUitkomst, Rol


class Inzage(Base):
    """An intent to look at files of ``organisatie_id``, committed before anything is read.

    ``naam``, ``rol`` and ``namens`` are those of that moment: who looked stays readable when people move on.
    """

    __tablename__ = "inzage"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        ForeignKeyConstraint(
            ["organisatie_id", "mandaat_id"],
            ["toezichtsmandaat.organisatie_id", "toezichtsmandaat.id"],
            name="fk_inzage_mandaat_id",
        ),
        Index("ix_inzage_organisatie_id_op", "organisatie_id", "op", "uid"),
        Index("ix_inzage_account_id_op", "account_id", "op", "uid"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    mandaat_id: Mapped[int | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    medewerker_id: Mapped[int] = mapped_column(ForeignKey("medewerker.id"))
    naam: Mapped[str]
    rol: Mapped[Rol] = mapped_column(code_list(Rol, "rol"))
    namens: Mapped[str]
    op: Mapped[datetime]
    handeling: Mapped[str]
    doel: Mapped[str]
    verzoek_id: Mapped[str]


class InzageAfloop(Base):
    """How a look ended, written before its answer leaves; without one nothing was shown.

    ``pleegkinderen``: the uids of the children in the answer; NULL for what is about no single child.
    """

    __tablename__ = "inzage_afloop"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "inzage_id"],
            ["inzage.organisatie_id", "inzage.id"],
            name="fk_inzage_afloop_inzage_id",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    inzage_id: Mapped[int] = mapped_column(unique=True)
    op: Mapped[datetime]
    uitkomst: Mapped[InzageUitkomst] = mapped_column(code_list(InzageUitkomst, "uitkomst"))
    pleegkinderen: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
