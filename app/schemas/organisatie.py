"""Organisatie, team and medewerker, in and out."""

from uuid import UUID

from app.schemas.feit import FeitOut
from app.schemas.velden import Id, Regel, SchemaIn, SchemaOut
from app.terms import OrganisatieSoort, Rol


class OrganisatieOut(SchemaOut):
    """A tenant."""

    id: Id
    code: str
    naam: str
    soort: OrganisatieSoort


class TeamIn(SchemaIn):
    """A team."""

    naam: Regel


class TeamOut(SchemaOut):
    """A team as recorded."""

    id: Id
    naam: str


class AccountIn(SchemaIn):
    """How a medewerker signs in: the pair in the token of the identity provider."""

    issuer: Regel
    subject: Regel


class MedewerkerIn(SchemaIn):
    """A professional."""

    naam: Regel
    email: Regel | None = None
    rol: Rol
    team_id: UUID | None = None
    account: AccountIn | None = None


class MedewerkerOut(FeitOut):
    """A professional as recorded."""

    naam: str
    email: str | None
    rol: Rol
    team_id: UUID | None
