"""An agreed action, in and out."""

from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, DatumOfNiets, KindId, SchemaIn, Tekst
from app.schemas.zorg import MetZorg


class ActieIn(SchemaIn):
    """An action: what, who, and by when."""

    datum: Datum = Field(description="Wanneer dit is afgesproken.")
    omschrijving: Tekst
    eigenaar_id: UUID | None = Field(default=None, description="De medewerker die het doet; leeg: wie het vastlegt.")
    uiterlijk: Datum
    gedaan_op: DatumOfNiets = None
    casuistiekbespreking_id: UUID | None = Field(default=None, description="De bespreking waarin dit is afgesproken.")


class ActieOut(FeitOut):
    """An action as recorded."""

    pleegkind_id: KindId
    datum: Datum
    omschrijving: str
    eigenaar_id: UUID
    uiterlijk: Datum
    gedaan_op: DatumOfNiets
    vgb_id: UUID | None = Field(description="De ingetrokken VGB waaruit deze actie vanzelf volgde.")
    casuistiekbespreking_id: UUID | None


class ActieRegel(ActieOut):
    """An action in a list over all files."""

    zorg: MetZorg = None
