"""Where and how a child lives: the child, the family, the plaatsing and its legal basis."""

from enum import StrEnum


class Geslacht(StrEnum):
    """Geslacht of a pleegkind."""

    M = "m"
    V = "v"
    X = "x"


class GezinSoort(StrEnum):
    """Whether a pleeggezin was recruited (bestand) or comes from the child's own network."""

    BESTAND = "bestand"
    NETWERK = "netwerk"


class GezinslidRol(StrEnum):
    """What a member of the household is there."""

    PLEEGOUDER = "pleegouder"
    INWONENDE = "inwonende"


class VgbStatus(StrEnum):
    """Steps and decisions of a verklaring van geen bezwaar; ``aangevraagd`` is no decision."""

    AANGEVRAAGD = "aangevraagd"
    AFGEGEVEN = "afgegeven"
    GEWEIGERD = "geweigerd"
    INGETROKKEN = "ingetrokken"


class PlaatsingVorm(StrEnum):
    """How a child lives in the family; ``voltijd`` in the norms means voltijd or crisis."""

    VOLTIJD = "voltijd"
    DEELTIJD = "deeltijd"
    CRISIS = "crisis"


class Zorgvorm(StrEnum):
    """Pleegzorg or gezinshuis."""

    PLEEGZORG = "pleegzorg"
    GEZINSHUIS = "gezinshuis"


class MaatregelSoort(StrEnum):
    """Legal basis of the care during a period."""

    VRIJWILLIG = "vrijwillig"
    OTS = "ots"
    VOOGDIJ_GI = "voogdij_gi"
    PLEEGOUDERVOOGDIJ = "pleegoudervoogdij"
    JEUGDRECLASSERING = "jeugdreclassering"


class VertrouwenspersoonSoort(StrEnum):
    """Where a vertrouwenspersoon comes from."""

    NETWERK = "netwerk"
    JEUGDSTEM = "jeugdstem"
