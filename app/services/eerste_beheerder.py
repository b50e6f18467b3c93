"""The first beheerder of an organisatie: who makes all the others. The one account that no account made."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import Account, Medewerker
from app.services.organisaties import create_organisatie, find_organisatie
from app.services.recording import begin_recording, record_feit
from app.terms import OrganisatieSoort, Rol


class OrganisatieBestaat(Conflict):
    """There is an organisatie with this code; its beheerder adds medewerkers."""

    code = "organisatie_bestaat"
    detail = "Deze organisatie is er al; haar beheerder voegt medewerkers toe."


def create_first_beheerder(
    session: Session, code: str, organisatie: str, naam: str, account: tuple[str, str], nu: datetime
) -> None:
    """Make an organisatie with a beheerder who can sign in.

    Args:
        session: writes.
        code: of the organisatie.
        organisatie: its naam.
        naam: of the beheerder.
        account: issuer and subject.
        nu: the moment.

    Raises:
        OrganisatieBestaat: the code is taken.
    """
    if find_organisatie(session, code) is not None:
        raise OrganisatieBestaat
    made = create_organisatie(session, code, organisatie, OrganisatieSoort.AANBIEDER)
    recording = begin_recording(session, made.id, nu, None)
    wie = {"naam": naam, "email": None, "rol": Rol.BEHEERDER, "team_id": None}
    medewerker = record_feit(recording, Medewerker, wie)
    issuer, subject = account
    keys = {"organisatie_id": made.id, "medewerker_id": medewerker.feit_id}
    session.add(Account(issuer=issuer, subject=subject, **keys))
    session.flush()  # an account of somebody else shows here
