"""The bounds that pages say, or hold a field to: each from the rule that keeps it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.invoer.tekst import MAX_REGEL
from app.invoer.uitzonderingen import MAX_UITZONDERING, MAX_ZICHTPLAN_MAANDEN
from app.norms.samenvoeging import TERMIJN
from app.schemas.belnummer import MAX_BELREGEL, MAX_TELEFOONNUMMER
from app.schemas.feiten.pleegkind import MIN_NAAM
from app.schemas.noodtoegang import MIN_REDEN
from app.schemas.toezicht import MAX_STEEKPROEF
from app.services.noodtoegangen import DUUR


@dataclass(frozen=True, slots=True)
class Veldgrenzen:
    """As numbers: of what, the page says; texts in characters."""

    regel: int = MAX_REGEL
    zoekletters: int = MIN_NAAM
    belnummer: int = MAX_BELREGEL
    telefoonnummer: int = MAX_TELEFOONNUMMER
    steekproef: int = MAX_STEEKPROEF
    uitzondering_dagen: int = MAX_UITZONDERING.days
    zichtplan_maanden: int = MAX_ZICHTPLAN_MAANDEN
    samenvoeging_dagen: int = TERMIJN.days
    noodtoegang_uren: int = DUUR // timedelta(hours=1)
    noodtoegang_reden: int = MIN_REDEN


GRENZEN: Final = Veldgrenzen()
#: rows of one list: more children than anybody guides; a whole organisatie has its search
MEESTE: Final = 500
