"""Retention: what keeps a file, what is proposed for destruction, what was said of it and what was done (ADR 0017).

Every row only ever joins; the rows of ``VernietigingStap`` are made by the owner of the tables alone.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import Vernietigingsgrond, Vernietigingsoordeel, Vernietigingsstap, Verzoeker


def _within(table: str, column: str, other: str) -> ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return ForeignKeyConstraint(
        ["organisatie_id", column], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{table}_{column}"
    )


class Bewaarblokkade(Base):
    """A legal hold: while it is not lifted, nothing of the child's file is destroyed."""

    __tablename__ = "bewaarblokkade"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        _within("bewaarblokkade", "gesteld_door", "medewerker"),
        Index("ix_bewaarblokkade_pleegkind_id", "pleegkind_id"),
        Index("ix_bewaarblokkade_organisatie_id_gesteld_op", "organisatie_id", "gesteld_op", "uid"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    pleegkind_id: Mapped[int]
    reden: Mapped[str]
    gesteld_op: Mapped[datetime]
    gesteld_door: Mapped[int]


class BewaarblokkadeOpheffing(Base):
    """The end of a legal hold."""

    __tablename__ = "bewaarblokkade_opheffing"
    __table_args__ = (
        _within("bewaarblokkade_opheffing", "blokkade_id", "bewaarblokkade"),
        _within("bewaarblokkade_opheffing", "door", "medewerker"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    blokkade_id: Mapped[int] = mapped_column(unique=True)
    op: Mapped[datetime]
    door: Mapped[int]
    reden: Mapped[str]


class Vernietiging(Base):
    """A proposal to destroy one child's file; ``pleegkind_uid`` and ``pleegkind_nummer`` stay when its row is gone.

    With a request as ground: who asked, when, until when an answer is in time, and how the request came.
    """

    __tablename__ = "vernietiging"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        _within("vernietiging", "voorgesteld_door", "medewerker"),
        CheckConstraint(
            "(grond = 'verzoek') = (verzoeker IS NOT NULL AND ontvangen_op IS NOT NULL "
            "AND antwoord_uiterlijk IS NOT NULL AND toelichting IS NOT NULL AND voorgesteld_door IS NOT NULL)",
            name="verzoek_heel",
        ),
        Index("ix_vernietiging_pleegkind_id", "pleegkind_id"),
        Index("ix_vernietiging_organisatie_id_voorgesteld_op", "organisatie_id", "voorgesteld_op", "uid"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    pleegkind_id: Mapped[int]
    pleegkind_uid: Mapped[UUID]
    pleegkind_nummer: Mapped[str]
    grond: Mapped[Vernietigingsgrond] = mapped_column(code_list(Vernietigingsgrond, "grond"))
    verzoeker: Mapped[Verzoeker | None] = mapped_column(code_list(Verzoeker, "verzoeker"))
    ontvangen_op: Mapped[date | None]
    antwoord_uiterlijk: Mapped[date | None]
    einde_zorg: Mapped[date]
    laatste_wijziging: Mapped[date]
    toelichting: Mapped[str | None]
    voorgesteld_op: Mapped[datetime]
    voorgesteld_door: Mapped[int | None]


class VernietigingOordeel(Base):
    """What one person said of a proposal; two who approve and nobody who objects let it be carried out."""

    __tablename__ = "vernietiging_oordeel"
    __table_args__ = (
        UniqueConstraint("vernietiging_id", "oordeel", "door"),
        _within("vernietiging_oordeel", "vernietiging_id", "vernietiging"),
        _within("vernietiging_oordeel", "door", "medewerker"),
        CheckConstraint("oordeel = 'goedgekeurd' OR toelichting IS NOT NULL", name="bezwaar_met_reden"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    vernietiging_id: Mapped[int]
    oordeel: Mapped[Vernietigingsoordeel] = mapped_column(code_list(Vernietigingsoordeel, "oordeel"))
    toelichting: Mapped[str | None]
    op: Mapped[datetime]
    door: Mapped[int]


class VernietigingStap(Base):
    """The certificate of what was done: of a locked file which rows it had (table → keys), and the file itself.

    ``wijzigingen`` names the entries of the change log that were emptied, with a digest over what is left of them
    (``app.queries.vernietigingen.certificaten``). The key that opens ``cijfertekst`` is never in the database
    (``app.security.dossiersleutels``).
    """

    __tablename__ = "vernietiging_stap"
    __table_args__ = (
        UniqueConstraint("vernietiging_id", "stap"),
        _within("vernietiging_stap", "vernietiging_id", "vernietiging"),
        CheckConstraint(
            "(stap = 'verzegeld') = (rijen IS NOT NULL AND wijzigingen IS NOT NULL AND cijfertekst IS NOT NULL)",
            name="verzegeld_heel",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    vernietiging_id: Mapped[int]
    stap: Mapped[Vernietigingsstap] = mapped_column(code_list(Vernietigingsstap, "stap"))
    op: Mapped[datetime]
    rijen: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    wijzigingen: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    cijfertekst: Mapped[bytes | None] = mapped_column(LargeBinary)
