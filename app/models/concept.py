"""What somebody typed in a form and has not sent: kept for who typed it alone, and only until it is sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Concept(Base):
    """The fields of one form of one medewerker, encrypted (``app.security.conceptsleutel``).

    ``plaats`` is a keyed digest of the form and of what it is about: the table tells nobody about which child it is.
    """

    __tablename__ = "concept"
    __table_args__ = (
        UniqueConstraint("medewerker_id", "plaats"),
        ForeignKeyConstraint(
            ["organisatie_id", "medewerker_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_concept_medewerker_id",
        ),
        CheckConstraint("octet_length(plaats) = 32", name="plaats"),
        CheckConstraint("octet_length(inhoud) <= 66000", name="inhoud"),
        Index("ix_concept_bewaard_op", "bewaard_op"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    medewerker_id: Mapped[int]
    plaats: Mapped[bytes] = mapped_column(LargeBinary)
    inhoud: Mapped[bytes] = mapped_column(LargeBinary)
    bewaard_op: Mapped[datetime]
