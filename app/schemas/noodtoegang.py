"""Breaking the glass at the door."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.feiten.pleegkind import Bsn
from app.schemas.velden import Id, KindId, ListFilter, Regel, SchemaIn, SchemaOut, Tekst, Tijdstip
from app.terms import Rol

#: characters; what is shorter gives no reason
MIN_REDEN = 20


class NoodtoegangIn(SchemaIn):
    """Which child, by one of the three, and why; no name: what is opened must be one child, and the right one."""

    pleegkind_id: UUID | None = None
    nummer: Regel | None = None
    bsn: Bsn | None = None
    reden: Annotated[
        Tekst,
        Field(min_length=MIN_REDEN, description="Waarom u dit dossier nu moet kunnen zien; de teamleider leest mee."),
    ]


class BesprekingIn(SchemaIn):
    """What was said of it."""

    toelichting: Tekst


class NoodtoegangFilter(ListFilter):
    """The query of the list of opened files."""

    besproken: bool | None = Field(default=None, description="Alleen wat wel of niet is besproken.")


class NoodtoegangOut(SchemaOut):
    """A file that was opened: by whom, why, until when, and whether it was talked about."""

    id: Id
    versie: int = Field(description="1 zoals geopend, 2 na bespreking.")
    pleegkind_id: KindId
    medewerker_id: UUID
    rol: Rol
    reden: str
    geopend_op: Tijdstip
    geldig_tot: Tijdstip = Field(description="Vanaf dit moment is het dossier weer dicht.")
    besproken_op: Tijdstip | None
    besproken_door: UUID | None
    toelichting: str | None
