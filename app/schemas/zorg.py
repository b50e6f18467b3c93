"""Where a child of a list is, and with whom: what a client else asks for child by child."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.velden import Datum, DatumOfNiets, SchemaOut
from app.terms import PlaatsingVorm


class ZorgOut(SchemaOut):
    """A child by name, where it lives on the peildatum and who guides it there; empty where that is not so.

    No field is called id: a list of children is a list of their ids, for the access log too.
    """

    nummer: str
    roepnaam: str
    achternaam: str
    geboortedatum: Datum
    plaatsing_id: UUID | None
    plaatsing_van: DatumOfNiets
    vorm: PlaatsingVorm | None
    pleeggezin_id: UUID | None
    pleeggezin_naam: str | None
    begeleider_id: UUID | None
    begeleider_naam: str | None
    vertrokken_begeleider_id: UUID | None = Field(
        description="Wie het kind begeleidde en uit dienst is; niemand nam over."
    )
    vertrokken_begeleider_naam: str | None
    vervanger_id: UUID | None = Field(description="Wie invalt voor de begeleider, als die er niet is.")
    vervanger_naam: str | None
    team_id: UUID | None
    team_naam: str | None


#: of a line of a list: there when it was asked for, and else not at all
MetZorg = Annotated[
    ZorgOut | None,
    Field(
        exclude_if=lambda value: value is None,
        description="Alleen met metZorg: waar het kind woont en wie het begeleidt.",
    ),
]
