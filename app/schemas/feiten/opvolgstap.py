"""What was done about an aanleiding, in and out."""

from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, KindId, SchemaIn, Tekst
from app.terms import Opvolgbesluit, OpvolgstapSoort, OverlegMet

_EEN = "Een van kindgesprekId, veiligheidscheckId en signaalId: waar deze stap over gaat."


class OpvolgstapVelden(SchemaIn):
    """What is said of a step, without its day."""

    kindgesprek_id: UUID | None = Field(default=None, description=_EEN)
    veiligheidscheck_id: UUID | None = Field(default=None, description=_EEN)
    signaal_id: UUID | None = Field(default=None, description=_EEN)
    stap: OpvolgstapSoort
    met: OverlegMet | None = Field(default=None, description="Met wie; verplicht bij een overleg en alleen daar.")
    besluit: Opvolgbesluit | None = Field(default=None, description="Verplicht bij een besluit en alleen daar.")
    toelichting: Tekst | None = Field(default=None, description="Wat is gewogen of besloten, en waarom.")


class OpvolgstapIn(OpvolgstapVelden):
    """An overleg or a besluit about one aanleiding. Who records it is its author, not who was consulted."""

    datum: Datum = Field(description="Niet voor de dag van de aanleiding.")


class OpvolgstapOut(FeitOut):
    """A step as recorded."""

    pleegkind_id: KindId
    kindgesprek_id: UUID | None
    veiligheidscheck_id: UUID | None
    signaal_id: UUID | None
    stap: OpvolgstapSoort
    datum: Datum
    met: OverlegMet | None
    besluit: Opvolgbesluit | None
    toelichting: str | None
    medewerker_id: UUID
