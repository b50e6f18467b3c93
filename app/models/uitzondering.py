"""A documented exception to one or more norms."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ARRAY, CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.invoer.datums import MAX_UITZONDERING
from app.models.base import FeitVanKind, code_list
from app.terms import NormCode, Rol

_NORM_CODES = ", ".join(f"'{code}'" for code in NormCode)


class Uitzondering(FeitVanKind):
    """A plan instead of the norm, with an end and a second pair of eyes (``normen.md`` §5).

    ``goedkeurder_rol`` is the approver's rol at the moment of approval, so that a later change of job does not
    undo what was approved.
    """

    __tablename__ = "uitzondering"
    REFERENCES: ClassVar[dict[str, str]] = {
        "pleegkind_id": "pleegkind",
        "opgesteld_door": "medewerker",
        "goedgekeurd_door": "medewerker",
    }
    EXTRA: ClassVar[tuple[Any, ...]] = (
        Index("ix_uitzondering_pleegkind_id_van", "pleegkind_id", "van"),
        CheckConstraint(
            f"herzien_uiterlijk >= van AND herzien_uiterlijk <= van + {MAX_UITZONDERING.days}",
            name="hoogstens_90_dagen",
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
