"""The words for rollen and rights on pages; a test holds that none is missing."""

from app.access.permissions import Permission
from app.terms import Rol

ROLLEN: dict[Rol, str] = {
    Rol.PLEEGZORGBEGELEIDER: "Pleegzorgbegeleider",
    Rol.GEDRAGSWETENSCHAPPER: "Gedragswetenschapper",
    Rol.TEAMLEIDER: "Teamleider",
    Rol.KWALITEITSMEDEWERKER: "Kwaliteitsmedewerker",
    Rol.BEHEERDER: "Beheerder",
    Rol.INSPECTEUR: "Inspecteur",
}

RECHTEN: dict[Permission, str] = {
    Permission.ZELF_READ: "Zien wie ik ben en wat ik mag",
    Permission.PLEEGKIND_READ: "Dossiers van pleegkinderen lezen",
    Permission.PLEEGKIND_SEARCH: "Een pleegkind zoeken op naam",
    Permission.PLEEGKIND_SEARCH_BSN: "Een pleegkind zoeken op BSN",
    Permission.PLEEGKIND_MANAGE: "Pleegkinderen en maatregelen vastleggen",
    Permission.PLAATSING_MANAGE: "Plaatsingen en begeleiders vastleggen",
    Permission.PLEEGGEZIN_READ: "Pleeggezinnen lezen",
    Permission.PLEEGGEZIN_MANAGE: "Pleeggezinnen en gezinsleden vastleggen",
    Permission.VGB_RECORD: "Verklaringen van geen bezwaar vastleggen",
    Permission.FEIT_RECORD: "Bezoeken, checks, besprekingen en signalen vastleggen",
    Permission.KINDGESPREK_RECORD: "Gesprekken met een kind vastleggen",
    Permission.UITZONDERING_PROPOSE: "Een uitzondering op een norm voorstellen",
    Permission.UITZONDERING_APPROVE: "Een uitzondering van een ander goedkeuren",
    Permission.TERMIJN_READ: "Zien wie te laat is",
    Permission.NORM_READ: "De normen lezen",
    Permission.NORM_TIGHTEN: "Normen van de organisatie aanscherpen",
    Permission.ORGANISATIE_READ: "De organisatie en haar teams lezen",
    Permission.TOETS_READ: "Kwartaaltoetsen lezen",
    Permission.TOETS_BUILD: "Een kwartaaltoets maken",
    Permission.TOETS_FREEZE: "Een kwartaaltoets vaststellen",
    Permission.TOETS_EXPORT: "Een kwartaaltoets als bestand ophalen",
    Permission.TOETS_PUBLISH: "Cijfers van een kwartaaltoets openbaar maken",
    Permission.EXTRA_INZET_READ: "Extra inzet lezen",
    Permission.EXTRA_INZET_ACT: "Extra inzet overdragen en afsluiten",
    Permission.EXTRA_INZET_DECIDE: "Over extra inzet besluiten",
    Permission.MEDEWERKER_READ: "Medewerkers lezen",
    Permission.MEDEWERKER_MANAGE: "Medewerkers en hun accounts beheren",
    Permission.TOEZICHTSMANDAAT_MANAGE: "Toezichtsmandaten geven en intrekken",
    Permission.WEBHOOK_MANAGE: "Adressen laten horen dat er iets aandacht vraagt",
    Permission.TOEZICHT_READ: "Onder een toezichtsmandaat meekijken",
    Permission.INZAGE_READ: "Zien wie in dossiers keek",
    Permission.NOODTOEGANG_OPEN: "In nood een dossier openen, met reden",
    Permission.NOODTOEGANG_READ: "Zien wie in nood een dossier opende",
    Permission.NOODTOEGANG_REVIEW: "Noodtoegang bespreken",
    Permission.WIJZIGING_READ: "Zien wie wat heeft gewijzigd",
    Permission.VERNIETIGING_READ: "Voorstellen tot vernietiging en bewaarblokkades zien",
    Permission.VERNIETIGING_DECIDE: "Vernietiging van een dossier voorstellen en goedkeuren",
    Permission.BEWAARBLOKKADE_MANAGE: "Een dossier vasthouden met een bewaarblokkade",
    Permission.IMPORT_RUN: "Een werkboek controleren en inlezen",
    Permission.WEBHOOK_MANAGE: "Adressen beheren die een webhook krijgen",
}

#: name of a job → how it is called on a page
TAKEN = {
    "weekbericht": "Weekoverzicht klaarzetten",
    "berichten": "Berichten bezorgen",
    "overdracht": "Laten meegaan wat openstaat",
    "zegel": "Verzegelen",
    "onderhoud": "Onderhoud",
    "controleer": "Termijnen nakijken",
    "verifieer": "Sporen narekenen",
    "vernietigen": "Bewaren en vernietigen",
    "webhooks": "Webhooks aanroepen",
    "toetsopdrachten": "Grote toetsen en exports maken",
}
