"""A documented exception to one or more norms."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.invoer.uitzonderingen import (
    MAX_UITZONDERING,
    MAX_WAARNEMING_DAGEN,
    MAX_ZICHTPLAN_MAANDEN,
    ZICHTPLAN_NORMEN,
    ZICHTPLAN_VANAF,
)
from app.models.base import FeitVanKind, code_list, within_list
from app.terms import NormCode, Rol, UitzonderingSoort

_NORM_CODES = ", ".join(f"'{code}'" for code in NormCode)


class Uitzondering(FeitVanKind):
    """A plan instead of the norm, with an end and a second pair of eyes (``normen.md`` §5).

    ``goedkeurder_rol`` is the approver's rol at the moment of approval, so that a later change of job does not
    undo what was approved. A zichtplan says how a talk alone is worked towards; ``waarneming_dagen`` is within how many
    days the child is seen meanwhile.
    """

    __tablename__ = "uitzondering"
    REFERENCES: ClassVar[dict[str, str]] = {
        "pleegkind_id": "pleegkind",
        "opgesteld_door": "medewerker",
        "goedgekeurd_door": "medewerker",
    }
    REFERENCED_SELDOM: ClassVar[bool] = True
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_uitzondering_pleegkind_id_van", "pleegkind_id", "van"),
        Index("ix_uitzondering_organisatie_id_van_uid", "organisatie_id", "van", "uid"),
        CheckConstraint(
            "herzien_uiterlijk >= van AND CASE soort WHEN 'zichtplan' "
            f"THEN herzien_uiterlijk <= van + interval '{MAX_ZICHTPLAN_MAANDEN} months' "
            f"ELSE herzien_uiterlijk <= van + {MAX_UITZONDERING.days} END",
            name="herziening_op_tijd",
        ),
        CheckConstraint(
            "(soort = 'zichtplan') = (waarneming_dagen IS NOT NULL) "
            f"AND waarneming_dagen BETWEEN 1 AND {MAX_WAARNEMING_DAGEN}",
            name="waarneming_van_zichtplan",
        ),
        CheckConstraint(
            f"soort <> 'zichtplan' OR (van >= '{ZICHTPLAN_VANAF}' AND {within_list('normen', ZICHTPLAN_NORMEN)})",
            name="zichtplan",
        ),
        CheckConstraint("goedgekeurd_door <> opgesteld_door", name="vier_ogen"),
        CheckConstraint("(goedgekeurd_door IS NULL) = (goedkeurder_rol IS NULL)", name="rol_bij_goedkeuring"),
        CheckConstraint(f"cardinality(normen) > 0 AND normen <@ ARRAY[{_NORM_CODES}]::text[]", name="bekende_normen"),
    )

    pleegkind_id: Mapped[int]
    normen: Mapped[list[str]] = mapped_column(ARRAY(Text))
    reden: Mapped[str]
    borging: Mapped[str]
    van: Mapped[date]
    herzien_uiterlijk: Mapped[date]
    opgesteld_door: Mapped[int]
    goedgekeurd_door: Mapped[int | None]
    goedkeurder_rol: Mapped[Rol | None] = mapped_column(code_list(Rol, "goedkeurder_rol"))
    soort: Mapped[UitzonderingSoort] = mapped_column(
        code_list(UitzonderingSoort, "soort"), server_default=text("'uitzondering'")
    )
    waarneming_dagen: Mapped[int | None]
