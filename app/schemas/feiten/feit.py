"""What every recorded fact shows, what a correction and a withdrawal ask, and how a correction is made of an In."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, cast
from uuid import UUID

from pydantic import ConfigDict, Field, create_model, model_validator

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


def _first_names_too(schema: dict[str, Any]) -> None:
    """Let a schema tell of the names that the fields of a new version had first, and that are still understood."""
    known = schema["properties"]
    if "reden" in known:
        known["nieuweReden"] = {**known["reden"], "title": "Nieuwereden", "deprecated": True}
    else:
        known["reden"] = {**known["wijzigingsreden"], "title": "Reden", "deprecated": True}
    schema["required"].remove("wijzigingsreden")
    schema["anyOf"] = [{"required": ["wijzigingsreden"]}, {"required": ["reden"]}]


class MetWijzigingsreden(SchemaIn):
    """What makes a new version: why, under the name by which the version shows it."""

    model_config = ConfigDict(json_schema_extra=_first_names_too)

    wijzigingsreden: Annotated[Tekst, _REDEN]

    @model_validator(mode="before")
    @classmethod
    def _understand_first_names(cls, given: Any) -> Any:
        """Read ``reden`` as the reason where the reason is missing; ``nieuweReden`` is then the field ``reden``."""
        if not isinstance(given, Mapping) or "wijzigingsreden" in given or "reden" not in given:
            return given
        names = {"reden": "wijzigingsreden", "nieuweReden": "reden"}
        return {names.get(name, name): value for name, value in given.items()}


class IntrekkingIn(MetWijzigingsreden):
    """The withdrawal of a fact."""


@cache
def correctie_of(schema: type[SchemaIn]) -> type[SchemaIn]:
    """Return the model of a correction: why, and any of the fields of ``schema``; what is left out stays."""
    return _partial(schema, "CorrectieIn", MetWijzigingsreden)


@cache
def wijziging_of(schema: type[SchemaIn]) -> type[SchemaIn]:
    """Return the model of a PATCH: any of the fields of ``schema``, and a reason when there is one to give."""
    reden: dict[str, Any] = {"wijzigingsreden": (Annotated[Tekst, _REDEN], "gewijzigd")}
    return _partial(schema, "WijzigingIn", SchemaIn, reden)


def _partial(
    schema: type[SchemaIn], suffix: str, base: type[SchemaIn], fields: Mapping[str, Any] = MappingProxyType({})
) -> type[SchemaIn]:
    """Return a model of ``base``, of ``fields`` and of every field of ``schema``, none of those obliged."""
    partial = dict(fields)
    for name, info in schema.model_fields.items():
        kind = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        partial[name] = (kind, Field(default=None, description=info.description))
    name = schema.__name__.removesuffix("In").removesuffix("Velden") + suffix
    return cast("type[SchemaIn]", create_model(name, __base__=base, __doc__="Wat anders wordt.", **partial))


def changes_of(correctie: SchemaIn) -> dict[str, Any]:
    """Return what a correction or PATCH changes, by column."""
    return {name: getattr(correctie, name) for name in correctie.model_fields_set - {"wijzigingsreden"}}


def content_of(schema: SchemaIn) -> dict[str, Any]:
    """Return what a new fact says, by column."""
    return {name: getattr(schema, name) for name in type(schema).model_fields}
