"""A talk with the child, in and out."""

from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.feiten.opvolging import OpvolgingOut
from app.schemas.velden import Datum, DatumOfNiets, JaNee, Regel, SchemaIn, Tekst
from app.terms import Aanwezige, Gespreksplaats, GespreksVorm, RedenNietAlleen, Veiligheidsgevoel


class KindgesprekDeel(SchemaIn):
    """What is said of a talk, or of an attempt at one."""

    doorgegaan: JaNee
    alleen: JaNee = Field(description="Zonder pleegouders of huisgenoten.")
    vorm: GespreksVorm
    veiligheid_besproken: JaNee
    reden_niet_alleen: RedenNietAlleen | None = None
    kind_voelde_zich_veilig: Veiligheidsgevoel | None = Field(
        default=None, description="Voelde het kind zich op zijn gemak in het gesprek?"
    )
    stem_van_het_kind: Tekst | None = Field(default=None, description="Wat het kind zei, in de woorden van het kind.")
    themas: list[Regel] = Field(default=[], max_length=20)
    vervolgactie: Tekst | None = None
    plaats: Gespreksplaats | None = None
    veilig_in_gezin: Veiligheidsgevoel | None = Field(
        default=None, description="Zegt het kind dat het veilig is in dit gezin? Bij nee moet iemand iets doen."
    )
    wat_wil_het_kind: Tekst | None = None
    teruggekoppeld_op: DatumOfNiets = Field(
        default=None, description="Wanneer het kind hoorde wat er met zijn woorden is gedaan."
    )
    aanwezigen: list[Aanwezige] | None = Field(
        default=None,
        max_length=len(Aanwezige),
        description="Wie er bij waren; leeg als dat niet is vastgelegd.",
    )


class KindgesprekIn(KindgesprekDeel):
    """A talk, or an attempt at one. Who records it is the medewerker who talked."""

    plaatsing_id: UUID
    datum: Datum


class KindgesprekVersie(FeitOut):
    """A talk as recorded."""

    plaatsing_id: UUID
    datum: Datum
    medewerker_id: UUID
    doorgegaan: JaNee
    alleen: JaNee
    vorm: GespreksVorm
    veiligheid_besproken: JaNee
    reden_niet_alleen: RedenNietAlleen | None
    kind_voelde_zich_veilig: Veiligheidsgevoel | None
    stem_van_het_kind: str | None
    themas: list[str] | None
    vervolgactie: str | None
    plaats: Gespreksplaats | None
    veilig_in_gezin: Veiligheidsgevoel | None
    wat_wil_het_kind: str | None
    teruggekoppeld_op: DatumOfNiets
    aanwezigen: list[Aanwezige] | None


class KindgesprekOut(KindgesprekVersie):
    """The version that holds, with what must follow."""

    opvolging: OpvolgingOut | None = Field(description="Wat hierop moet volgen; leeg als dat niet hoeft.")
