"""The quarterly audit at the door."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field

from app.norms.kwartaaltoets.inhoud import GroepKengetallen
from app.norms.kwartaaltoets.kwartaal import PATROON
from app.norms.kwartaaltoets.vergelijking import Verloop, Verschilsoort
from app.schemas.velden import DatumOfNiets, Id, JaNee, KindId, SchemaIn, SchemaOut, Tijdstip
from app.terms import Oorzaak, Toetsformaat, Toetsopdrachtsoort, Toetsopdrachtstand, ToetsStatus

_Kwartaal = Annotated[str, Field(pattern=PATROON, description="Een kwartaal, zoals 2026-Q3.", examples=["2026-Q3"])]


MET_NAMEN: Final = "Met namen, in xlsx en pdf; niet om te delen."


class KwartaaltoetsIn(SchemaIn):
    """What is asked: a quarter, and the frozen audit that the new one corrects."""

    kwartaal: _Kwartaal
    vervangt: UUID | None = Field(default=None, description="De vastgestelde toets die deze corrigeert.")


class KwartaaltoetsOut(SchemaOut):
    """An audit without its rows."""

    id: Id
    kwartaal: _Kwartaal
    versie: int
    status: ToetsStatus
    bekend_op: Tijdstip = Field(description="Getoetst is wat er op dit moment in de dossiers stond.")
    aangemaakt_op: Tijdstip
    aangemaakt_door: UUID | None
    vastgesteld_op: Tijdstip | None
    vastgesteld_door: UUID | None
    rijen: int
    digest: str = Field(description="SHA-256 over de canonieke JSON; staat op elke export.")
    vervangt: UUID | None
    vervangen_door: UUID | None


class ToetsexportIn(SchemaIn):
    """Which file is asked of an audit."""

    formaat: Toetsformaat = Field(default=Toetsformaat.JSON, description="csv, json, xlsx of pdf.")
    namen: JaNee = Field(default=False, description=MET_NAMEN)


class ToetsopdrachtOut(SchemaOut):
    """What is made of an audit beside a request, how far it is, and where it is when it is made."""

    id: Id
    soort: Toetsopdrachtsoort
    kwartaal: _Kwartaal
    stand: Toetsopdrachtstand = Field(description="wacht, bezig, gemaakt of mislukt; een dag later is zij weg.")
    formaat: Toetsformaat | None = Field(description="Van een export.")
    namen: JaNee
    gevraagd_op: Tijdstip
    begonnen_op: Tijdstip | None
    geeindigd_op: Tijdstip | None
    gedaan: int = Field(description="Hoeveel kinderen daarvan zijn gedaan.")
    totaal: int
    fout: str | None = Field(description="Waarom er niets van kwam, in een zin.")
    resultaat: str | None = Field(description="Waar het is dat is gemaakt.")

    @classmethod
    def of(cls, opdracht: Mapping[str, Any]) -> "ToetsopdrachtOut":
        """Return an order with the address of what was made."""
        where = None
        if opdracht["stand"] is Toetsopdrachtstand.GEMAAKT:
            where = f"/v1/kwartaaltoetsen/{opdracht['toets_uid']}"
            if opdracht["soort"] is Toetsopdrachtsoort.EXPORT:
                where = f"/v1/toetsopdrachten/{opdracht['uid']}/export{'?namen=true' if opdracht['namen'] else ''}"
        return cls.model_validate({**opdracht, "resultaat": where})


class KengetallenOut(SchemaOut):
    """The key figures of an audit, and of the quarters before it that were frozen."""

    kwartaal: _Kwartaal
    groepen: list[GroepKengetallen]
    trend: dict[str, GroepKengetallen] = Field(description="Per kwartaal de hele organisatie, het oudste eerst.")


class VeldverschilOut(SchemaOut):
    """A cell that differs."""

    veld: str
    was: str | None
    wordt: str | None


class AanleidingOut(SchemaOut):
    """What was recorded since and can explain a difference."""

    oorzaak: Oorzaak
    soort: str
    id: UUID
    datum: DatumOfNiets
    vastgelegd_op: Tijdstip
    reden: str | None


class VerschilOut(SchemaOut):
    """A child about whom the audit would say something else."""

    pleegkind_id: KindId
    pleegkind_nummer: str
    soort: Verschilsoort
    velden: list[VeldverschilOut]
    aanleidingen: list[AanleidingOut]


class KindverloopOut(SchemaOut):
    """How a child went since the quarter before."""

    pleegkind_id: KindId
    pleegkind_nummer: str
    verloop: Verloop
    was_navolgbaar: JaNee | None
    is_navolgbaar: JaNee | None


class VergelijkingOut(SchemaOut):
    """An audit beside what is known now, and beside the quarter before."""

    bekend_op: Tijdstip | None = Field(description="Met welke kennis vergeleken is; leeg: alles tot nu.")
    verschillen: list[VerschilOut]
    vorig_kwartaal: UUID | None = Field(description="De toets van het kwartaal ervoor; leeg als die er niet is.")
    verloop: list[KindverloopOut]


def show_verklaring(one: Any) -> dict[str, Any]:
    """Return the fields of ``VerschilOut`` from a difference with its causes."""
    found = one.verschil
    return {
        "pleegkind_id": found.pleegkind_id,
        "pleegkind_nummer": found.pleegkind_nummer,
        "soort": found.soort,
        "velden": found.velden,
        "aanleidingen": one.aanleidingen,
    }
