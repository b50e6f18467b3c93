"""Ruisfactoren as the API shows them: the catalogue, and the children to discuss."""

from pydantic import Field

from app.norms.ruis.catalogue import TOELICHTING
from app.schemas.velden import Datum, DatumOfNiets, EigenKindId, JaNee, SchemaOut
from app.terms import Ruiscode, RuisSoort


class RuisfactorOut(SchemaOut):
    """One version of a ruisfactor, with its weight and source."""

    code: Ruiscode
    versie: int
    naam: str
    soort: RuisSoort = Field(description="Afgeleid uit het dossier, gescoord door een mens, of beide.")
    gewicht: int
    geldig_van: Datum
    geldig_tot: DatumOfNiets
    regel: str
    bron: str


class RuisbevindingOut(SchemaOut):
    """A ruisfactor that holds for a child, with the reasons."""

    code: Ruiscode
    naam: str
    gewicht: int
    redenen: list[str]


class BespreekkindOut(SchemaOut):
    """A child whose case asks for another look."""

    id: EigenKindId
    nummer: str
    roepnaam: str
    achternaam: str
    geboortedatum: Datum
    jonger_dan_vijf: JaNee = Field(description="Jonger dan 5 op de peildatum: gaat bij een gelijke ruisscore voor.")
    score: int = Field(description="De som van de gewichten.")
    ruisfactoren: list[RuisbevindingOut]


class RuisfactorenOut(SchemaOut):
    """The catalogue of ruisfactoren."""

    toelichting: str = TOELICHTING
    resultaten: list[RuisfactorOut]


class BespreeklijstOut(SchemaOut):
    """The list for the case discussion."""

    toelichting: str = TOELICHTING
    resultaten: list[BespreekkindOut]
