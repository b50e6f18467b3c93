"""A safety assessment, in and out."""

from uuid import UUID

from app.schemas.feit import FeitOut
from app.schemas.velden import Datum, Regel, SchemaIn
from app.terms import Uitkomst


class VeiligheidscheckIn(SchemaIn):
    """A veiligheidscheck of the child in this family."""

    plaatsing_id: UUID
    datum: Datum
    instrument: Regel
    uitkomst: Uitkomst


class VeiligheidscheckOut(FeitOut):
    """A veiligheidscheck as recorded."""

    plaatsing_id: UUID
    datum: Datum
    medewerker_id: UUID
    instrument: str
    uitkomst: Uitkomst
