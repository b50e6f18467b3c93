"""A ruisfactor that a person scored, in and out."""

from uuid import UUID

from pydantic import Field

from app.norms.ruis.catalogue import SCORE_MAANDEN
from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, KindId, SchemaIn, Tekst
from app.terms import Ruiscode


class RuisscoreIn(SchemaIn):
    """Somebody sees a ruisfactor in the case of a child. Who records it is who scored it."""

    code: Ruiscode = Field(description="Een factor die een mens scoort (soort gescoord of beide).")
    datum: Datum
    geldt_tot: Datum = Field(
        description=f"De eerste dag waarop dit niet meer geldt; hoogstens {SCORE_MAANDEN} maanden later."
    )
    reden: Tekst


class RuisscoreOut(FeitOut):
    """A score as recorded: never a verdict, a reason to discuss the case."""

    pleegkind_id: KindId
    code: Ruiscode
    datum: Datum
    geldt_tot: Datum
    reden: str
    medewerker_id: UUID
