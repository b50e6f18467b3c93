"""The child's confidant, in and out."""

from uuid import UUID

from app.schemas.feit import FeitOut
from app.schemas.velden import Datum, Regel, SchemaIn
from app.terms import VertrouwenspersoonSoort


class VertrouwenspersoonIn(SchemaIn):
    """A vertrouwenspersoon, found together with the child."""

    sinds: Datum
    soort: VertrouwenspersoonSoort
    naam: Regel | None = None


class VertrouwenspersoonOut(FeitOut):
    """A vertrouwenspersoon as recorded."""

    pleegkind_id: UUID
    sinds: Datum
    soort: VertrouwenspersoonSoort
    naam: str | None
