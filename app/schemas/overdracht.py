"""Handing the children of a medewerker to others."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.organisatie import OpenstaandOut
from app.schemas.velden import Datum, Id, SchemaIn, SchemaOut, Tekst


class KindOverdrachtIn(SchemaIn):
    """A child goes to another medewerker from a day on."""

    pleegkind_id: UUID
    medewerker_id: Annotated[UUID, Field(description="Wie het kind overneemt.")]
    van: Annotated[Datum, Field(description="Vanaf welke dag; een begeleiding die loopt, eindigt op die dag.")]


class MedewerkerOverdrachtIn(SchemaIn):
    """Children of one medewerker, each to another one; all of them, or none."""

    kinderen: list[KindOverdrachtIn] = Field(min_length=1, max_length=200)
    reden: Tekst


class OverdrachtUitkomstOut(SchemaOut):
    """What is left with a medewerker whose children were handed over."""

    id: Id
    openstaand: OpenstaandOut
