"""A mandate of an inspectie, in and out."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.velden import Datum, DatumOfNiets, Id, JaNee, Regel, SchemaIn, SchemaOut, Tekst, Tijdstip


class ToezichtsmandaatIn(SchemaIn):
    """What is given: to whom, for what, on which ground, and for how long."""

    inspectie: Annotated[Regel, Field(description="De code van de inspectie.", examples=["IGJ"])]
    doel: Annotated[Tekst, Field(description="Waarvoor de inspectie mag kijken; staat bij elke inzage.")]
    wettelijke_grond: Regel
    van: Annotated[Datum, Field(description="De eerste dag; vandaag of later.")]
    tot: Annotated[Datum, Field(description="De eerste dag waarop het mandaat niet meer geldt.")]
    dossiertekst: JaNee = Field(default=False, description="Ook wat mensen opschreven, naast codes en ja of nee.")
    aangekondigd_op: DatumOfNiets = Field(
        default=None, description="Op welke dag het bezoek is aangekondigd; leeg: niet aangekondigd."
    )


class MandaatIntrekkingIn(SchemaIn):
    """Why a mandate ends before its time."""

    reden: Tekst


class ToezichtsmandaatOut(SchemaOut):
    """A mandate as given, and whether it was withdrawn."""

    id: Id
    versie: int = Field(description="1 zoals gegeven, 2 na intrekking.")
    inspectie: str
    inspectie_naam: str
    doel: str
    wettelijke_grond: str
    van: Datum
    tot: Datum
    dossiertekst: JaNee
    aangekondigd_op: DatumOfNiets
    gegeven_op: Tijdstip
    gegeven_door: UUID
    ingetrokken_op: Tijdstip | None
    ingetrokken_door: UUID | None
    reden: str | None = Field(description="Waarom het mandaat is ingetrokken.")
