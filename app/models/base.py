"""What every table shares: naming of constraints, types, and the columns of a versioned fact.

A fact is never overwritten (``normen.md`` §3). Every row is one version of it; a correction or withdrawal is a
new row that names the row it replaces (``vervangt_id``). What holds at moment K is: recorded at or before K, not
replaced by a row recorded at or before K, and not withdrawn. ``app.models.versions`` says that in SQL, once.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    Date,
    DateTime,
    Enum,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

#: The columns of a version that whoever writes one must fill, in a fixed order; the content comes after them.
VERSION_COLUMNS = (
    "id", "eerste_id", "uid", "organisatie_id", "nummer", "versie", "vervangt_id", "ingetrokken", "wijzigingsreden",
    "vastgelegd_op", "vastgelegd_door", "volgorde",
)  # fmt: skip

#: what a row says of a move to another child's file; a later version has none of it
VERPLAATSING_COLUMNS = ("verplaatst_van", "verplaatst_naar")


def code_list(terms: type[StrEnum], name: str) -> Enum:
    """Return a text column type with a CHECK on the closed list ``terms``."""
    return Enum(
        terms,
        name=name,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
        length=40,
    )


class Base(DeclarativeBase):
    """The declarative base; constraint names are predictable so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger,
        str: Text,
        date: Date,
        datetime: DateTime(timezone=True),
        UUID: Uuid,
    }


class Feit(Base):
    """One version of one fact.

    ``feit_id`` is the same in all versions (the id of the first row) and is what other facts refer to; ``uid``
    is its name outside. ``vastgelegd_op`` is the moment since when the file said so; ``volgorde`` counts the
    recordings of an organisatie in the order in which they were committed.
    """

    __abstract__ = True

    #: column → table it refers to (by feit_id, within the same organisatie)
    REFERENCES: ClassVar[dict[str, str]] = {}
    #: whether it may be there without another fact that it refers to: then it refers to its organisatie itself
    STANDS_ALONE: ClassVar[bool] = False
    #: whether other tables refer to this one
    REFERENCED: ClassVar[bool] = False
    #: whether other tables refer to a few rows of this one: enough for a key, too few to look it up by feit_id
    REFERENCED_SELDOM: ClassVar[bool] = False
    #: further constraints and indexes
    EXTRA: ClassVar[tuple[Any, ...]] = ()

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True, sort_order=-20)
    eerste_id: Mapped[int | None] = mapped_column(sort_order=-19)
    feit_id: Mapped[int] = mapped_column(Computed("coalesce(eerste_id, id)", persisted=True), sort_order=-18)
    uid: Mapped[UUID] = mapped_column(sort_order=-17)
    organisatie_id: Mapped[int] = mapped_column(sort_order=-16)
    nummer: Mapped[str] = mapped_column(sort_order=-15)
    versie: Mapped[int] = mapped_column(default=1, sort_order=-14)
    vervangt_id: Mapped[int | None] = mapped_column(sort_order=-13)
    ingetrokken: Mapped[bool] = mapped_column(default=False, sort_order=-12)
    wijzigingsreden: Mapped[str | None] = mapped_column(sort_order=-11)
    vastgelegd_op: Mapped[datetime] = mapped_column(sort_order=-10)
    vastgelegd_door: Mapped[int | None] = mapped_column(sort_order=-9)
    volgorde: Mapped[int] = mapped_column(sort_order=-8)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """Build the constraints that every fact has, plus those of its references."""
        name = cls.__tablename__
        own_key = [UniqueConstraint("organisatie_id", "id", name=f"uq_{name}_organisatie_id_id")]
        return (
            ForeignKeyConstraint(["vervangt_id"], [f"{name}.id"], name=f"fk_{name}_vervangt_id"),
            ForeignKeyConstraint(["eerste_id"], [f"{name}.id"], name=f"fk_{name}_eerste_id"),
            CheckConstraint(
                "(versie = 1) = (vervangt_id IS NULL) AND (versie = 1) = (eerste_id IS NULL)",
                name="versie_keten",
            ),
            CheckConstraint("versie = 1 OR wijzigingsreden IS NOT NULL", name="reden_bij_nieuwe_versie"),
            CheckConstraint("versie > 1 OR NOT ingetrokken", name="eerste_versie_niet_ingetrokken"),
            Index(
                f"uq_{name}_nummer",
                "organisatie_id",
                "nummer",
                unique=True,
                postgresql_where=text("versie = 1"),
            ),
            UniqueConstraint("uid", "versie", name=f"uq_{name}_uid_versie"),
            Index(
                f"uq_{name}_vervangt_id",
                "vervangt_id",
                unique=True,
                postgresql_where=text("vervangt_id IS NOT NULL"),
            ),
            # What others refer to is looked up by feit_id all day; of the rest only the few later versions are.
            Index(f"ix_{name}_feit_id", "feit_id")
            if cls.REFERENCED
            else Index(f"ix_{name}_eerste_id", "eerste_id", postgresql_where=text("eerste_id IS NOT NULL")),
            *(own_key if cls.REFERENCED or cls.REFERENCED_SELDOM else []),
            *_references(cls),
            *cls.EXTRA,
        )


def _references(model: type[Feit]) -> Iterator[ForeignKeyConstraint]:
    """Yield what a fact refers to within its organisatie, or that organisatie itself where it may stand alone."""
    name = model.__tablename__
    for column, table in model.REFERENCES.items():
        there = [f"{table}.organisatie_id", f"{table}.id"]
        yield ForeignKeyConstraint(["organisatie_id", column], there, name=f"fk_{name}_{column}")
    if model.STANDS_ALONE:
        yield ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=f"fk_{name}_organisatie_id")


class FeitVanKind(Feit):
    """A fact about a child: recorded with the wrong one, it is moved (``app.services.verplaatsingen``).

    ``eerst_vastgelegd_op`` is the moment that counts for late recording where that is not ``vastgelegd_op``: of a row
    that an import changed the file says it since the import, but when the source recorded it nobody knows; of a fact
    that was moved here, the moment at which the first file said so.

    The withdrawal in the first file says to which fact it went (``verplaatst_naar``), the first version in the right
    file from which it came (``verplaatst_van``): uids and no references, for each file can be destroyed without the
    other.
    """

    __abstract__ = True

    verplaatst_van: Mapped[UUID | None] = mapped_column(sort_order=-7)
    verplaatst_naar: Mapped[UUID | None] = mapped_column(sort_order=-6)
    eerst_vastgelegd_op: Mapped[datetime | None] = mapped_column(sort_order=-5)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """Add what a move may say to what every fact has."""
        return (
            *super().__table_args__,
            CheckConstraint("verplaatst_naar IS NULL OR ingetrokken", name="verplaatst_is_ingetrokken"),
            CheckConstraint(
                "verplaatst_van IS NULL OR (versie = 1 AND eerst_vastgelegd_op IS NOT NULL)", name="verplaatst_begint"
            ),
        )


def content_columns(model: type[Feit]) -> list[str]:
    """Return the columns with what a fact says: not those of its versions, which the next version has of its own."""
    apart = {*VERSION_COLUMNS, *VERPLAATSING_COLUMNS, "feit_id", "eerst_vastgelegd_op"}
    return [column.key for column in model.__table__.columns if column.key not in apart]


def within_list(column: str, terms: Iterable[str]) -> str:
    """Return the SQL condition that an array holds nothing but these terms; one that is empty or NULL does."""
    listed = ", ".join(f"'{term}'" for term in sorted(terms))
    return f"{column} <@ ARRAY[{listed}]::text[]"


def period_check() -> CheckConstraint:
    """Refuse a period whose tot lies before its van."""
    return CheckConstraint("tot IS NULL OR tot >= van", name="tot_niet_voor_van")
