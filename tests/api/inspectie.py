"""An inspectie with its inspecteur, and the mandate that it is given."""

from dataclasses import dataclass
from typing import Any

from app.terms import OrganisatieSoort, Rol
from tests.api.client import Dienst, Gebruiker, Gemaakt
from tests.api.mensen import add_first


@dataclass(frozen=True)
class Inspectie:
    """An inspectie with one inspecteur."""

    code: str
    inspecteur: Gebruiker


def add_inspectie(dienst: Dienst) -> Inspectie:
    """Make an inspectie with an inspecteur: no API does that."""
    code, inspecteur, _ = add_first(dienst, OrganisatieSoort.INSPECTIE, Rol.INSPECTEUR, "Ina Spectie")
    return Inspectie(code, inspecteur)


def mandaat_body(code: str, **over: Any) -> dict[str, Any]:
    """Return a mandate that is accepted."""
    waarvoor = {"doel": "Thematisch toezicht", "wettelijkeGrond": "Jeugdwet, hoofdstuk 9"}
    return {"inspectie": code, **waarvoor, "van": "2026-11-02", "tot": "2027-02-02", **over}


def give(beheerder: Gebruiker, inspectie: Inspectie, **over: Any) -> Gemaakt:
    return beheerder.made("/toezichtsmandaten", mandaat_body(inspectie.code, **over))
