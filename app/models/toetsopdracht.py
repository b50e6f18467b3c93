"""What is made of an audit beside the request that asked for it, and what came of it, for a day."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.norms.kwartaaltoets.kwartaal import PATROON
from app.terms import Toetsformaat, Toetsopdrachtsoort


class Toetsopdracht(Base):
    """One order: build the audit of a quarter, or write one as a file.

    ``toets_uid``: which audit is written, or what was built. ``client`` and ``verzoek_id``: where it was asked, for the
    access log. ``pogingen``: how often it was begun; what ended is made, or says in ``fout`` why not. ``bestand``: the
    file, compressed and encrypted (``app.security.toetssleutel``).
    """

    __tablename__ = "toetsopdracht"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "medewerker_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_toetsopdracht_medewerker_id",
        ),
        CheckConstraint("(soort = 'export') = (formaat IS NOT NULL)", name="vorm"),
        CheckConstraint("soort = 'opbouw' OR toets_uid IS NOT NULL", name="toets"),
        CheckConstraint("geeindigd_op IS NOT NULL OR (fout IS NULL AND bestand IS NULL)", name="afloop"),
        CheckConstraint("fout IS NULL OR bestand IS NULL", name="fout"),
        CheckConstraint("gedaan BETWEEN 0 AND totaal", name="gedaan"),
        CheckConstraint("octet_length(bestand) <= 67108864", name="bestand"),
        CheckConstraint(f"kwartaal ~ '{PATROON}'", name="naam_van_kwartaal"),
        Index("ix_toetsopdracht_organisatie_id", "organisatie_id", "id"),
        Index("ix_toetsopdracht_open", "gevraagd_op", postgresql_where=text("geeindigd_op IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    medewerker_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    soort: Mapped[Toetsopdrachtsoort] = mapped_column(code_list(Toetsopdrachtsoort, "soort"))
    kwartaal: Mapped[str]
    toets_uid: Mapped[UUID | None]
    vervangt: Mapped[UUID | None]
    formaat: Mapped[Toetsformaat | None] = mapped_column(code_list(Toetsformaat, "formaat"))
    namen: Mapped[bool]
    client: Mapped[str]
    verzoek_id: Mapped[str]
    gevraagd_op: Mapped[datetime]
    begonnen_op: Mapped[datetime | None]
    geeindigd_op: Mapped[datetime | None]
    pogingen: Mapped[int]
    gedaan: Mapped[int]
    totaal: Mapped[int]
    fout: Mapped[str | None]
    bestand: Mapped[bytes | None] = mapped_column(LargeBinary)
