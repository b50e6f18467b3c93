"""Extra inzet at the door."""

from typing import Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.models.soorten import SOORTEN
from app.schemas.velden import Datum, Id, JaNee, KindId, ListFilter, Regel, SchemaIn, SchemaOut, Tekst, Tijdstip
from app.schemas.zorg import MetZorg


class ExtraInzetFilter(ListFilter):
    """The query of the list of extra inzetten."""

    afgesloten: bool = Field(default=False, description="Ook wat al is afgesloten.")
    mijn: bool = Field(
        default=False, description="Alleen die van u, die bij uw rol liggen, en die te laat zijn en naar u opschalen."
    )
    zonder_eigenaar: bool = Field(default=False, description="Alleen die waar niemand persoonlijk van is.")
    te_laat: bool = Field(default=False, description="Alleen die open zijn en te laat.")
    met_zorg: bool = Field(default=False, description="Met naam, nummer, plaatsing, begeleider en team van het kind.")


class OverdrachtIn(SchemaIn):
    """Who takes over, and why."""

    eigenaar_id: UUID = Field(description="De medewerker die het overneemt.")
    reden: Tekst


class AfsluitingIn(SchemaIn):
    """Why it can be closed: the event that repaired it, or a decision with its reason."""

    feit_soort: Regel | None = Field(default=None, description="Soort van het feit, zoals kindgesprek.")
    feit_id: UUID | None = None
    reden: Tekst | None = Field(default=None, description="Het besluit van een gedragswetenschapper, met redenen.")

    @model_validator(mode="after")
    def one_ground(self) -> Self:
        """Ask for one ground, and a whole one."""
        fact = (self.feit_soort is not None, self.feit_id is not None)
        if all(fact) == (self.reden is not None) or any(fact) != all(fact):
            raise PydanticCustomError("grond", "Geef feitSoort en feitId, of een reden.", {"code": "verplicht"})
        if self.feit_soort is not None and self.feit_soort not in SOORTEN:
            raise PydanticCustomError("soort", "Deze soort bestaat niet.", {"code": "ongeldige_waarde"})
        return self


class ExtraInzetStapOut(SchemaOut):
    """A step of an extra inzet."""

    nummer: int
    soort: str
    eigenaar_id: UUID | None
    eigenaar_rol: str
    op: Tijdstip
    door: UUID | None
    reden: str | None
    feit_soort: str | None
    feit_id: UUID | None


class ExtraInzetOut(SchemaOut):
    """What an audit demanded for a child, and how it stands."""

    id: Id
    versie: int
    pleegkind_id: KindId
    kwartaaltoets_id: UUID
    kwartaal: str
    criteria: list[str]
    uiterlijk: Datum
    te_laat: JaNee
    aangemaakt_op: Tijdstip
    afgesloten: JaNee
    eigenaar_id: UUID | None
    eigenaar_rol: str
    zonder_eigenaar: JaNee = Field(description="Niemand die er nu werkt is er persoonlijk van.")
    laatste_stap_op: Tijdstip
    reden: str | None
    feit_soort: str | None
    feit_id: UUID | None
    zorg: MetZorg = None


class ExtraInzetMetStappenOut(ExtraInzetOut):
    """The same, with everything that happened to it."""

    stappen: list[ExtraInzetStapOut]
