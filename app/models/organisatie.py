"""The tenant, its teams, and the counter that orders its recordings."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import OrganisatieSoort, TeamwijzigingSoort


class Organisatie(Base):
    """A pleegzorgaanbieder, GI or inspectie."""

    __tablename__ = "organisatie"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    naam: Mapped[str]
    soort: Mapped[OrganisatieSoort] = mapped_column(code_list(OrganisatieSoort, "soort"))


class Team(Base):
    """A team of an organisatie, under its first name; what became of it since are its ``Teamwijziging``en."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("organisatie_id", "id"), UniqueConstraint("organisatie_id", "naam"))

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    naam: Mapped[str]


class Teamwijziging(Base):
    """What becomes of a team from a day on: another name, joined with another team, or closed. Only added to."""

    __tablename__ = "teamwijziging"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "team_id"], ["team.organisatie_id", "team.id"], name="fk_teamwijziging_team_id"
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "opgegaan_in"], ["team.organisatie_id", "team.id"], name="fk_teamwijziging_opgegaan_in"
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "vastgelegd_door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_teamwijziging_vastgelegd_door",
        ),
        CheckConstraint("(soort = 'hernoeming') = (naam IS NOT NULL)", name="naam_bij_hernoeming"),
        CheckConstraint("(soort = 'samenvoeging') = (opgegaan_in IS NOT NULL)", name="team_bij_samenvoeging"),
        CheckConstraint("opgegaan_in <> team_id", name="niet_in_zichzelf"),
        Index("ix_teamwijziging_team_id_van", "team_id", "van"),
        # A team ends once.
        Index(
            "uq_teamwijziging_einde",
            "team_id",
            unique=True,
            postgresql_where=text("soort <> 'hernoeming'"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    team_id: Mapped[int]
    soort: Mapped[TeamwijzigingSoort] = mapped_column(code_list(TeamwijzigingSoort, "soort"))
    van: Mapped[date]
    naam: Mapped[str | None]
    opgegaan_in: Mapped[int | None]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[int]


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
