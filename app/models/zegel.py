"""The database's copies of the seals: to number the next one and to print the last; what anchors lies outside."""

from datetime import datetime

from sqlalchemy import ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Zegel(Base):
    """A signed checkpoint over both logs and the frozen audits of an organisatie; ``inhoud`` is what was signed."""

    __tablename__ = "zegel"
    __table_args__ = (UniqueConstraint("organisatie_id", "nummer"), UniqueConstraint("organisatie_id", "id"))

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    nummer: Mapped[int]
    op: Mapped[datetime]
    digest: Mapped[str]
    inhoud: Mapped[str]
    handtekening: Mapped[str]
