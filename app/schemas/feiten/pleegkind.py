"""The child, in and out. A BSN goes in and never comes out."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.lib.elfproef import is_geldig_bsn
from app.schemas.feiten.feit import FeitOut
from app.schemas.velden import Datum, DatumOfNiets, EigenKindId, JaNee, Regel, SchemaIn, SchemaOut
from app.schemas.zorg import MetZorg
from app.terms import Geslacht, Stand


def _elfproef(value: str) -> str:
    if not is_geldig_bsn(value):
        raise PydanticCustomError("bsn_elfproef", "Dit is geen geldig BSN.", {"code": "bsn_elfproef"})
    return value


Bsn = Annotated[str, Field(min_length=9, max_length=9), AfterValidator(_elfproef)]


class PleegkindIn(SchemaIn):
    """A child."""

    roepnaam: Regel
    achternaam: Regel
    geboortedatum: Datum
    geslacht: Geslacht | None = None
    bsn: Bsn | None = None
    toch_nieuw: JaNee = Field(
        default=False, description="Ook als er al een kind is met deze naam en geboortedatum: dit is een ander."
    )


class PleegkindOut(FeitOut):
    """A child as recorded."""

    id: EigenKindId
    roepnaam: str
    achternaam: str
    geboortedatum: Datum
    geslacht: Geslacht | None


class CaseloadRegel(SchemaOut):
    """A child in a list, with what the rule says of it on the peildatum."""

    id: EigenKindId
    nummer: str
    roepnaam: str
    achternaam: str
    geboortedatum: Datum
    stand: Stand | None = Field(description="De slechtste stand van zwaarte norm; leeg: geen norm van toepassing.")
    streef_stand: Stand | None = Field(description="De slechtste stand van zwaarte streef.")
    aantal_te_laat: int = Field(description="Hoeveel normen te laat zijn, streefnormen niet meegeteld.")
    uiterlijk: DatumOfNiets = Field(description="De eerste uiterlijke dag van wat te laat is of nadert.")
    zorg: MetZorg = None


#: letters of a name to search by: of one there are too many children
MIN_NAAM = 2


class PleegkindZoekIn(SchemaIn):
    """What to search a child by; in the body, so that no name or BSN stands in an address."""

    naam: Regel | None = Field(default=None, min_length=MIN_NAAM)
    bsn: Bsn | None = None
