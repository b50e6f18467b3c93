"""Who is absent, and who covers: sees and records for those days as the absent one does."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    UniqueConstraint,
    and_,
    exists,
    not_,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.models.base import Base
from app.models.periode import Dag, runs_on


class Afwezigheid(Base):
    """The absence of a medewerker during [van, tot), and who covers; it never changes.

    Why somebody is absent is nobody's business here.
    """

    __tablename__ = "afwezigheid"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        ForeignKeyConstraint(
            ["organisatie_id", "medewerker_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_afwezigheid_medewerker_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "vervanger_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_afwezigheid_vervanger_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "vastgelegd_door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_afwezigheid_vastgelegd_door",
        ),
        CheckConstraint("tot > van", name="tot_na_van"),
        CheckConstraint("vervanger_id <> medewerker_id", name="een_ander"),
        Index("ix_afwezigheid_medewerker_id", "medewerker_id"),
        Index("ix_afwezigheid_vervanger_id", "vervanger_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    medewerker_id: Mapped[int]
    vervanger_id: Mapped[int]
    van: Mapped[date]
    tot: Mapped[date | None]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[int]


class AfwezigheidEinde(Base):
    """That an absence ends on another day than was said, once: ``tot`` is the first day on which nobody covers."""

    __tablename__ = "afwezigheid_einde"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "afwezigheid_id"],
            ["afwezigheid.organisatie_id", "afwezigheid.id"],
            name="fk_afwezigheid_einde_afwezigheid_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_afwezigheid_einde_door",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    afwezigheid_id: Mapped[int] = mapped_column(unique=True)
    tot: Mapped[date]
    op: Mapped[datetime]
    door: Mapped[int]
    reden: Mapped[str]


def is_absent_on(dag: Dag, op: Any = None) -> ColumnElement[bool]:
    """Return the condition that an absence holds on a day, as it was known at a moment (None: now)."""
    einde = aliased(AfwezigheidEinde)  # a statement that shows the end as well must not take this one for it
    known = [] if op is None else [einde.op < op]
    ended = (
        exists(einde.id).where(einde.afwezigheid_id == Afwezigheid.id, einde.tot <= dag, *known).correlate_except(einde)
    )
    runs = and_(runs_on(Afwezigheid, dag), not_(ended))
    return runs if op is None else and_(runs, Afwezigheid.vastgelegd_op <= op)
