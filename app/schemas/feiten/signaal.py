"""A signal about safety, in and out."""

from pydantic import Field, computed_field

from app.norms.meldcode import BEROEPSNORM
from app.schemas.feiten.feit import FeitOut
from app.schemas.feiten.opvolging import OpvolgingOut
from app.schemas.velden import Datum, DatumOfNiets, JaNee, KindId, Regel, SchemaIn, Tekst
from app.schemas.zorg import MetZorg
from app.terms import SignaalBron


class SignaalIn(SchemaIn):
    """A signal or incident."""

    datum: Datum
    bekend_geworden_op: Datum
    soort: Regel
    vraagt_veiligheidscheck: JaNee
    calamiteit: JaNee
    bij_twijfel: JaNee = Field(default=False, description="Of het een calamiteit is, wordt nog onderzocht (6 weken).")
    gemeld_igj_op: DatumOfNiets = None
    onthulling: JaNee = Field(default=False, description="Het kind heeft het zelf verteld.")
    geweld: JaNee = Field(default=False, description="Er is geweld tegen het kind gebruikt.")
    letsel: JaNee = Field(default=False, description="Het kind heeft letsel.")
    conclusie_op: DatumOfNiets = Field(default=None, description="De dag waarop het onderzoek bij twijfel eindigde.")
    bron: SignaalBron | None = Field(default=None, description="Van wie het signaal komt.")
    toelichting: Tekst | None = None


class SignaalVersie(FeitOut):
    """A signal as recorded."""

    pleegkind_id: KindId
    datum: Datum
    bekend_geworden_op: Datum
    soort: str
    vraagt_veiligheidscheck: JaNee
    calamiteit: JaNee
    bij_twijfel: JaNee
    gemeld_igj_op: DatumOfNiets
    onthulling: JaNee
    geweld: JaNee
    letsel: JaNee
    conclusie_op: DatumOfNiets
    bron: SignaalBron | None
    toelichting: str | None

    @computed_field(description="Wat de beroepsnorm vraagt als het kind iets heeft onthuld.")  # type: ignore[prop-decorator]
    @property
    def beroepsnorm(self) -> str | None:
        """What the profession asks."""
        return BEROEPSNORM if self.onthulling else None


class SignaalOut(SignaalVersie):
    """The version that holds, with what must follow."""

    igj_melden_uiterlijk: DatumOfNiets = Field(
        description="De laatste dag om een calamiteit bij de IGJ te melden (norm CAL-3); leeg als dat niet hoeft."
    )
    opvolging: OpvolgingOut | None = Field(description="Wat hierop moet volgen; leeg als dat niet hoeft.")


class SignaalRegel(SignaalOut):
    """A signal in a list over all files."""

    zorg: MetZorg = None
