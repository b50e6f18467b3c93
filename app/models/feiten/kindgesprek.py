"""A talk with the child."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, code_list, within_list
from app.terms import BIJ_ALLEEN, Aanwezige, Gespreksplaats, GespreksVorm, RedenNietAlleen, Veiligheidsgevoel


class Kindgesprek(FeitVanKind):
    """A talk, or a failed attempt at one; ``app.norms`` decides whether it counts (``normen.md`` §4).

    ``kind_voelde_zich_veilig`` is whether the child was at ease in the talk, ``veilig_in_gezin`` whether it says that
    it is safe in this family.
    """

    __tablename__ = "kindgesprek"
    REFERENCES: ClassVar[dict[str, str]] = {"plaatsing_id": "plaatsing", "medewerker_id": "medewerker"}
    REFERENCED_SELDOM: ClassVar[bool] = True
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_kindgesprek_plaatsing_id_datum", "plaatsing_id", "datum"),
        CheckConstraint(within_list("aanwezigen", Aanwezige), name="bekende_aanwezigen"),
        CheckConstraint(f"NOT alleen OR {within_list('aanwezigen', BIJ_ALLEEN)}", name="alleen_zonder_gezin"),
    )

    plaatsing_id: Mapped[int]
    datum: Mapped[date]
    medewerker_id: Mapped[int]
    doorgegaan: Mapped[bool]
    alleen: Mapped[bool]
    vorm: Mapped[GespreksVorm] = mapped_column(code_list(GespreksVorm, "vorm"))
    veiligheid_besproken: Mapped[bool]
    reden_niet_alleen: Mapped[RedenNietAlleen | None] = mapped_column(code_list(RedenNietAlleen, "reden_niet_alleen"))
    kind_voelde_zich_veilig: Mapped[Veiligheidsgevoel | None] = mapped_column(
        code_list(Veiligheidsgevoel, "kind_voelde_zich_veilig")
    )
    stem_van_het_kind: Mapped[str | None]
    themas: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    vervolgactie: Mapped[str | None]
    plaats: Mapped[Gespreksplaats | None] = mapped_column(code_list(Gespreksplaats, "plaats"))
    veilig_in_gezin: Mapped[Veiligheidsgevoel | None] = mapped_column(code_list(Veiligheidsgevoel, "veilig_in_gezin"))
    wat_wil_het_kind: Mapped[str | None]
    teruggekoppeld_op: Mapped[date | None]
    aanwezigen: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
