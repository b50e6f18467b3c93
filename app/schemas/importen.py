"""A workbook at the door of the API, and what is wrong with it or became of it."""

from base64 import b64decode
from binascii import Error
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.schemas.velden import Getal, JaNee, SchemaIn, SchemaOut, Tijdstip

#: more faults are counted and not told: whoever has these mends them first
MEESTE_FOUTEN: Final = 1_000


def _workbook(value: object) -> object:
    """Return the bytes of a file that came as text in base64."""
    if isinstance(value, str):
        try:
            return b64decode(value, validate=True)
        except (Error, ValueError):
            pass
    raise PydanticCustomError(
        "bestand", "{zin}", {"code": "ongeldig_bestand", "zin": "Stuur het werkboek als tekst in base64."}
    )


Werkboekbestand = Annotated[
    bytes, BeforeValidator(_workbook), WithJsonSchema({"type": "string", "contentEncoding": "base64"})
]


class ImportIn(SchemaIn):
    """A workbook of the own organisatie."""

    bestand: Werkboekbestand = Field(description="Een .xlsx, als base64.")
    proef: JaNee = Field(default=True, description="Alleen controleren: er wordt niets geschreven.")


class ImportfoutOut(SchemaOut):
    """One fault."""

    blad: str
    rij: Getal = Field(description="0: het hele blad.")
    kolom: str = Field(description="Leeg: de hele rij.")
    code: str
    melding: str


class ImportbladOut(SchemaOut):
    """What became, or would become, of one sheet."""

    blad: str
    rijen: Getal
    nieuw: Getal
    gewijzigd: Getal
    ongewijzigd: Getal
    ingetrokken: Getal = Field(description="Ingetrokken door een mens, en daarom overgeslagen.")
    verdwenen: list[str] = Field(description="Nummers die niet meer in het werkboek staan; er verandert niets aan.")


class ImportOut(SchemaOut):
    """What an import did, or would do."""

    proef: JaNee
    geschreven: JaNee = Field(description="Of het werkboek is ingelezen.")
    bladen: list[ImportbladOut]
    waarschuwingen: list[str]
    aantal_fouten: Getal
    fouten: list[ImportfoutOut] = Field(description=f"Hooguit {MEESTE_FOUTEN}; met fouten wordt niets geschreven.")


class ImportstandOut(SchemaOut):
    """How far the last import is."""

    begonnen_op: Tijdstip
    bezig: JaNee
    afgelopen: JaNee = Field(description="Klaar, of geweigerd; niet bezig en niet afgelopen: afgebroken.")
    onderdeel: str = Field(description="Waar de import mee bezig is of het laatst was.")
    gedaan: int = Field(description="Hoeveel rijen daarvan zijn gedaan.")
    totaal: int
