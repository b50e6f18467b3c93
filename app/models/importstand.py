"""How far the import of an organisatie is, for who waits for it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Importstand(Base):
    """The last import of one organisatie, written beside it: of what it does now so many rows are done, of so many."""

    __tablename__ = "importstand"
    __table_args__ = (
        UniqueConstraint("organisatie_id"),
        CheckConstraint("gedaan BETWEEN 0 AND totaal", name="gedaan"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    begonnen_op: Mapped[datetime]
    geeindigd_op: Mapped[datetime | None]
    gedaan: Mapped[int]
    totaal: Mapped[int]
    onderdeel: Mapped[str]
