"""A safety assessment, in and out."""

from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.feiten.opvolging import OpvolgingOut
from app.schemas.velden import Datum, JaNee, Regel, SchemaIn
from app.terms import Uitkomst


class VeiligheidscheckDeel(SchemaIn):
    """What is said of a veiligheidscheck."""

    instrument: Regel
    uitkomst: Uitkomst
    kind_gezien: JaNee | None = Field(default=None, description="Is het kind zelf gezien? Leeg: niet vastgelegd.")


class VeiligheidscheckIn(VeiligheidscheckDeel):
    """A veiligheidscheck of the child in this family."""

    plaatsing_id: UUID
    datum: Datum


class VeiligheidscheckVersie(FeitOut):
    """A veiligheidscheck as recorded."""

    plaatsing_id: UUID
    datum: Datum
    medewerker_id: UUID
    instrument: str
    uitkomst: Uitkomst
    kind_gezien: JaNee | None


class VeiligheidscheckOut(VeiligheidscheckVersie):
    """The version that holds, with what must follow."""

    opvolging: OpvolgingOut | None = Field(description="Wat hierop moet volgen; leeg als dat niet hoeft.")
