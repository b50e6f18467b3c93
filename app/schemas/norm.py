"""The norms, and an organisatie's own versions."""

from pydantic import Field

from app.schemas.velden import Datum, DatumOfNiets, Getal, Id, SchemaIn, SchemaUit, Tekst
from app.terms import NormCode, OnderwerpSoort, Zwaarte


class NormUit(SchemaUit):
    """One version of a norm, with its source."""

    code: NormCode
    versie: int
    naam: str
    onderwerp: OnderwerpSoort
    geldig_van: Datum
    geldig_tot: DatumOfNiets
    zwaarte: Zwaarte
    waarschuwing_dagen: int
    parameters: dict[str, int | None]
    regel: str
    bron: str


class NormIn(SchemaIn):
    """An organisatie's own, tightened version of a norm."""

    code: NormCode
    geldig_van: Datum
    geldig_tot: DatumOfNiets = None
    zwaarte: Zwaarte = Zwaarte.NORM
    waarschuwing_dagen: Getal = Field(ge=0, le=365)
    parameters: dict[str, Getal | None]
    toelichting: Tekst


class EigenNormUit(SchemaUit):
    """An own version as recorded."""

    id: Id
    code: NormCode
    versie: int
    geldig_van: Datum
    geldig_tot: DatumOfNiets
    zwaarte: Zwaarte
    waarschuwing_dagen: int
    parameters: dict[str, int | None]
    toelichting: str
