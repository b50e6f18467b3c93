"""Retention at the door: the policy table, legal holds, and proposals to destroy a file."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.velden import Datum, DatumOfNiets, Id, KindId, ListFilter, SchemaIn, SchemaOut, Tekst, Tijdstip
from app.terms import Bewaarsoort, Vernietigingsgrond, Vernietigingsoordeel, Vernietigingsstand, Verzoeker

_GEEN_NAMEN = "Zonder namen: dit blijft staan als het dossier weg is."


class BewaartermijnOut(SchemaOut):
    """A line of the policy table."""

    soort: Bewaarsoort
    jaren: int | None = Field(description="Ten minste zo lang; leeg: zo lang als waar het bij hoort.")
    vanaf: str = Field(description="Vanaf wanneer dat telt.")
    daarna: str
    bron: str


class BewaarblokkadeIn(SchemaIn):
    """Which file must be kept, and why."""

    pleegkind_id: UUID
    reden: Annotated[Tekst, Field(description=f"Waarom dit dossier bewaard moet blijven. {_GEEN_NAMEN}")]


class OpheffingIn(SchemaIn):
    """Why a hold ends."""

    reden: Annotated[Tekst, Field(description=_GEEN_NAMEN)]


class BewaarblokkadeOut(SchemaOut):
    """A hold, and whether it was lifted."""

    id: Id
    versie: int = Field(description="1 zoals gesteld, 2 na opheffing.")
    pleegkind_id: KindId
    reden: str
    gesteld_op: Tijdstip
    gesteld_door: UUID
    opgeheven_op: Tijdstip | None
    opgeheven_door: UUID | None
    reden_opheffing: str | None


class VernietigingIn(SchemaIn):
    """A request to destroy a file before its time, as it came in."""

    pleegkind_id: UUID
    verzoeker: Verzoeker
    ontvangen_op: Annotated[Datum, Field(description="De dag waarop het verzoek kwam.")]
    toelichting: Annotated[Tekst, Field(description=f"Hoe het verzoek kwam en wat is gevraagd. {_GEEN_NAMEN}")]


class OordeelIn(SchemaIn):
    """What one person says of a proposal."""

    oordeel: Annotated[
        Vernietigingsoordeel,
        Field(description="goedgekeurd, afgewezen, of ingetrokken: terugkomen op wat al was goedgekeurd."),
    ]
    toelichting: Tekst | None = Field(default=None, description=f"Verplicht bij afwijzen en intrekken. {_GEEN_NAMEN}")


class OordeelOut(SchemaOut):
    """What one person said."""

    oordeel: Vernietigingsoordeel
    toelichting: str | None
    op: Tijdstip
    door: UUID


class VernietigingFilter(ListFilter):
    """The query of the list of proposals."""

    stand: Vernietigingsstand | None = Field(default=None, description="Alleen voorstellen die zo staan.")


class VernietigingOut(SchemaOut):
    """A proposal, what was said of it, and what was done."""

    id: Id
    versie: int = Field(description="Loopt op met elk oordeel en elke stap.")
    pleegkind_id: KindId = Field(description="Het kenmerk van het kind; na vernietiging leidt het nergens meer heen.")
    grond: Vernietigingsgrond
    verzoeker: Verzoeker | None
    ontvangen_op: DatumOfNiets
    antwoord_uiterlijk: DatumOfNiets = Field(description="Een verzoek wordt binnen drie maanden beantwoord.")
    einde_zorg: Datum
    laatste_wijziging: Datum
    toelichting: str | None
    voorgesteld_op: Tijdstip
    voorgesteld_door: UUID | None = Field(description="Leeg: voorgesteld omdat de bewaartermijn voorbij is.")
    stand: Vernietigingsstand
    akkoorden: int = Field(description="Hoeveel mensen hebben goedgekeurd; twee zijn er nodig.")
    oordelen: list[OordeelOut] = Field(description="Wie wat vond, het eerste eerst.")
    geblokkeerd: bool = Field(description="Er rust een bewaarblokkade op het dossier.")
    verzegeld_op: Tijdstip | None
    vernietigbaar_vanaf: Tijdstip | None = Field(description="Tot dan kan een akkoord worden ingetrokken.")
    hersteld_op: Tijdstip | None
    vernietigd_op: Tijdstip | None
