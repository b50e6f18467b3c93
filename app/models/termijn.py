"""Stored deadlines: what the rule said, in dated segments; a list makes the stand of them (ADR 0021)."""

from datetime import date

from sqlalchemy import Computed, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.norms.opvolging import OPVOLGING
from app.terms import NormCode, OnderwerpSoort, Zwaarte

#: as the database writes it back, or the comparison with the migrations sees two expressions
_OPVOLGING = ", ".join(f"'{code}'::character varying" for code in sorted(OPVOLGING))


class Termijn(Base):
    """What the rule will say of one child, norm and subject during [van, tot), as long as no fact is added.

    Written by the rule in the transaction of the fact (``app.services.termijnen``). Segments ahead are stored
    too, so that what changes with time alone (a birthday, a norm version, a planned end, the end of an
    uitzondering) needs no nightly job. The stand is not stored: it follows from the peildatum.
    """

    __tablename__ = "termijn"
    __table_args__ = (
        Index("ix_termijn_organisatie_id_uiterlijk", "organisatie_id", "uiterlijk", "id"),
        Index("ix_termijn_organisatie_id_voorrang_uiterlijk", "organisatie_id", "voorrang", "uiterlijk", "id"),
        Index("ix_termijn_pleegkind_id", "pleegkind_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int]
    pleegkind_id: Mapped[int]
    norm: Mapped[NormCode] = mapped_column(code_list(NormCode, "norm"))
    onderwerp_soort: Mapped[OnderwerpSoort] = mapped_column(code_list(OnderwerpSoort, "onderwerp_soort"))
    onderwerp_id: Mapped[int]
    zwaarte: Mapped[Zwaarte] = mapped_column(code_list(Zwaarte, "zwaarte"))
    van: Mapped[date]
    tot: Mapped[date | None]
    uiterlijk: Mapped[date | None]
    nadert_vanaf: Mapped[date | None]
    uitzondering_id: Mapped[int | None]
    laatste_id: Mapped[int | None]
    laatste_datum: Mapped[date | None]
    laatste_soort: Mapped[str | None]
    #: 0 for what somebody must act on, which leads a list when it is late; 1 for everything else
    voorrang: Mapped[int] = mapped_column(
        Computed(f"CASE WHEN norm::text = ANY (ARRAY[{_OPVOLGING}]::text[]) THEN 0 ELSE 1 END")
    )
