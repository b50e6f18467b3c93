"""What asks for an answer, and what was done about it."""

from enum import StrEnum


class SignaalBron(StrEnum):
    """Who told it."""

    KIND = "kind"
    SCHOOL = "school"
    OUDER = "ouder"
    PLEEGOUDER = "pleegouder"
    POLITIE = "politie"
    ARTS = "arts"
    PROFESSIONAL = "professional"
    ANDER = "ander"


class VeiligThuis(StrEnum):
    """What a step of the meldcode asked of Veilig Thuis."""

    GEEN = "geen"
    ADVIES = "advies"
    MELDING = "melding"


class AanleidingSoort(StrEnum):
    """What can be an aanleiding: something that was seen or said, after which somebody must act."""

    KINDGESPREK = "kindgesprek"
    VEILIGHEIDSCHECK = "veiligheidscheck"
    SIGNAAL = "signaal"


class OpvolgstapSoort(StrEnum):
    """What was done about an aanleiding."""

    OVERLEG = "overleg"
    BESLUIT = "besluit"


class OverlegMet(StrEnum):
    """Whom somebody weighed a worry with."""

    GEDRAGSWETENSCHAPPER = "gedragswetenschapper"
    TEAMLEIDER = "teamleider"
    VEILIG_THUIS = "veilig_thuis"


class Opvolgbesluit(StrEnum):
    """What was decided about a worry."""

    GEEN_GEVAAR = "geen_gevaar"
    AFSPRAKEN = "afspraken"
    HULP = "hulp"
    MELDING_VEILIG_THUIS = "melding_veilig_thuis"
    UIT_HUIS = "uit_huis"


class Opvolgingfilter(StrEnum):
    """Which children or judgements a list is about: those on which somebody must still act."""

    OPEN = "open"


class UitzonderingSoort(StrEnum):
    """Whether an uitzondering is a plan of how to work towards a talk alone, or any other."""

    UITZONDERING = "uitzondering"
    ZICHTPLAN = "zichtplan"


class Uitzonderingstand(StrEnum):
    """Which uitzonderingen a list is about: those that wait for approval."""

    WACHT = "wacht"
