"""The change log at the door."""

from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field

from app.schemas.velden import ChildrenUnder, Id, KindId, ListFilter, SchemaOut, Tijdstip
from app.terms import Wijzigingshandeling

_INHOUD = "De velden onder hun eigen naam. Van vrije tekst en namen staat er alleen dat er iets stond: verborgen."


#: columns of any table that say which child, under the names that they have here
KINDEREN: Final = ChildrenUnder(frozenset({"pleegkindId", "pleegkindUid", "anderId", "anderUid"}))
Inhoud = Annotated[dict[str, Any], KINDEREN]


class WijzigingenFilter(ListFilter):
    """The query of the change log."""

    pleegkind: UUID | None = Field(default=None, description="Alleen wat over dit kind is vastgelegd.")
    van: Tijdstip | None = Field(default=None, description="Vanaf dit moment.")
    tot: Tijdstip | None = Field(default=None, description="Tot dit moment.")


class DoorOut(SchemaOut):
    """Who wrote."""

    id: Id
    naam: str


class WijzigingOut(SchemaOut):
    """One row that was written: by whom, for which request, and what changed."""

    id: Id
    op: Tijdstip
    medewerker: DoorOut | None = Field(description="Leeg bij een opdracht van de dienst zelf, zoals een import.")
    handeling: Wijzigingshandeling = Field(
        description="Een correctie of intrekking van een feit is gewijzigd: er komt een versie bij."
    )
    soort: str = Field(description="Wat is geschreven, zoals kindgesprek.")
    onderwerp_id: UUID | None
    pleegkind_id: KindId | None = Field(description="Het kind waar het over gaat.")
    voor: Inhoud | None = Field(description="Wat er anders stond. " + _INHOUD)
    na: Inhoud | None = Field(description="Wat er nu staat. " + _INHOUD)
    reden: str | None
    verzoek_id: str | None
