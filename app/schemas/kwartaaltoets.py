"""The quarterly audit at the door."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.norms.kwartaaltoets.inhoud import GroepKengetallen
from app.norms.kwartaaltoets.kwartaal import PATROON
from app.norms.kwartaaltoets.vergelijking import Verloop, Verschilsoort
from app.schemas.velden import DatumOfNiets, Id, JaNee, KindId, SchemaIn, SchemaOut, Tijdstip
from app.terms import Oorzaak, ToetsStatus

_Kwartaal = Annotated[str, Field(pattern=PATROON, description="Een kwartaal, zoals 2026-Q3.", examples=["2026-Q3"])]


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
