"""That somebody read a handover, in and out."""

from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, KindId, SchemaIn


class DossierlezingIn(SchemaIn):
    """Who records it read it."""

    datum: Datum = Field(description="Op welke dag u de overdracht las.")


class DossierlezingOut(FeitOut):
    """A reading as recorded."""

    pleegkind_id: KindId
    datum: Datum
    medewerker_id: UUID
