"""A case discussion, in and out."""

from uuid import UUID

from app.schemas.feit import FeitOut
from app.schemas.velden import Datum, JaNee, SchemaIn


class CasuistiekbesprekingIn(SchemaIn):
    """A case discussion."""

    datum: Datum
    multidisciplinair: JaNee


class CasuistiekbesprekingOut(FeitOut):
    """A case discussion as recorded."""

    pleegkind_id: UUID
    datum: Datum
    multidisciplinair: JaNee
