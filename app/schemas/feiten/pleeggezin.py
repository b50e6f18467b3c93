"""The foster family, its members and their VGBs, in and out."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.schemas.feiten.feit import FeitOut
from app.schemas.feiten.pleegkind import MIN_NAAM
from app.schemas.velden import Datum, DatumOfNiets, Regel, SchemaIn
from app.terms import GezinslidRol, GezinSoort, VgbStatus


class PleeggezinIn(SchemaIn):
    """A family."""

    naam: Regel
    soort: GezinSoort
    gemeente: Regel | None = None
    pleegcontract_op: DatumOfNiets = None


class PleeggezinOut(FeitOut):
    """A family as recorded."""

    naam: str
    soort: GezinSoort
    gemeente: str | None
    pleegcontract_op: DatumOfNiets


class PleeggezinZoekIn(SchemaIn):
    """What to search a family by; in the body, so that no name stands in an address."""

    naam: Annotated[Regel, Field(min_length=MIN_NAAM)]


class GezinslidIn(SchemaIn):
    """A member of the household."""

    naam: Regel
    geboortedatum: Datum
    rol: GezinslidRol
    inwonend_sinds: Datum
    inwonend_tot: DatumOfNiets = None


class GezinslidOut(FeitOut):
    """A member of the household as recorded."""

    pleeggezin_id: UUID
    naam: str
    geboortedatum: Datum
    rol: GezinslidRol
    inwonend_sinds: Datum
    inwonend_tot: DatumOfNiets


class VgbIn(SchemaIn):
    """A request for, or decision on, a VGB."""

    status: VgbStatus
    datum: Datum
    herscreening_uiterlijk: DatumOfNiets = None


class VgbOut(FeitOut):
    """A step of a VGB as recorded."""

    gezinslid_id: UUID
    status: VgbStatus
    datum: Datum
    herscreening_uiterlijk: DatumOfNiets
