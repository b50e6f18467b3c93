"""Whom a team calls in need, in and out."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app.invoer.telefoon import fault_in_telefoonnummer
from app.schemas.velden import Id, Regel, SchemaIn, SchemaOut, Tijdstip

#: characters
MAX_BELREGEL, MAX_TELEFOONNUMMER = 80, 30


def _telefoonnummer(value: str) -> str:
    zin = fault_in_telefoonnummer(value)
    if zin is not None:
        raise PydanticCustomError("telefoonnummer", "{zin}", {"code": "ongeldige_waarde", "zin": zin})
    return value


Telefoonnummer = Annotated[Regel, Field(max_length=MAX_TELEFOONNUMMER), AfterValidator(_telefoonnummer)]


class BelnummerIn(SchemaIn):
    """Whom to call: it takes the place of what the team had for this functie."""

    functie: Annotated[
        Regel, Field(max_length=MAX_BELREGEL, description="Wie er opneemt.", examples=["Gedragswetenschapper"])
    ]
    telefoonnummer: Telefoonnummer | None = Field(
        default=None, description="Leeg: voor deze functie is er geen nummer meer."
    )
    uren: Annotated[Regel, Field(max_length=MAX_BELREGEL)] | None = Field(
        default=None, description="Wanneer er iemand opneemt; verplicht bij een nummer.", examples=["dag en nacht"]
    )

    @model_validator(mode="after")
    def _together(self) -> "BelnummerIn":
        if (self.telefoonnummer is None) != (self.uren is None):
            zin = "Geef bij een nummer ook de uren, of laat beide leeg."
            raise PydanticCustomError("uren", "{zin}", {"code": "ongeldige_waarde", "zin": zin})
        return self


class BelnummerOut(SchemaOut):
    """Whom a team calls; empty number and hours: nobody any more."""

    id: Id
    team_id: UUID
    team_naam: str
    functie: str
    telefoonnummer: str | None
    uren: str | None
    vastgelegd_op: Tijdstip
    vastgelegd_door: UUID
