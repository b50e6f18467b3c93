"""A case discussion, in and out. Only that it was held must be said; a workbook says no more."""

from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, JaNee, KindId, Regel, SchemaIn, Tekst
from app.terms import Ruiscode


class CasuistiekbesprekingIn(SchemaIn):
    """A case discussion."""

    datum: Datum
    multidisciplinair: JaNee
    deelnemers: list[UUID] | None = Field(default=None, max_length=50, description="Medewerkers die er waren.")
    gedragswetenschapper_aanwezig: JaNee | None = None
    conclusie: Tekst | None = None
    acties: list[Regel] | None = Field(
        default=None,
        max_length=50,
        description="Alleen wat eerder als tekst is vastgelegd; leg een nieuwe afspraak vast als actie.",
        json_schema_extra={"deprecated": True},
    )
    ruisfactor: Ruiscode | None = Field(default=None, description="De ruisfactor die aanleiding gaf.")
    extra_inzet_id: UUID | None = Field(default=None, description="De extra inzet die aanleiding gaf.")


class CasuistiekbesprekingOut(FeitOut):
    """A case discussion as recorded."""

    pleegkind_id: KindId
    datum: Datum
    multidisciplinair: JaNee
    deelnemers: list[UUID] | None
    gedragswetenschapper_aanwezig: JaNee | None
    conclusie: str | None
    acties: list[str] | None
    ruisfactor: Ruiscode | None
    extra_inzet_id: UUID | None
