"""Key figures for everybody at the door: what would go out, what did, and what each of them means."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from app.norms.openbaar.onderdrukking import Reden
from app.schemas.toezicht import KwartaalNaam
from app.schemas.velden import DatumOfNiets, Id, JaNee, ListFilter, SchemaIn, SchemaOut, Tekst, Tijdstip

_Organisatie = Annotated[
    str | None, Field(pattern="^[A-Za-z0-9._-]{1,64}$", description="De code van een organisatie.")
]
_Status = Literal["kan_niet", "voorbeeld", "gepubliceerd", "ingetrokken"]
_STEPS: tuple[_Status, ...] = ("voorbeeld", "gepubliceerd", "ingetrokken")
_Waarom = Annotated[Reden | None, Field(description="Waarom dit getal niet naar buiten gaat; leeg: het gaat.")]


class PublicatieIn(SchemaIn):
    """What was looked at goes out, and nothing else."""

    cijfers_digest: str = Field(pattern="^[0-9a-f]{64}$", description="Van het voorbeeld dat u hebt bekeken.")


class PublicatieIntrekkingIn(SchemaIn):
    """Why figures are taken back."""

    reden: Tekst = Field(description="Iedereen kan dit lezen: noem niemand.")


class OpenRegelOut(SchemaOut):
    """One figure."""

    dimensie: str
    groep: str
    deel: str
    kengetal: str
    teller: int | None
    noemer: int | None
    onderdrukt: JaNee
    normen: str
    reden_teller: _Waarom = None
    reden_noemer: _Waarom = None


class BeletselOut(SchemaOut):
    """Why nothing of an audit can go out."""

    code: Literal["nog_niet_vastgesteld", "toets_vervangen", "al_gepubliceerd"] = Field(
        description="Wat publiceren zou antwoorden."
    )
    uitleg: str
    kwartaaltoets: UUID | None = Field(
        description="De toets die wel gepubliceerd kan worden, of die het is; leeg: er is er geen."
    )


class PublicatieOut(SchemaOut):
    """What of an audit would go out, went out, or why nothing can."""

    id: Id
    versie: int = Field(description="1 nog niet gepubliceerd, 2 gepubliceerd, 3 ingetrokken.")
    kwartaal: KwartaalNaam
    status: _Status
    beletsel: BeletselOut | None = Field(description="Waarom deze toets niet naar buiten kan; leeg: het kan, of kon.")
    digest: str = Field(description="Van de toets.")
    cijfers_digest: str = Field(description="SHA-256 over de canonieke JSON van de regels.")
    gepubliceerd_op: Tijdstip | None
    ingetrokken_op: Tijdstip | None
    reden: str | None = Field(description="Waarom de cijfers zijn ingetrokken.")
    regels: list[OpenRegelOut]


def show_openstelling(one: Any) -> dict[str, Any]:
    """Return the fields of ``PublicatieOut`` of what would go out, went out or cannot (``Openstelling``)."""
    stand = one.stand
    publicatie, intrekking = (None, None) if stand is None else (stand.publicatie, stand.intrekking)
    step = (publicatie is not None) + (intrekking is not None)
    redenen = one.redenen or [(None, None)] * len(one.regels)
    return {
        "uid": one.toets.uid,
        "versie": step + 1,
        "kwartaal": one.toets.kwartaal,
        "status": "kan_niet" if one.beletsel else _STEPS[step],
        "beletsel": one.beletsel and _show_beletsel(one.beletsel),
        "digest": one.toets.digest,
        "cijfers_digest": one.cijfers_digest,
        "gepubliceerd_op": publicatie and publicatie.gepubliceerd_op,
        "ingetrokken_op": intrekking and intrekking.op,
        "reden": intrekking and intrekking.reden,
        "regels": [
            {**regel._asdict(), "reden_teller": teller, "reden_noemer": noemer}
            for regel, (teller, noemer) in zip(one.regels, redenen, strict=True)
        ],
    }


def _show_beletsel(one: Any) -> dict[str, Any]:
    return {"code": one.fout.code, "uitleg": one.fout.detail, "kwartaaltoets": one.andere}


class OpenFilter(ListFilter):
    """The query of everybody."""

    kwartaal: KwartaalNaam | None = None
    organisatie: _Organisatie = None
    formaat: Literal["json", "csv"] | None = Field(
        default=None, description="csv geeft alle regels als bestand; zonder beslist Accept."
    )


class OpenBestandFilter(SchemaIn):
    """The query of the file."""

    kwartaal: KwartaalNaam | None = None
    organisatie: _Organisatie = None


class OpenKengetalOut(SchemaOut):
    """One figure as everybody reads it; of figures that were taken back only that they were, and why."""

    organisatie: str
    organisatie_naam: str
    kwartaal: KwartaalNaam
    dimensie: str
    groep: str = Field(description="Leeg: de hele organisatie, of zonder GI of maatregel.")
    deel: str
    kengetal: str = Field(description="De naam van de definitie; leeg als de cijfers zijn ingetrokken.")
    teller: int | None = Field(description="Leeg: onderdrukt, of ingetrokken.")
    noemer: int | None = Field(description="Leeg: onderdrukt, ingetrokken, of geen deel van een geheel.")
    onderdrukt: JaNee
    normen: str = Field(description="De versies van de normen met hun getallen.")
    digest: str = Field(description="Van de vastgestelde toets.")
    gepubliceerd_op: Tijdstip
    ingetrokken_op: Tijdstip | None
    reden_intrekking: str | None


class NormVersieOut(SchemaOut):
    """A version of a norm that decides about a key figure."""

    code: str
    versie: int
    geldig_van: DatumOfNiets
    geldig_tot: DatumOfNiets
    regel: str
    bron: str


class DefinitieOut(SchemaOut):
    """What a key figure or a dimension means; its address does not change."""

    naam: str
    soort: Literal["kengetal", "dimensie"]
    titel: str
    uitleg: str
    formule: str | None = Field(description="Leeg bij een dimensie.")
    bron: str
    adres: str
    normen: list[NormVersieOut]
