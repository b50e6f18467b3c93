"""The change log: what was written, by whom and when, chained so that nothing in it changes unseen.

The database fills these tables itself (``migrations/bevroren/wijzigingslog.py``, 0007); nobody here inserts into them.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import Wijzigingshandeling


class Wijzigingspakket(Base):
    """All that one transaction changed for one organisatie: when it began, who answers for it, for which request."""

    __tablename__ = "wijzigingspakket"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "transactie", "op"),
        Index("ix_wijzigingspakket_organisatie_id_op", "organisatie_id", "op"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int]
    transactie: Mapped[int]
    op: Mapped[datetime]
    account_id: Mapped[int | None]
    medewerker_id: Mapped[int | None]
    verzoek_id: Mapped[str | None]
    reden: Mapped[str | None]


class Wijziging(Base):
    """One row that was written: what it says now (``na``) and what it said before where that differs (``voor``).

    Free text and names are in it only as a digest with the salt ``zout``; ``rij_id`` is the row's key in ``tabel``.
    Of a file that was destroyed ``zout``, ``voor`` and ``na`` are gone; ``digest`` keeps the chain verifiable.
    """

    __tablename__ = "wijziging"
    __table_args__ = (
        CheckConstraint("zout IS NOT NULL OR (voor IS NULL AND na IS NULL)", name="leeg_is_leeg"),
        Index("ix_wijziging_organisatie_id_pakket_id_id", "organisatie_id", "pakket_id", "id"),
        Index(
            "ix_wijziging_pleegkind_id",
            "pleegkind_id",
            "pakket_id",
            "id",
            postgresql_where=text("pleegkind_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int]
    pakket_id: Mapped[int]
    tabel: Mapped[str]
    rij_id: Mapped[int]
    uid: Mapped[UUID | None]
    pleegkind_id: Mapped[int | None]
    handeling: Mapped[Wijzigingshandeling] = mapped_column(code_list(Wijzigingshandeling, "handeling"))
    zout: Mapped[UUID | None]
    voor: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    na: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class Wijzigingsschakel(Base):
    """One link of an organisatie's chain: the digest of a package and of the link before it, made at its commit."""

    __tablename__ = "wijzigingsschakel"

    organisatie_id: Mapped[int] = mapped_column(primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    pakket_id: Mapped[int] = mapped_column(unique=True)
    aantal: Mapped[int]
    vorige: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class Wijzigingskop(Base):
    """The last link of an organisatie's chain: whoever adds one locks it, so that the chain never forks."""

    __tablename__ = "wijzigingskop"

    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"), primary_key=True, autoincrement=False)
    nummer: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary)
