"""A documented exception, in and out."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt

from app.invoer.uitzonderingen import MAX_TERUG, MAX_UITZONDERING, MAX_WAARNEMING_DAGEN, MAX_ZICHTPLAN_MAANDEN
from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, KindId, SchemaIn, Tekst
from app.schemas.zorg import MetZorg
from app.terms import NormCode, Rol, UitzonderingSoort


class UitzonderingIn(SchemaIn):
    """A plan instead of the norm. Who records it is its author; somebody else must approve it."""

    normen: list[NormCode] = Field(min_length=1, max_length=len(NormCode))
    reden: Tekst
    borging: Tekst = Field(description="Hoe het zicht op veiligheid intussen is geborgd.")
    van: Datum = Field(description=f"Hoogstens {MAX_TERUG.days} dagen geleden.")
    herzien_uiterlijk: Datum = Field(
        description=f"Hoogstens {MAX_UITZONDERING.days} dagen na van; een zichtplan {MAX_ZICHTPLAN_MAANDEN} maanden."
    )
    soort: UitzonderingSoort = Field(
        default=UitzonderingSoort.UITZONDERING,
        description="Een zichtplan zegt hoe naar een gesprek alleen wordt toegewerkt en hoe het kind dan wordt gezien.",
    )
    waarneming_dagen: Annotated[StrictInt, Field(ge=1, le=MAX_WAARNEMING_DAGEN)] | None = Field(
        default=None,
        description="Om de hoeveel dagen het kind wordt gezien; verplicht bij een zichtplan, en alleen daar.",
    )


class UitzonderingOut(FeitOut):
    """An uitzondering as recorded; it covers only when approved."""

    pleegkind_id: KindId
    normen: list[NormCode]
    reden: str
    borging: str
    van: Datum
    herzien_uiterlijk: Datum
    opgesteld_door: UUID
    goedgekeurd_door: UUID | None
    goedkeurder_rol: Rol | None
    soort: UitzonderingSoort
    waarneming_dagen: int | None


class UitzonderingRegel(UitzonderingOut):
    """An uitzondering in a list over all files."""

    zorg: MetZorg = None
