"""What becomes of a column when a child, or who has authority over it, is given the file (ADR 0018)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Plaats(StrEnum):
    """What becomes of the value of a column."""

    #: codes, dates, yes and no, and the child's own data: as they are
    TONEN = "tonen"
    #: what people wrote: names of third parties and BSNs are taken out
    TEKST = "tekst"
    #: what the child said or felt: the same, and to others than the child only when that was decided
    EIGEN_WOORDEN = "eigen_woorden"
    #: a medewerker of the organisatie: by name and rol
    MEDEWERKER = "medewerker"
    #: something else in the same file: by its id
    FEIT = "feit"
    #: a pleeggezin: by a number that counts only here
    GEZIN = "gezin"
    #: the name of a third party: never
    DERDE = "derde"
    #: of no meaning to who reads it, or about somebody else
    WEG = "weg"


Kolommen = Mapping[str, Plaats]

_TONEN, _TEKST, _WEG = Plaats.TONEN, Plaats.TEKST, Plaats.WEG

#: what every version of a fact has
VERSIE: Final[Kolommen] = {
    "id": _WEG, "eerste_id": _WEG, "feit_id": _WEG, "uid": _TONEN, "organisatie_id": _WEG, "nummer": _TEKST,
    "versie": _TONEN, "vervangt_id": _WEG, "ingetrokken": _TONEN, "wijzigingsreden": _TEKST, "vastgelegd_op": _TONEN,
    "vastgelegd_door": Plaats.MEDEWERKER, "volgorde": _WEG,
}  # fmt: skip
#: Where a fact went or came from is another child's file; since when it was said decides what was recorded late.
FEIT_VAN_KIND: Final[Kolommen] = {
    **VERSIE, "verplaatst_van": _WEG, "verplaatst_naar": _WEG, "eerst_vastgelegd_op": _WEG,
}  # fmt: skip
