"""A child in a family, and its begeleider there, in and out."""

from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, DatumOfNiets, KindId, Regel, SchemaIn
from app.terms import PlaatsingVorm, Zorgvorm


class PlaatsingVelden(SchemaIn):
    """What can be corrected of a plaatsing; one of the wrong child is withdrawn and recorded anew."""

    pleeggezin_id: UUID
    vorm: PlaatsingVorm
    zorgvorm: Zorgvorm
    van: Datum
    tot: DatumOfNiets = Field(default=None, description="De dag van vertrek, ook als die gepland is.")
    eindreden: Regel | None = None


class PlaatsingIn(PlaatsingVelden):
    """A new plaatsing."""

    pleegkind_id: UUID


class PlaatsingOut(FeitOut):
    """A plaatsing as recorded."""

    pleegkind_id: KindId
    pleeggezin_id: UUID
    vorm: PlaatsingVorm
    zorgvorm: Zorgvorm
    van: Datum
    tot: DatumOfNiets
    eindreden: str | None


class BeeindigingIn(SchemaIn):
    """The end of a plaatsing."""

    tot: Datum = Field(description="De dag van vertrek.")
    eindreden: Regel


class BegeleidingIn(SchemaIn):
    """Who is the begeleider of a plaatsing."""

    medewerker_id: UUID
    van: Datum
    tot: DatumOfNiets = None


class BegeleidingOut(FeitOut):
    """A begeleiding as recorded."""

    plaatsing_id: UUID
    medewerker_id: UUID
    van: Datum
    tot: DatumOfNiets
