"""A visit in one go: what was done there, each part a fact of its own, and what came of it."""

from uuid import UUID

from pydantic import Field

from app.schemas.feiten.huisbezoek import HuisbezoekDeel, HuisbezoekOut
from app.schemas.feiten.kindgesprek import KindgesprekDeel, KindgesprekOut
from app.schemas.feiten.opvolging import OpvolgingOut
from app.schemas.feiten.opvolgstap import OpvolgstapOut, OpvolgstapVelden
from app.schemas.feiten.veiligheidscheck import VeiligheidscheckDeel, VeiligheidscheckOut
from app.schemas.termijn import OnderwerpOut
from app.schemas.velden import Datum, DatumOfNiets, JaNee, SchemaIn, SchemaOut
from app.terms import NormCode, Stand

_MAX_STAPPEN = 20


class BezoekOpvolgstapIn(OpvolgstapVelden):
    """A step; one that names no aanleiding is about each that this visit gives."""

    datum: DatumOfNiets = Field(default=None, description="Leeg: de dag van het bezoek.")


class BezoekIn(SchemaIn):
    """A visit: at least one part, all of one day and one plaatsing."""

    plaatsing_id: UUID
    datum: Datum
    huisbezoek: HuisbezoekDeel | None = None
    kindgesprek: KindgesprekDeel | None = None
    veiligheidscheck: VeiligheidscheckDeel | None = None
    opvolgstappen: list[BezoekOpvolgstapIn] = Field(default=[], max_length=_MAX_STAPPEN)


class NormgevolgOut(SchemaOut):
    """What a fact does to one norm."""

    norm: NormCode
    naam: str
    onderwerp: OnderwerpOut
    telt: JaNee
    waarom_niet: list[str] = Field(description="Leeg als het telt.")
    stand: Stand
    uiterlijk: DatumOfNiets = Field(
        description="Tot wanneer de norm nu is gehaald, of wanneer hij gehaald moet zijn; leeg: er hoeft nu niets."
    )


class GevolgOut(SchemaOut):
    """What one part of a visit, or a step told with it, came to."""

    soort: str
    id: UUID
    normen: list[NormgevolgOut]
    opvolging: OpvolgingOut | None


class BezoekOut(SchemaOut):
    """The facts of a visit as recorded, and what each did to the norms."""

    huisbezoek: HuisbezoekOut | None
    kindgesprek: KindgesprekOut | None
    veiligheidscheck: VeiligheidscheckOut | None
    opvolgstappen: list[OpvolgstapOut]
    gevolgen: list[GevolgOut]
