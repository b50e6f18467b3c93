"""The uitstel of a reminder, in and out."""

from uuid import UUID

from pydantic import Field

from app.norms.uitstel import MAX_UITSTEL
from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, KindId, SchemaIn, Tekst
from app.schemas.zorg import MetZorg
from app.terms import NormCode


class UitstelIn(SchemaIn):
    """Who records it is not reminded of one thing for a while; nothing else is different for it."""

    norm: NormCode | None = Field(
        default=None, description="De norm van dit kind; nooit opvolging na een zorg of de melding van een calamiteit."
    )
    uitzondering_id: UUID | None = Field(
        default=None, description="De uitzondering of het zichtplan van dit kind waarvan het einde nadert."
    )
    datum: Datum = Field(description="De dag waarop u uitstelt.")
    tot: Datum = Field(
        description=f"De dag waarop u weer wordt herinnerd: hoogstens {MAX_UITSTEL.days} dagen na datum, "
        "en uiterlijk de laatste dag van de uitzondering."
    )
    reden: Tekst


class UitstelOut(FeitOut):
    """An uitstel as recorded."""

    pleegkind_id: KindId
    norm: NormCode | None
    uitzondering_id: UUID | None
    datum: Datum
    tot: Datum
    reden: str
    medewerker_id: UUID = Field(description="Wie niet wordt herinnerd; een ander wel.")


class UitstelRegel(UitstelOut):
    """An uitstel in a list over all files."""

    zorg: MetZorg = None
