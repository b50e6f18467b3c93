"""Two files of one child at the door."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.velden import Id, KindId, ListFilter, SchemaIn, SchemaOut, Tekst, Tijdstip
from app.terms import Samenvoegingsstand


class DossierSamenvoegingIn(SchemaIn):
    """Which file goes up in that of the child in the path, and why."""

    ander_kind_id: Annotated[UUID, Field(description="Het kind in het andere dossier, dat opgaat in dit dossier.")]
    reden: Annotated[Tekst, Field(description="Waaruit blijkt dat het om een kind gaat. Zonder namen.")]


class DossierHerstelIn(SchemaIn):
    """Why it is undone."""

    reden: Annotated[Tekst, Field(description="Waarom het toch twee kinderen zijn. Zonder namen.")]


class DossierSamenvoegingFilter(ListFilter):
    """The query of the list of proposals."""

    stand: Samenvoegingsstand | None = None
    kan_nog: bool = Field(default=False, description="Alleen wat vandaag nog kan worden goedgekeurd of hersteld.")
    van_anderen: bool = Field(default=False, description="Zonder wat u zelf voorstelde: dat keurt een ander goed.")


class DossierSamenvoegingOut(SchemaOut):
    """A proposal and what was decided of it."""

    id: Id
    versie: int = Field(description="1 zoals voorgesteld, 2 na goedkeuring, 3 na herstel.")
    pleegkind_id: KindId = Field(description="Het kind van het dossier dat blijft.")
    ander_kind_id: KindId = Field(description="Het kind van het dossier dat erin opgaat; leidt daarna naar het eerste.")
    ander_nummer: str = Field(description="Het nummer van dat dossier; leidt daarna ook naar het eerste.")
    reden: str
    voorgesteld_op: Tijdstip
    voorgesteld_door: UUID
    goed_te_keuren_tot: Tijdstip = Field(description="Tot dan kan een ander het voorstel goedkeuren.")
    stand: Samenvoegingsstand
    goedgekeurd_op: Tijdstip | None
    goedgekeurd_door: UUID | None
    herstelbaar_tot: Tijdstip | None = Field(description="Tot dan kan de samenvoeging worden hersteld.")
    hersteld_op: Tijdstip | None
    hersteld_door: UUID | None
    reden_herstel: str | None
