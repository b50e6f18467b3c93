"""The norms, and an organisatie's own versions."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, PlainSerializer, StrictInt, create_model
from pydantic.alias_generators import to_camel

from app.norms.versies.catalogue import LANDELIJK
from app.schemas.velden import Datum, DatumOfNiets, Getal, Id, SchemaIn, SchemaOut, Tekst
from app.terms import NormCode, OnderwerpSoort, Zwaarte


def _camel_keys(parameters: Mapping[str, int | None]) -> dict[str, int | None]:
    return {to_camel(name): value for name, value in parameters.items()}


#: What a norm reckons with, such as ``maanden``; other norms have other ones.
Parameters = Annotated[dict[str, int | None], PlainSerializer(_camel_keys)]

_NAMEN = sorted({name for norm in LANDELIJK for name in norm.parameters})
_VELDEN: dict[str, Any] = dict.fromkeys(_NAMEN, (Getal | None, None))
NormParametersIn = create_model("NormParametersIn", __base__=SchemaIn, __doc__="Wat strenger wordt.", **_VELDEN)


class NormOut(SchemaOut):
    """One version of a norm, with its source."""

    id: Annotated[UUID | None, Field(description="Van een eigen norm; een landelijke heeft er geen.")]
    code: NormCode
    versie: int
    naam: str
    onderwerp: OnderwerpSoort
    geldig_van: Datum
    geldig_tot: DatumOfNiets
    zwaarte: Zwaarte
    waarschuwing_dagen: int
    parameters: Parameters
    regel: str
    bron: str


class NormIn(SchemaIn):
    """An organisatie's own, tightened version of a norm."""

    code: NormCode
    geldig_van: Datum
    geldig_tot: DatumOfNiets = None
    zwaarte: Zwaarte = Zwaarte.NORM
    waarschuwing_dagen: Annotated[StrictInt, Field(ge=0, le=365)]
    parameters: NormParametersIn
    toelichting: Tekst


class NormBeeindigingIn(SchemaIn):
    """The end of an own version."""

    vanaf: Annotated[Datum, Field(description="De eerste dag waarop deze norm niet meer geldt.")]
    reden: Tekst


class EigenNormOut(SchemaOut):
    """An own version as it stands."""

    id: Id
    code: NormCode
    versie: int
    geldig_van: Datum
    geldig_tot: DatumOfNiets
    ingetrokken: bool
    zwaarte: Zwaarte
    waarschuwing_dagen: int
    parameters: Parameters
    toelichting: str
