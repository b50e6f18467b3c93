"""What must follow on something that was seen or said: by when, what was done, and by whom."""

from uuid import UUID

from pydantic import Field

from app.schemas.velden import Datum, DatumOfNiets, Id, SchemaOut
from app.terms import Opvolgbesluit, OpvolgstapSoort, OverlegMet


class OpvolgingStap(SchemaOut):
    """One thing that was done: an opvolgstap, or a step of the meldcode that is one too."""

    id: Id
    soort: str = Field(description="opvolgstap of meldcodestap")
    stap: OpvolgstapSoort
    datum: Datum
    met: OverlegMet | None
    besluit: Opvolgbesluit | None
    medewerker_id: UUID


class OpvolgingOut(SchemaOut):
    """By when somebody must act on a fact, whether that was done or not."""

    sinds: Datum = Field(description="De dag vanaf wanneer iemand iets moet doen.")
    overleg_uiterlijk: Datum
    besluit_uiterlijk: Datum
    hercheck_uiterlijk: DatumOfNiets = Field(description="Alleen na een veiligheidscheck.")
    stappen: list[OpvolgingStap] = Field(description="Wat is gedaan, het eerste voorop.")
