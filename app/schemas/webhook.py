"""A webhook, in and out, and what an event is about."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.lib.adres import is_safe_address
from app.schemas.velden import Getal, Id, Regel, SchemaIn, SchemaOut, Tekst, Tijdstip


def _safe(value: str) -> str:
    if not is_safe_address(value):
        raise PydanticCustomError("adres", "geen adres dat met https:// begint")
    return value


class WebhookIn(SchemaIn):
    """Where the organisatie wants to be told that something asks for attention."""

    adres: Annotated[
        Regel,
        AfterValidator(_safe),
        Field(description="Begint met https://.", examples=["https://ecd.voorbeeld.nl/pleegzicht"]),
    ]


class WebhookEindeIn(SchemaIn):
    """Why a webhook ends."""

    reden: Tekst


class WebhookOut(SchemaOut):
    """A webhook, and whether it ended."""

    id: Id
    versie: int = Field(description="1 zoals toegevoegd, 2 na het einde.")
    adres: str
    vastgelegd_op: Tijdstip
    vastgelegd_door: UUID
    beeindigd_op: Tijdstip | None
    beeindigd_door: UUID | None
    reden: str | None = Field(description="Waarom de webhook is beëindigd.")


class WebhookInLijst(WebhookOut):
    """The same in the list, with how it fares; that changes without a new version."""

    laatst_bezorgd_op: Tijdstip | None
    wacht: Getal = Field(description="Hoeveel gebeurtenissen opnieuw worden geprobeerd.")
    onbezorgbaar: Getal = Field(description="Hoeveel er in de laatste week zijn opgegeven.")


class WebhookGeheimOut(SchemaOut):
    """With what a receiver checks that an event is from here."""

    geheim: str = Field(description="Zoals Standard Webhooks het schrijft: whsec_ en base64.")


class GebeurtenisOut(SchemaOut):
    """Which fact asks for attention: what it says is at its own address."""

    id: Id
    versie: int = Field(description="Altijd 1.")
    tijdstip: Tijdstip = Field(description="Vanaf wanneer het aandacht vraagt.")
    soort: str = Field(description="Welke soort feit.", examples=["veiligheidscheck"])
    feit_id: UUID
