"""The access log at the door."""

from uuid import UUID

from pydantic import Field

from app.schemas.velden import Id, JaNee, ListFilter, Regel, SchemaIn, SchemaOut, Tijdstip
from app.terms import InzageSoort, InzageUitkomst, Rol, Verzoeker

_UITKOMST = Field(description="Leeg: afgebroken voordat er iets is getoond.")


class InzageFilter(ListFilter):
    """The query of the access log."""

    pleegkind: UUID | None = Field(default=None, description="Alleen wie dit kind heeft gezien.")


class InzageverzoekIn(SchemaIn):
    """A request for a child's own file, as the form of a page says it."""

    nummer: Regel
    verzoeker: Verzoeker
    reden: Regel
    weglaten: list[Regel] = Field(default=[], max_length=50)
    eigen_woorden: bool = False


class InzageOut(SchemaOut):
    """One look: who, for whom, what, why, and at which children."""

    id: Id
    op: Tijdstip
    medewerker: UUID = Field(description="Alleen nullen bij een opdracht op de server: daar meldt niemand zich aan.")
    naam: str = Field(description="Van wie keek; bij een opdracht de gebruiker van het besturingssysteem.")
    rol: Rol = Field(description="Bij een opdracht op de server: beheerder.")
    namens: str = Field(description="De organisatie van wie keek.")
    soort: InzageSoort
    handeling: str = Field(description="Wat er is gevraagd: methode en route.")
    onderwerp: UUID | None = Field(description="De id in het adres, als die er was.")
    doel: str
    noodtoegang: JaNee = Field(description="Of de toegang op noodtoegang berustte.")
    vervangt: list[UUID] | None = Field(
        description="Voor wie de medewerker op dat moment inviel, en van wie dus ook de kinderen te zien waren."
    )
    mandaat: UUID | None
    client: str = Field(description="Vanwaar het verzoek kwam.")
    uitkomst: InzageUitkomst | None = _UITKOMST
    pleegkinderen: list[UUID] | None = Field(description="Leeg als het antwoord over geen afzonderlijk kind ging.")
    verzoek_id: str


class EigenInzageOut(SchemaOut):
    """One look of one's own, with pseudonyms."""

    id: Id
    op: Tijdstip
    organisatie: str
    handeling: str
    doel: str
    mandaat: UUID
    uitkomst: InzageUitkomst | None = _UITKOMST
    dossiers: list[str] | None = Field(description="De pseudoniemen van de kinderen in het antwoord.")
    verzoek_id: str
