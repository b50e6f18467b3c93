"""What an inspecteur asks and sees: pseudonyms where others see ids, and no names, nummers or dates of birth."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.norms.kwartaaltoets import kwartaal
from app.schemas.velden import Datum, DatumOfNiets, Id, JaNee, ListFilter, SchemaIn, SchemaOut, Tijdstip
from app.security.pseudoniem import PATROON
from app.terms import NormCode, OnderwerpSoort, Stand, Zwaarte

Pseudoniem = Annotated[str, Field(pattern=PATROON, description="Geldt alleen onder dit mandaat.")]
KwartaalNaam = Annotated[str, Field(pattern=kwartaal.PATROON, examples=["2026-Q3"])]
#: rows
MAX_STEEKPROEF = 200
_CODE = "^[A-Za-z0-9._-]{1,64}$"
_OrganisatieVeld: Any = Field(
    default=None,
    pattern=_CODE,
    description="De code van de organisatie; mag weg als u maar een mandaat heeft.",
)


class ToezichtFilter(ListFilter):
    """The query of a list under a mandate."""

    organisatie: str | None = _OrganisatieVeld


class ToezichtTermijnFilter(ToezichtFilter):
    """The query of the overdue list under a mandate."""

    peildatum: Datum | None = None
    stand: Stand = Stand.TE_LAAT
    norm: NormCode | None = None
    zwaarte: Zwaarte | None = None


class ToezichtRegelFilter(ListFilter):
    """The query of the rows of a frozen audit."""

    navolgbaar: bool | None = Field(default=None, description="Alleen rijen die dit wel of niet zijn.")


class KengetallenFilter(SchemaIn):
    """The query of the key figures."""

    organisatie: str | None = _OrganisatieVeld
    kwartaal: KwartaalNaam | None = None


class SteekproefFilter(KengetallenFilter):
    """The query of a sample."""

    omvang: int = Field(default=25, ge=1, le=MAX_STEEKPROEF, description="Hoeveel rijen; nooit meer dan er zijn.")
    seed: str = Field(default="1", pattern=_CODE, description="Zelfde seed, zelfde steekproef.")
    laag: Literal["team", "stand"] = Field(default="team", description="Evenredig over teams of over standen.")


class DossierFilter(SchemaIn):
    """The query of a dossier."""

    peildatum: Datum | None = None


class ToezichtOrganisatieOut(SchemaOut):
    """An organisatie under a mandate that holds today."""

    code: str
    naam: str
    doel: str
    van: Datum
    tot: Datum = Field(description="De eerste dag waarop het mandaat niet meer geldt.")
    dossiertekst: JaNee
    aangekondigd_op: DatumOfNiets = Field(description="De dag waarop het bezoek is aangekondigd.")


class TellingOut(SchemaOut):
    """A count, unless it would say too much about too few."""

    aantal: int | None
    onderdrukt: JaNee


class CriteriumTellingOut(SchemaOut):
    """One of the three criteria, counted."""

    norm: NormCode
    van_toepassing: TellingOut
    op_tijd: TellingOut
    nadert: TellingOut
    te_laat: TellingOut
    uitzondering: TellingOut


class KindperiodesOut(SchemaOut):
    """Child-periods, and those with a counting talk."""

    totaal: TellingOut
    met_gesprek: TellingOut


class StapTellingOut(SchemaOut):
    """Of the aanleidingen whose last day for an overleg (besluit) has come: on time, and still without one."""

    vervallen: TellingOut
    op_tijd: TellingOut
    zonder: TellingOut


class GezienTellingOut(SchemaOut):
    """The rows of which it is asked whether the child was seen, and those where it was."""

    van_toepassing: TellingOut
    gezien: TellingOut


class OpvolgingCijfersOut(SchemaOut):
    """What somebody had to act on, and whether the child was seen."""

    aanleidingen: TellingOut
    late_opvolging: TellingOut
    overleg: StapTellingOut
    besluit: StapTellingOut
    gezien: GezienTellingOut
    zichtplannen: TellingOut
    mdo_streef: CriteriumTellingOut


class CijfersOut(SchemaOut):
    """The key figures of a set of rows."""

    rijen: TellingOut
    navolgbaar: TellingOut
    criteria: list[CriteriumTellingOut]
    met_uitzondering: TellingOut
    late_streef: TellingOut
    nooit_gezien: TellingOut
    late_registraties: TellingOut
    kindperiodes: KindperiodesOut
    mediaan_dagen_te_laat: float | None = Field(description="Leeg bij minder dan vijf rijen die niet navolgbaar zijn.")
    hoogste_dagen_te_laat: int | None
    opvolging: OpvolgingCijfersOut | None = Field(description="Vanaf 2026-Q4.")


class GroepCijfersOut(SchemaOut):
    """A group: the organisatie, a team, a GI or a zorgvorm."""

    soort: str
    naam: str
    voltijd: CijfersOut
    alle: CijfersOut


class ToezichtKengetallenOut(SchemaOut):
    """The key figures of a frozen audit, without small cells."""

    organisatie: str
    kwartaal: KwartaalNaam
    toets: Id
    digest: str
    groepen: list[GroepCijfersOut]


class ToezichtToetsOut(SchemaOut):
    """A frozen audit without its rows."""

    id: Id
    kwartaal: KwartaalNaam
    bekend_op: Tijdstip
    vastgesteld_op: Tijdstip
    rijen: int
    digest: str = Field(description="SHA-256 over de canonieke JSON van de organisatie, dus met haar eigen nummers.")


class ToezichtOnderwerpOut(SchemaOut):
    """What a norm is about."""

    soort: OnderwerpSoort
    pseudoniem: Pseudoniem


class ToezichtLaatsteOut(SchemaOut):
    """The last event that counted."""

    pseudoniem: Pseudoniem
    datum: Datum


class ToezichtOordeelOut(SchemaOut):
    """One judgement."""

    norm: NormCode
    zwaarte: Zwaarte
    onderwerp: ToezichtOnderwerpOut
    laatste: ToezichtLaatsteOut | None
    uiterlijk: DatumOfNiets
    stand: Stand
    te_laat_sinds: DatumOfNiets
    dagen_te_laat: int | None
    uitzondering: Pseudoniem | None


class ToezichtTermijnOut(ToezichtOordeelOut):
    """One judgement on the peildatum, on the child on whom it shows."""

    dossier: Pseudoniem
    naam: str
    bron: str


class ToezichtTeldeNietOut(SchemaOut):
    """A later event that did not count, and why."""

    pseudoniem: Pseudoniem
    datum: Datum
    soort: str
    reden: str


class ToezichtUitlegOut(SchemaOut):
    """The answer to "why is this flagged?"."""

    regel: str
    bron: str
    laatste: ToezichtLaatsteOut | None
    telden_niet: list[ToezichtTeldeNietOut]
    uitzondering: str | None


class ToezichtTermijnMetUitlegOut(ToezichtTermijnOut):
    """A judgement with its explanation."""

    uitleg: ToezichtUitlegOut


class TijdlijnFeitOut(SchemaOut):
    """One fact on the timeline: codes and yes or no."""

    pseudoniem: Pseudoniem
    soort: str
    datum: Datum
    versie: int
    vastgelegd_op: Tijdstip
    laat_geregistreerd: JaNee
    na_aankondiging: bool | None = Field(
        description="Of deze versie na de dag van aankondiging is vastgelegd; leeg: niet aangekondigd."
    )
    kenmerken: dict[str, str | bool | int | list[str] | None]


class DossiertekstOut(SchemaOut):
    """What somebody wrote; it may name people."""

    pseudoniem: Pseudoniem
    soort: str
    datum: Datum
    tekst: dict[str, Any]


class DossierOut(SchemaOut):
    """A child's file under a pseudonym."""

    dossier: Pseudoniem
    peildatum: Datum
    leeftijd: int
    termijnen: list[ToezichtTermijnMetUitlegOut]
    tijdlijn: list[TijdlijnFeitOut]
    teksten: list[DossiertekstOut] | None = Field(description="Alleen als het mandaat dossiertekst geeft.")
