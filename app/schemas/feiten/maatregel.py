"""The legal basis of care, in and out."""

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, DatumOfNiets, KindId, Regel, SchemaIn
from app.terms import MaatregelSoort


class MaatregelIn(SchemaIn):
    """Legal basis during [van, tot)."""

    soort: MaatregelSoort
    van: Datum
    tot: DatumOfNiets = None
    gi: Regel | None = None
    jeugdbeschermer: Regel | None = None


class MaatregelOut(FeitOut):
    """A maatregel as recorded."""

    pleegkind_id: KindId
    soort: MaatregelSoort
    van: Datum
    tot: DatumOfNiets
    gi: str | None
    jeugdbeschermer: str | None
