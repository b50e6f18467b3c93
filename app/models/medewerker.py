"""The professional, and the account by which the API knows one."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Feit, code_list
from app.terms import Rol


class Medewerker(Feit):
    """A professional with a rol, in a team or in none.

    A version says since when its team is theirs (``team_sinds``; None: since always): ``app.models.teams`` reads the
    versions that way.
    """

    __tablename__ = "medewerker"
    STANDS_ALONE: ClassVar[bool] = True
    REFERENCED: ClassVar[bool] = True
    REFERENCES: ClassVar[dict[str, str]] = {"team_id": "team"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_medewerker_team_id", "team_id"),)

    naam: Mapped[str]
    email: Mapped[str | None]
    rol: Mapped[Rol] = mapped_column(code_list(Rol, "rol"))
    team_id: Mapped[int | None]
    team_sinds: Mapped[date | None]


class Account(Base):
    """Who signs in as which medewerker: the pair issuer and subject of the token."""

    __tablename__ = "account"
    __table_args__ = (
        # Of an account that was withdrawn the pair is free again: for its medewerker, or for who has it since.
        Index("uq_account_werkend", "issuer", "subject", unique=True, postgresql_where=text("ingetrokken_op IS NULL")),
        Index("ix_account_medewerker_id", "medewerker_id"),
        ForeignKeyConstraint(
            ["organisatie_id", "medewerker_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_account_medewerker_id",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    medewerker_id: Mapped[int]
    issuer: Mapped[str]
    subject: Mapped[str]
    ingetrokken_op: Mapped[datetime | None]
