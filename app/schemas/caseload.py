"""How many children somebody guides, and of how many something is open or late."""

from uuid import UUID

from pydantic import Field

from app.norms.standen import LANG_DAGEN
from app.schemas.velden import SchemaOut


class CaseloadTellingOut(SchemaOut):
    """The children of one begeleider, or those whom nobody guides, in numbers."""

    begeleider_id: UUID | None = Field(description="Leeg: deze kinderen hebben vandaag geen begeleider.")
    begeleider_naam: str | None
    vertrokken_begeleider_id: UUID | None = Field(description="Wie deze kinderen begeleidde en uit dienst is.")
    vertrokken_begeleider_naam: str | None
    team_id: UUID | None
    team_naam: str | None
    kinderen: int
    opvolging_open: int = Field(description="Voor hoeveel van hen na een zorg nog iets moet gebeuren.")
    te_laat: int = Field(description="Van hoeveel van hen een norm te laat is, streefnormen niet meegeteld.")
    lang_te_laat: int = Field(description=f"Van hoeveel van hen een norm meer dan {LANG_DAGEN} dagen te laat is.")
