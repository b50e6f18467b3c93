"""How a child was seen and spoken to."""

from enum import StrEnum


class GespreksVorm(StrEnum):
    """How a kindgesprek was held; only ``fysiek`` can count."""

    FYSIEK = "fysiek"
    BEELDBELLEN = "beeldbellen"
    TELEFOON = "telefoon"


class RedenNietAlleen(StrEnum):
    """Why a child was not spoken to alone (after England's reg. 29)."""

    KIND_WIL_NIET = "kind_wil_niet"
    TE_JONG = "te_jong"
    PLEEGOUDER_AANWEZIG = "pleegouder_aanwezig"
    ZIEK = "ziek"
    TOLK_NODIG = "tolk_nodig"
    KIND_AFWEZIG = "kind_afwezig"
    ANDERS = "anders"


class Gespreksplaats(StrEnum):
    """Where a talk was held."""

    THUIS = "thuis"
    SCHOOL = "school"
    BUITEN = "buiten"
    KANTOOR = "kantoor"
    ELDERS = "elders"


class Aanwezige(StrEnum):
    """Who else was there at a talk, or in the house."""

    PLEEGOUDER = "pleegouder"
    OUDER = "ouder"
    HUISGENOOT = "huisgenoot"
    JEUGDBESCHERMER = "jeugdbeschermer"
    TOLK = "tolk"
    ANDER = "ander"


#: with these a talk is still alone: no parent, foster parent or housemate is among them
BIJ_ALLEEN = frozenset({Aanwezige.JEUGDBESCHERMER, Aanwezige.TOLK, Aanwezige.ANDER})


class Veiligheidsgevoel(StrEnum):
    """Whether the child felt safe in the talk itself."""

    JA = "ja"
    TWIJFEL = "twijfel"
    NEE = "nee"
    ONBEKEND = "onbekend"


class Uitkomst(StrEnum):
    """Outcome of a veiligheidscheck."""

    VEILIG = "veilig"
    ZORGEN = "zorgen"
    ONVEILIG = "onveilig"
