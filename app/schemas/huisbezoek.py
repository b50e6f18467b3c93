"""A visit at the family's home, in and out."""

from uuid import UUID

from app.schemas.feit import FeitOut
from app.schemas.velden import Datum, SchemaIn


class HuisbezoekIn(SchemaIn):
    """A visit."""

    plaatsing_id: UUID
    datum: Datum


class HuisbezoekOut(FeitOut):
    """A visit as recorded."""

    plaatsing_id: UUID
    datum: Datum
    medewerker_id: UUID
