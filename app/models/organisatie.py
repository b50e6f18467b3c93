"""The tenant, its teams, and the counter that orders its recordings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import OrganisatieSoort


class Organisatie(Base):
    """A pleegzorgaanbieder, GI or inspectie."""

    __tablename__ = "organisatie"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    naam: Mapped[str]
    soort: Mapped[OrganisatieSoort] = mapped_column(code_list(OrganisatieSoort, "soort"))


class Team(Base):
    """A team of an organisatie."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("organisatie_id", "id"), UniqueConstraint("organisatie_id", "naam"))

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    naam: Mapped[str]


class Vastlegteller(Base):
    """The head of an organisatie's recordings: locked by each writing transaction until it commits.

    That gives ``volgorde`` commit order and ``laatst_op`` never runs back, also when the clock does.
    ``termijnen_editie`` is the edition of the rule (``app.norms.course.EDITION``) that wrote its stored deadlines.
    """

    __tablename__ = "vastlegteller"

    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"), primary_key=True)
    volgorde: Mapped[int]
    laatst_op: Mapped[datetime]
    termijnen_editie: Mapped[int] = mapped_column(server_default="1")
