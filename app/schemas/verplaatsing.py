"""Where a fact that was recorded with the wrong child belongs, in; per what it hangs on."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.models.soorten import Eigenaar
from app.schemas.velden import SchemaIn, Tekst

_REDEN = Field(description="Waarom; blijft in beide dossiers zichtbaar. Noem er geen ander kind in.")


class VerplaatsingIn(SchemaIn):
    """To another child."""

    pleegkind_id: UUID = Field(description="Het kind waar dit bij hoort.")
    reden: Annotated[Tekst, _REDEN]


class PlaatsingVerplaatsingIn(SchemaIn):
    """To a plaatsing of another child; or to the child, when only one plaatsing of it fits the day."""

    plaatsing_id: UUID | None = Field(default=None, description="De plaatsing waar dit bij hoort.")
    pleegkind_id: UUID | None = Field(
        default=None, description="Of het kind: dan de plaatsing waarin de dag valt, als dat er een is."
    )
    reden: Annotated[Tekst, _REDEN]


class SignaalVerplaatsingIn(SchemaIn):
    """To a signaal about another child."""

    signaal_id: UUID = Field(description="Het signaal waar deze stap bij hoort.")
    reden: Annotated[Tekst, _REDEN]


VERPLAATSINGEN: Mapping[Eigenaar, type[SchemaIn]] = {
    Eigenaar.PLEEGKIND: VerplaatsingIn,
    Eigenaar.PLAATSING: PlaatsingVerplaatsingIn,
    Eigenaar.SIGNAAL: SignaalVerplaatsingIn,
}
