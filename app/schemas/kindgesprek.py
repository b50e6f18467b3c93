"""A talk with the child, in and out."""

from uuid import UUID

from pydantic import Field

from app.schemas.feit import FeitOut
from app.schemas.velden import Datum, JaNee, Regel, SchemaIn, Tekst
from app.terms import GespreksVorm, RedenNietAlleen, Veiligheidsgevoel


class KindgesprekIn(SchemaIn):
    """A talk, or an attempt at one. Who records it is the medewerker who talked."""

    plaatsing_id: UUID
    datum: Datum
    doorgegaan: JaNee
    alleen: JaNee = Field(description="Zonder pleegouders of huisgenoten.")
    vorm: GespreksVorm
    veiligheid_besproken: JaNee
    reden_niet_alleen: RedenNietAlleen | None = None
    kind_voelde_zich_veilig: Veiligheidsgevoel | None = None
    stem_van_het_kind: Tekst | None = Field(default=None, description="Wat het kind zei, in de woorden van het kind.")
    themas: list[Regel] = Field(default=[], max_length=20)
    vervolgactie: Tekst | None = None


class KindgesprekOut(FeitOut):
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
