"""The organisaties of the demo and the users that one can log in as (``afspraken.md`` §3)."""

from dataclasses import dataclass

from app.terms import OrganisatieSoort, Rol

DEMO, IGJ, ANDER = "DEMO", "IGJ", "ANDER"


@dataclass(frozen=True, slots=True)
class DemoOrganisatie:
    """A tenant of the demo; the index goes into the uids of its facts."""

    code: str
    naam: str
    soort: OrganisatieSoort
    index: int


@dataclass(frozen=True, slots=True)
class Gebruiker:
    """A demo user: the name to log in with, and who that is."""

    gebruikersnaam: str
    naam: str
    rol: Rol
    in_team: bool = False


ORGANISATIES = {
    DEMO: DemoOrganisatie(DEMO, "Pleegzorg Voorbeeldland (verzonnen)", OrganisatieSoort.AANBIEDER, 0),
    IGJ: DemoOrganisatie(IGJ, "Inspectie Voorbeeldland (verzonnen)", OrganisatieSoort.INSPECTIE, 1),
    ANDER: DemoOrganisatie(ANDER, "Pleegzorg Elders (verzonnen)", OrganisatieSoort.AANBIEDER, 2),
}

BEGELEIDER = Gebruiker("begeleider", "Anne Bakker", Rol.PLEEGZORGBEGELEIDER, in_team=True)
BEGELEIDER2 = Gebruiker("begeleider2", "Mehmet Kaya", Rol.PLEEGZORGBEGELEIDER, in_team=True)
GEDRAGSWETENSCHAPPER = Gebruiker("gedragswetenschapper", "Ingrid de Groot", Rol.GEDRAGSWETENSCHAPPER, in_team=True)
TEAMLEIDER = Gebruiker("teamleider", "Peter Ramdin", Rol.TEAMLEIDER, in_team=True)
KWALITEIT = Gebruiker("kwaliteit", "Naima El Amrani", Rol.KWALITEITSMEDEWERKER)
BEHEERDER = Gebruiker("beheerder", "Joost Smit", Rol.BEHEERDER)
INSPECTEUR = Gebruiker("inspecteur", "Carla Hendriks", Rol.INSPECTEUR)
BUITENSTAANDER = Gebruiker("buitenstaander", "Tom Willems", Rol.KWALITEITSMEDEWERKER)

#: the users of the first team, in the order of ``build_team``, and those of no team
IN_TEAM = (GEDRAGSWETENSCHAPPER, TEAMLEIDER, BEGELEIDER, BEGELEIDER2)
BUITEN_TEAM = (KWALITEIT, BEHEERDER)
