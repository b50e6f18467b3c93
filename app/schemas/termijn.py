"""A judgement, as lists and dossiers show it."""

from uuid import UUID

from pydantic import Field

from app.norms.kwartaaltoets.kwartaal import LAAT_DAGEN
from app.schemas.velden import Datum, DatumOfNiets, Id, KindId, SchemaOut, Tijdstip
from app.schemas.zorg import MetZorg
from app.terms import NormCode, OnderwerpSoort, Stand, Zwaarte


class OnderwerpOut(SchemaOut):
    """What a norm is about."""

    soort: OnderwerpSoort
    id: UUID


class LaatsteOut(SchemaOut):
    """The last event that counted."""

    id: UUID
    datum: Datum


class TermijnOut(SchemaOut):
    """One judgement on the peildatum."""

    pleegkind_id: KindId
    norm: NormCode
    naam: str
    zwaarte: Zwaarte
    onderwerp: OnderwerpOut
    laatste: LaatsteOut | None
    uiterlijk: DatumOfNiets
    stand: Stand
    te_laat_sinds: DatumOfNiets
    dagen_te_laat: int | None
    uitzondering_id: UUID | None
    bron: str
    zorg: MetZorg = None


class TeldeNietOut(SchemaOut):
    """A later event that did not count, and why."""

    id: UUID
    datum: Datum
    soort: str
    reden: str


class UitlegOut(SchemaOut):
    """The answer to "why is this flagged?"."""

    regel: str
    bron: str
    laatste: LaatsteOut | None
    telden_niet: list[TeldeNietOut]
    uitzondering: str | None = Field(description="Welke uitzondering geldt, of waarom een uitzondering niet telt.")


class TermijnMetUitlegOut(TermijnOut):
    """A judgement with its explanation."""

    uitleg: UitlegOut


class TijdlijnRegel(SchemaOut):
    """One fact on a child's timeline."""

    id: Id
    soort: str
    datum: Datum
    nummer: str
    versie: int
    vastgelegd_op: Tijdstip
    laat_geregistreerd: bool = Field(
        description=f"Meer dan {LAAT_DAGEN} dagen na de gebeurtenis voor het eerst vastgelegd."
    )
    kenmerken: dict[str, str | bool | int | list[str] | None]
