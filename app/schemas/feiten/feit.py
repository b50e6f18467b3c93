"""What every recorded fact shows, what a correction and a withdrawal ask, and how a correction is made of an In."""

from functools import cache
from typing import Annotated, Any, cast
from uuid import UUID

from pydantic import Field, create_model

from app.schemas.velden import Id, JaNee, SchemaIn, SchemaOut, Tekst, Tijdstip

_REDEN = Field(description="Waarom; blijft bij de oude en de nieuwe versie zichtbaar.")


class FeitOut(SchemaOut):
    """The part of a fact that does not depend on its kind."""

    id: Id
    nummer: str
    versie: int
    vastgelegd_op: Tijdstip
    vastgelegd_door: UUID | None
    ingetrokken: JaNee
    wijzigingsreden: str | None


class IntrekkingIn(SchemaIn):
    """The withdrawal of a fact."""

    reden: Annotated[Tekst, _REDEN]


@cache
def correctie_of(schema: type[SchemaIn]) -> type[SchemaIn]:
    """Return the model of a correction: ``reden``, and any of the fields of ``schema``; what is left out stays.

    A field of the fact that is itself called reden is corrected as ``nieuweReden``.
    """
    return _partial(schema, "CorrectieIn", {"reden": (Annotated[Tekst, _REDEN], ...)})


@cache
def wijziging_of(schema: type[SchemaIn]) -> type[SchemaIn]:
    """Return the model of a PATCH: any of the fields of ``schema``, and a reason when there is one to give."""
    return _partial(schema, "WijzigingIn", {"wijzigingsreden": (Annotated[Tekst, _REDEN], "gewijzigd")})


def _partial(schema: type[SchemaIn], suffix: str, fields: dict[str, Any]) -> type[SchemaIn]:
    """Return a model of ``fields`` and of every field of ``schema``, none of those obliged."""
    for name, info in schema.model_fields.items():
        own = "nieuwe_reden" if name == "reden" else name
        kind = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        fields[own] = (kind, Field(default=None, description=info.description))
    name = schema.__name__.removesuffix("In").removesuffix("Velden") + suffix
    return cast("type[SchemaIn]", create_model(name, __base__=SchemaIn, __doc__="Wat anders wordt.", **fields))


def changes_of(correctie: SchemaIn) -> dict[str, Any]:
    """Return what a correction or PATCH changes, by column."""
    about = {"reden", "wijzigingsreden"}
    given = {name: getattr(correctie, name) for name in correctie.model_fields_set - about}
    if "nieuwe_reden" in given:
        given["reden"] = given.pop("nieuwe_reden")
    return given


def content_of(schema: SchemaIn) -> dict[str, Any]:
    """Return what a new fact says, by column."""
    return {name: getattr(schema, name) for name in type(schema).model_fields}
