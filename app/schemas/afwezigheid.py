"""An absence, in and out; never why."""

from uuid import UUID

from pydantic import Field

from app.schemas.velden import Datum, DatumOfNiets, Id, SchemaIn, SchemaOut, Tekst, Tijdstip


class AfwezigheidIn(SchemaIn):
    """From when somebody is absent, until when, and who covers."""

    vervanger_id: UUID = Field(description="Een pleegzorgbegeleider; voor een teamleider een van het eigen team.")
    van: Datum
    tot: DatumOfNiets = Field(default=None, description="De eerste dag waarop die er weer is; leeg: nog niet bekend.")


class AfwezigheidEindeIn(SchemaIn):
    """The end of an absence, on another day than was said."""

    tot: Datum = Field(description="De eerste dag waarop niemand meer invalt: vandaag of later.")
    reden: Tekst


class AfwezigheidOut(SchemaOut):
    """An absence as recorded, and how it ended."""

    id: Id
    versie: int = Field(description="1 zoals gemeld, 2 na een ander einde.")
    medewerker_id: UUID
    medewerker_naam: str
    vervanger_id: UUID
    vervanger_naam: str
    van: Datum
    tot: DatumOfNiets
    vastgelegd_op: Tijdstip
    vastgelegd_door: UUID
    beeindigd_op: Tijdstip | None
    beeindigd_door: UUID | None
    reden: str | None = Field(description="Waarom het op een andere dag eindigde.")
