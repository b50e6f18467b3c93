"""The child's confidant."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FeitVanKind, code_list
from app.terms import VertrouwenspersoonSoort


class Vertrouwenspersoon(FeitVanKind):
    """A vertrouwenspersoon from the own network or of Jeugdstem, found together with the child."""

    __tablename__ = "vertrouwenspersoon"
    REFERENCES: ClassVar[dict[str, str]] = {"pleegkind_id": "pleegkind"}
    EXTRA: ClassVar[tuple[Any, ...]] = (Index("ix_vertrouwenspersoon_pleegkind_id_sinds", "pleegkind_id", "sinds"),)

    pleegkind_id: Mapped[int]
    sinds: Mapped[date]
    soort: Mapped[VertrouwenspersoonSoort] = mapped_column(code_list(VertrouwenspersoonSoort, "soort"))
    naam: Mapped[str | None]
