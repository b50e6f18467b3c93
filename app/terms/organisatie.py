"""What organisaties, their teams and their people are."""

from enum import StrEnum


class Rol(StrEnum):
    """The rol of a medewerker; decides permissions and scope."""

    PLEEGZORGBEGELEIDER = "pleegzorgbegeleider"
    GEDRAGSWETENSCHAPPER = "gedragswetenschapper"
    TEAMLEIDER = "teamleider"
    KWALITEITSMEDEWERKER = "kwaliteitsmedewerker"
    BEHEERDER = "beheerder"
    INSPECTEUR = "inspecteur"


class OrganisatieSoort(StrEnum):
    """What kind of tenant an organisatie is."""

    AANBIEDER = "aanbieder"
    GI = "gi"
    INSPECTIE = "inspectie"


class TeamwijzigingSoort(StrEnum):
    """What becomes of a team from a day on."""

    HERNOEMING = "hernoeming"
    SAMENVOEGING = "samenvoeging"
    SLUITING = "sluiting"
