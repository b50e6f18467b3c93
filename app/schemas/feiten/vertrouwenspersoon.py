"""The child's confidant, in and out."""

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, KindId, Regel, SchemaIn
from app.terms import VertrouwenspersoonSoort


class VertrouwenspersoonIn(SchemaIn):
    """A vertrouwenspersoon, found together with the child."""

    sinds: Datum
    soort: VertrouwenspersoonSoort
    naam: Regel | None = None


class VertrouwenspersoonOut(FeitOut):
    """A vertrouwenspersoon as recorded."""

    pleegkind_id: KindId
    sinds: Datum
    soort: VertrouwenspersoonSoort
    naam: str | None
