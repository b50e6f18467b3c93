"""A step of the meldcode, in and out."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, computed_field

from app.norms.meldcode import STAPPEN
from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, SchemaIn, Tekst
from app.terms import VeiligThuis


class MeldcodestapIn(SchemaIn):
    """A step that was taken because of a signaal. Who records it is who took it."""

    stap: Annotated[StrictInt, Field(ge=1, le=5)]
    datum: Datum
    toelichting: Tekst = Field(description="Wat is gedaan of besloten, en waarom.")
    veilig_thuis: VeiligThuis = Field(default=VeiligThuis.GEEN, description="Is advies gevraagd of melding gedaan?")


class MeldcodestapOut(FeitOut):
    """A step as recorded."""

    signaal_id: UUID
    stap: int
    datum: Datum
    toelichting: str
    veilig_thuis: VeiligThuis
    medewerker_id: UUID

    @computed_field(description="De stap in woorden.")  # type: ignore[prop-decorator]
    @property
    def naam(self) -> str:
        """The step in words."""
        return STAPPEN[self.stap]
