"""The facts that say only that something was done on a day: ontwikkelbeeld, hulpverleningsplan and the like."""

from uuid import UUID

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, KindId, SchemaIn


class OntwikkelbeeldIn(SchemaIn):
    """The child's development was mapped."""

    datum: Datum


class OntwikkelbeeldOut(FeitOut):
    """An ontwikkelbeeld as recorded."""

    pleegkind_id: KindId
    datum: Datum


class HulpverleningsplanIn(SchemaIn):
    """A plan of help was agreed."""

    datum: Datum


class HulpverleningsplanOut(FeitOut):
    """A hulpverleningsplan as recorded."""

    pleegkind_id: KindId
    datum: Datum


class PleegoudervoogdgesprekIn(SchemaIn):
    """The guardian was spoken to."""

    datum: Datum


class PleegoudervoogdgesprekOut(FeitOut):
    """A pleegoudervoogdgesprek as recorded."""

    pleegkind_id: KindId
    datum: Datum


class EvaluatieIn(SchemaIn):
    """The foster parents' care was evaluated with them."""

    datum: Datum


class EvaluatieOut(FeitOut):
    """An evaluatie as recorded."""

    pleeggezin_id: UUID
    datum: Datum
