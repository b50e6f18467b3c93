"""A documented exception, in and out."""

from uuid import UUID

from pydantic import Field

from app.invoer.datums import MAX_UITZONDERING
from app.schemas.feit import FeitOut
from app.schemas.velden import Datum, SchemaIn, Tekst
from app.terms import NormCode, Rol


class UitzonderingIn(SchemaIn):
    """A plan instead of the norm. Who records it is its author; somebody else must approve it."""

    normen: list[NormCode] = Field(min_length=1, max_length=14)
    reden: Tekst
    borging: Tekst = Field(description="Hoe het zicht op veiligheid intussen is geborgd.")
    van: Datum = Field(description="Hoogstens 14 dagen geleden.")
    herzien_uiterlijk: Datum = Field(description=f"Hoogstens {MAX_UITZONDERING.days} dagen na van.")


class UitzonderingOut(FeitOut):
    """An uitzondering as recorded; it covers only when approved."""

    pleegkind_id: UUID
    normen: list[NormCode]
    reden: str
    borging: str
    van: Datum
    herzien_uiterlijk: Datum
    opgesteld_door: UUID
    goedgekeurd_door: UUID | None
    goedkeurder_rol: Rol | None
