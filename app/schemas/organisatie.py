"""Organisatie, team and medewerker, in and out."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, DatumOfNiets, Id, KindId, Regel, SchemaIn, SchemaOut
from app.terms import OrganisatieSoort, Rol

_VAN = Field(description="Vanaf welke dag; zonder: vanaf vandaag. Wat ervoor was, blijft zo heten.")
_SINDS = Field(
    description="Sinds welke dag bij dit team. Zonder: een eerste team vanaf altijd, een ander team vanaf vandaag."
)


class OrganisatieOut(SchemaOut):
    """A tenant."""

    id: Id
    code: str
    naam: str
    soort: OrganisatieSoort


class TeamIn(SchemaIn):
    """A team."""

    naam: Regel


class HernoemingIn(SchemaIn):
    """Another name for a team."""

    naam: Regel
    van: Annotated[DatumOfNiets, _VAN] = None


class SamenvoegingIn(SchemaIn):
    """A team goes up in another one."""

    opgegaan_in: Annotated[UUID, Field(description="Het team waar de medewerkers voortaan bij horen.")]
    van: Annotated[DatumOfNiets, _VAN] = None


class SluitingIn(SchemaIn):
    """A team that is empty ends."""

    van: Annotated[DatumOfNiets, _VAN] = None


class TeamOut(SchemaOut):
    """A team as it is called today."""

    id: Id
    naam: str
    gesloten_per: DatumOfNiets
    opgegaan_in: UUID | None


class AccountIn(SchemaIn):
    """How a medewerker signs in: the pair in the token of the identity provider."""

    issuer: Regel
    subject: Regel


class MedewerkerIn(SchemaIn):
    """A professional."""

    naam: Regel
    email: Regel | None = None
    rol: Rol
    team_id: UUID | None = None
    team_sinds: Annotated[DatumOfNiets, _SINDS] = None
    account: AccountIn | None = None


class OpenBegeleidingOut(SchemaOut):
    """A child that the medewerker guides, or will guide."""

    pleegkind_id: KindId
    plaatsing_id: UUID
    begeleiding_id: UUID
    van: Datum
    tot: DatumOfNiets


class OpenExtraInzetOut(SchemaOut):
    """An extra inzet that the medewerker answers for."""

    id: Id
    pleegkind_id: KindId
    uiterlijk: Datum


class OpenActieOut(SchemaOut):
    """An agreed action that the medewerker is to do."""

    id: Id
    pleegkind_id: KindId
    uiterlijk: Datum


class OpenstaandOut(SchemaOut):
    """What is still with a medewerker."""

    begeleidingen: list[OpenBegeleidingOut]
    extra_inzetten: list[OpenExtraInzetOut]
    acties: list[OpenActieOut]


class MedewerkerOut(FeitOut):
    """A professional as recorded."""

    naam: str
    email: str | None
    rol: Rol
    team_id: UUID | None
    team_sinds: DatumOfNiets
    openstaand: Annotated[
        OpenstaandOut | None,
        Field(description="Alleen na een intrekking: wat nog bij de medewerker openstaat."),
    ] = None
