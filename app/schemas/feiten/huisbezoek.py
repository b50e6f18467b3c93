"""A visit at the family's home, in and out."""

from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, JaNee, SchemaIn
from app.terms import Aanwezige


class HuisbezoekDeel(SchemaIn):
    """What is said of a visit."""

    kind_gezien: JaNee | None = Field(default=None, description="Is het kind zelf gezien? Leeg: niet vastgelegd.")
    aangekondigd: JaNee | None = None
    nieuwe_huisgenoot: JaNee | None = Field(default=None, description="Woont er iemand die er eerder niet woonde?")
    aanwezigen: list[Aanwezige] | None = Field(
        default=None, max_length=len(Aanwezige), description="Wie er in huis waren; leeg als dat niet is vastgelegd."
    )


class HuisbezoekIn(HuisbezoekDeel):
    """A visit."""

    plaatsing_id: UUID
    datum: Datum


class HuisbezoekOut(FeitOut):
    """A visit as recorded."""

    plaatsing_id: UUID
    datum: Datum
    medewerker_id: UUID
    kind_gezien: JaNee | None
    aangekondigd: JaNee | None
    nieuwe_huisgenoot: JaNee | None
    aanwezigen: list[Aanwezige] | None
