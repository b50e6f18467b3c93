"""Where a fact that was recorded with the wrong child belongs, in; per what it hangs on."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.models import Feit, Opvolgstap
from app.models.soorten import Eigenaar, FeitSoort
from app.schemas.feiten.feit import MetWijzigingsreden
from app.schemas.velden import SchemaIn, Tekst

_EEN = "Een van de drie: de aanleiding van dat kind waar de stap over gaat."
_REDEN = Field(description="Waarom; blijft in beide dossiers zichtbaar. Noem er geen ander kind in.")


class VerplaatsingIn(MetWijzigingsreden):
    """To another child."""

    pleegkind_id: UUID = Field(description="Het kind waar dit bij hoort.")
    wijzigingsreden: Annotated[Tekst, _REDEN]


class PlaatsingVerplaatsingIn(MetWijzigingsreden):
    """To a plaatsing of another child; or to the child, when only one plaatsing of it fits the day."""

    plaatsing_id: UUID | None = Field(default=None, description="De plaatsing waar dit bij hoort.")
    pleegkind_id: UUID | None = Field(
        default=None, description="Of het kind: dan de plaatsing waarin de dag valt, als dat er een is."
    )
    wijzigingsreden: Annotated[Tekst, _REDEN]


class SignaalVerplaatsingIn(MetWijzigingsreden):
    """To a signaal about another child."""

    signaal_id: UUID = Field(description="Het signaal waar deze stap bij hoort.")
    wijzigingsreden: Annotated[Tekst, _REDEN]


class OpvolgstapVerplaatsingIn(VerplaatsingIn):
    """To another child, and there to the talk, the veiligheidscheck or the signaal that the step is about."""

    kindgesprek_id: UUID | None = Field(default=None, description=_EEN)
    veiligheidscheck_id: UUID | None = Field(default=None, description=_EEN)
    signaal_id: UUID | None = Field(default=None, description=_EEN)


_PER_EIGENAAR: Mapping[Eigenaar, type[SchemaIn]] = {
    Eigenaar.PLEEGKIND: VerplaatsingIn,
    Eigenaar.PLAATSING: PlaatsingVerplaatsingIn,
    Eigenaar.SIGNAAL: SignaalVerplaatsingIn,
}
_PER_SOORT: Mapping[type[Feit], type[SchemaIn]] = {Opvolgstap: OpvolgstapVerplaatsingIn}


def verplaatsing_of(soort: FeitSoort) -> type[SchemaIn]:
    """Return the model of a move of a kind."""
    return _PER_SOORT.get(soort.model) or _PER_EIGENAAR[soort.eigenaar]
