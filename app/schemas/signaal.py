"""A signal about safety, in and out."""

from uuid import UUID

from pydantic import Field

from app.schemas.feit import FeitOut
from app.schemas.velden import Datum, DatumOfNiets, JaNee, Regel, SchemaIn


class SignaalIn(SchemaIn):
    """A signal or incident."""

    datum: Datum
    bekend_geworden_op: Datum
    soort: Regel
    vraagt_veiligheidscheck: JaNee
    calamiteit: JaNee
    bij_twijfel: JaNee = Field(default=False, description="Of het een calamiteit is, wordt nog onderzocht (6 weken).")
    gemeld_igj_op: DatumOfNiets = None


class SignaalOut(FeitOut):
    """A signal as recorded."""

    pleegkind_id: UUID
    datum: Datum
    bekend_geworden_op: Datum
    soort: str
    vraagt_veiligheidscheck: JaNee
    calamiteit: JaNee
    bij_twijfel: JaNee
    gemeld_igj_op: DatumOfNiets
