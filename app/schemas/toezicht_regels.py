"""What an inspecteur sees of the children in a frozen audit, all of them or drawn: pseudonyms, and no names."""

from pydantic import Field

from app.norms.kwartaaltoets.inhoud import RuisInhoud, StapInhoud
from app.schemas.toezicht import KwartaalNaam, Pseudoniem, ToezichtOordeelOut
from app.schemas.velden import Datum, DatumOfNiets, Id, JaNee, SchemaOut
from app.terms import OnderwerpSoort, Stand


class ToezichtPlaatsingOut(SchemaOut):
    """The plaatsing that a row is about."""

    pseudoniem: Pseudoniem
    vorm: str
    zorgvorm: str
    van: Datum
    tot: DatumOfNiets


class ToezichtKindperiodesOut(SchemaOut):
    """Child-periods of one child."""

    totaal: int
    met_gesprek: int


class ToezichtAanleidingOut(SchemaOut):
    """What somebody must act on, of the quarter: the last days for an overleg and a besluit, and the first of each."""

    soort: OnderwerpSoort
    pseudoniem: Pseudoniem
    datum: Datum
    overleg: StapInhoud
    besluit: StapInhoud


class ToezichtRegelOut(SchemaOut):
    """One row of a frozen audit: one child."""

    dossier: Pseudoniem
    leeftijd: int
    plaatsing: ToezichtPlaatsingOut
    pleeggezin: Pseudoniem
    begeleider: Pseudoniem | None
    team: str | None
    maatregelen: list[str]
    gi: str | None
    geplaatst_op_kwartaaleinde: JaNee
    peildatum: Datum
    criteria: list[ToezichtOordeelOut] = Field(description="KAG-R, VC-J en MDO; wat niet van toepassing is ontbreekt.")
    oordelen: list[ToezichtOordeelOut]
    vgb_stand: Stand | None
    navolgbaar: JaNee
    met_uitzondering: JaNee
    nooit_gezien: JaNee
    late_registraties: int
    professionals_12m: int = Field(alias="professionals12m")
    kindperiodes: ToezichtKindperiodesOut
    ruisfactoren: list[RuisInhoud]
    ruisscore: int
    zien_stand: Stand | None = Field(description="Leeg waar het niet wordt gevraagd, en in een toets van voor 2026-Q4.")
    zien_laatste: DatumOfNiets
    opvolging_stand: Stand | None
    zichtplan: bool | None
    aanleidingen: list[ToezichtAanleidingOut] = Field(
        description="Die van het kwartaal; leeg in een toets van voor 2026-Q4."
    )


class LaagOut(SchemaOut):
    """A stratum of a sample."""

    naam: str
    populatie: int
    getrokken: int


class NaAankondigingOut(SchemaOut):
    """How many facts of a child were recorded after the visit was announced."""

    dossier: Pseudoniem
    aantal: int


class SteekproefOut(SchemaOut):
    """A sample with what is needed to draw it again."""

    toets: Id
    kwartaal: KwartaalNaam
    digest: str
    seed: str
    omvang: int
    laag: str
    populatie: int
    lagen: list[LaagOut]
    regels: list[ToezichtRegelOut]
    aangekondigd_op: DatumOfNiets = Field(description="De dag waarop het bezoek is aangekondigd.")
    na_aankondiging: list[NaAankondigingOut] | None = Field(
        description="Wat van elk getrokken kind na die dag is vastgelegd; leeg: niet aangekondigd."
    )
