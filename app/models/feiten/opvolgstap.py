"""What was done about an aanleiding: something that was seen or said, after which somebody must act."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, code_list
from app.terms import Opvolgbesluit, OpvolgstapSoort, OverlegMet

#: the columns of which one names what a step is about
AANLEIDING = ("kindgesprek_id", "veiligheidscheck_id", "signaal_id")


class Opvolgstap(FeitVanKind):
    """An overleg or a besluit about one aanleiding: a talk, a veiligheidscheck or a signaal of the same child.

    Whether that is an aanleiding still is for ``app.norms`` to say: one that was corrected keeps its steps. The
    medewerker is who recorded it, not who was consulted.
    """

    __tablename__ = "opvolgstap"
    REFERENCES: ClassVar[dict[str, str]] = {
        "pleegkind_id": "pleegkind",
        "kindgesprek_id": "kindgesprek",
        "veiligheidscheck_id": "veiligheidscheck",
        "signaal_id": "signaal",
        "medewerker_id": "medewerker",
    }
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_opvolgstap_pleegkind_id_datum", "pleegkind_id", "datum"),
        CheckConstraint(f"num_nonnulls({', '.join(AANLEIDING)}) = 1", name="een_aanleiding"),
        CheckConstraint(
            "(stap = 'overleg') = (met IS NOT NULL) AND (stap = 'besluit') = (besluit IS NOT NULL)",
            name="met_of_besluit",
        ),
    )

    pleegkind_id: Mapped[int]
    kindgesprek_id: Mapped[int | None]
    veiligheidscheck_id: Mapped[int | None]
    signaal_id: Mapped[int | None]
    stap: Mapped[OpvolgstapSoort] = mapped_column(code_list(OpvolgstapSoort, "stap"))
    datum: Mapped[date]
    met: Mapped[OverlegMet | None] = mapped_column(code_list(OverlegMet, "met"))
    besluit: Mapped[Opvolgbesluit | None] = mapped_column(code_list(Opvolgbesluit, "besluit"))
    toelichting: Mapped[str | None]
    medewerker_id: Mapped[int]
