"""Answers already given, so that a repeated request is not a second record."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Idempotentie(Base):
    """One Idempotency-Key of one account, with the request it came with and the answer it got."""

    __tablename__ = "idempotentie"
    __table_args__ = (UniqueConstraint("account_id", "sleutel"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sleutel: Mapped[str]
    verzoek_hash: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None]
    antwoord: Mapped[bytes | None] = mapped_column(LargeBinary)
    koppen: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    aangemaakt_op: Mapped[datetime]
