"""What the access log and the change log say."""

from enum import StrEnum


class InzageSoort(StrEnum):
    """What somebody came to do with files."""

    LEZEN = "lezen"
    ZOEKEN = "zoeken"
    EXPORT = "export"
    VASTLEGGEN = "vastleggen"


class InzageUitkomst(StrEnum):
    """How a look at files ended."""

    GETOOND = "getoond"
    NIET_GEVONDEN = "niet_gevonden"
    GEWEIGERD = "geweigerd"
    MISLUKT = "mislukt"


class Wijzigingshandeling(StrEnum):
    """What was done to a row; a correction or withdrawal of a fact adds a version and is ``gewijzigd``."""

    TOEGEVOEGD = "toegevoegd"
    GEWIJZIGD = "gewijzigd"
    VERWIJDERD = "verwijderd"
