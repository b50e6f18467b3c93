"""Who the actor is, as the API shows it."""

from uuid import UUID

from app.schemas.velden import SchemaUit
from app.terms import Rol


class IkMedewerker(SchemaUit):
    """De medewerker."""

    id: UUID
    naam: str


class IkOrganisatie(SchemaUit):
    """De organisatie van de medewerker."""

    id: UUID
    code: str
    naam: str


class IkUit(SchemaUit):
    """Wie ik ben."""

    medewerker: IkMedewerker
    rollen: list[Rol]
    organisatie: IkOrganisatie
    rechten: list[str]
