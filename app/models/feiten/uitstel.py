"""That somebody put off a reminder of theirs about a child."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, code_list
from app.norms.uitstel import MAX_UITSTEL, NOOIT_UITGESTELD
from app.terms import NormCode

_NOOIT = ", ".join(f"'{code}'" for code in sorted(NOOIT_UITGESTELD))


class Uitstel(FeitVanKind):
    """During [datum, tot) a medewerker is not reminded of a norm of a child, or that an uitzondering ends.

    It is theirs: another begeleider is reminded as ever, and no judgement, list or count is different for it.
    """

    __tablename__ = "uitstel"
    REFERENCES: ClassVar[dict[str, str]] = {
        "pleegkind_id": "pleegkind",
        "uitzondering_id": "uitzondering",
        "medewerker_id": "medewerker",
    }
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_uitstel_pleegkind_id_datum", "pleegkind_id", "datum"),
        Index("ix_uitstel_organisatie_id_datum_uid", "organisatie_id", "datum", "uid"),
        Index("ix_uitstel_medewerker_id_tot", "medewerker_id", "tot"),
        CheckConstraint("num_nonnulls(norm, uitzondering_id) = 1", name="een_onderwerp"),
        CheckConstraint(f"norm NOT IN ({_NOOIT})", name="nooit_uitgesteld"),
        CheckConstraint(f"tot > datum AND tot <= datum + {MAX_UITSTEL.days}", name="niet_te_lang"),
    )

    pleegkind_id: Mapped[int]
    norm: Mapped[NormCode | None] = mapped_column(code_list(NormCode, "norm"))
    uitzondering_id: Mapped[int | None]
    datum: Mapped[date]
    tot: Mapped[date]
    reden: Mapped[str]
    medewerker_id: Mapped[int]
