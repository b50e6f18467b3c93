"""An inspectie with its inspecteur, and the mandate that it is given."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from app import clock
from app.db import sessions
from app.models import Account, Medewerker
from app.security.demo_issuer import ISSUER
from app.services.beheer.organisaties import create_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import OrganisatieSoort, Rol
from tests.api.client import Dienst, Gebruiker, Gemaakt


@dataclass(frozen=True)
class Inspectie:
    """An inspectie with one inspecteur."""

    code: str
    inspecteur: Gebruiker


def add_inspectie(dienst: Dienst) -> Inspectie:
    """Make an inspectie with an inspecteur: no API does that."""
    code = f"I{uuid4().hex[:10]}".upper()
    with sessions.unit_of_work(dienst.engine) as session:
        organisatie = create_organisatie(session, code, f"Inspectie {code}", OrganisatieSoort.INSPECTIE)
        recording = begin_recording(session, organisatie.id, clock.now(), None)
        wie = {"naam": "Ina Spectie", "email": None, "rol": Rol.INSPECTEUR, "team_id": None}
        medewerker = record_feit(recording, Medewerker, wie)
        keys = {"organisatie_id": organisatie.id, "medewerker_id": medewerker.feit_id}
        session.add(Account(issuer=ISSUER, subject=f"inspecteur-{code}", **keys))
    return Inspectie(code, dienst.sign_in(f"inspecteur-{code}", Rol.INSPECTEUR))


def mandaat_body(code: str, **over: Any) -> dict[str, Any]:
    """Return a mandate that is accepted."""
    waarvoor = {"doel": "Thematisch toezicht", "wettelijkeGrond": "Jeugdwet, hoofdstuk 9"}
    return {"inspectie": code, **waarvoor, "van": "2026-11-02", "tot": "2027-02-02", **over}


def give(beheerder: Gebruiker, inspectie: Inspectie, **over: Any) -> Gemaakt:
    return beheerder.made("/toezichtsmandaten", mandaat_body(inspectie.code, **over))
