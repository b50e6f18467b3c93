"""Who the actor is, as the API shows it."""

from uuid import UUID

from app.schemas.velden import SchemaOut
from app.terms import Rol


class IkMedewerker(SchemaOut):
    """De medewerker."""

    id: UUID
    naam: str


class IkOrganisatie(SchemaOut):
    """De organisatie van de medewerker."""

    id: UUID
    code: str
    naam: str


class IkOut(SchemaOut):
    """Wie ik ben."""

    medewerker: IkMedewerker
    rollen: list[Rol]
    organisatie: IkOrganisatie
    rechten: list[str]
