"""The first beheerder of an organisatie, who makes all the others: the one account that no account made.

Of a new organisatie, or of one that has none yet, such as one that came by an import.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import Medewerker, Organisatie
from app.models.versions import holds
from app.services.beheer.accounts import can_anybody_sign_in, link_account
from app.services.beheer.organisaties import create_organisatie, find_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import OrganisatieSoort, Rol


class OrganisatieBestaat(Conflict):
    """Somebody of this organisatie can sign in already."""

    code = "organisatie_bestaat"
    detail = "Deze organisatie is er al; haar beheerder voegt medewerkers toe."


class NaamOntbreekt(Conflict):
    """A new organisatie was asked for without a name."""

    code = "verplicht"
    detail = "Deze organisatie is er nog niet: noem met --organisatienaam hoe zij heet."


def create_first_beheerder(
    session: Session, code: str, organisatienaam: str | None, naam: str, account: tuple[str, str], nu: datetime
) -> Organisatie:
    """Give an organisatie, made when it is not there, a beheerder who can sign in, and return it.

    Args:
        session: writes.
        code: of the organisatie.
        organisatienaam: of a new one.
        naam: of the beheerder; one that came by an import under this name gets the account.
        account: issuer and subject.
        nu: the moment.

    Raises:
        OrganisatieBestaat: somebody of it can sign in.
        NaamOntbreekt: it is new, and has no naam.
        AccountBestaat: the account is somebody else's.
    """
    organisatie = find_organisatie(session, code)
    if organisatie is None:
        if not organisatienaam:
            raise NaamOntbreekt
        organisatie = create_organisatie(session, code, organisatienaam, OrganisatieSoort.AANBIEDER)
    recording = begin_recording(session, organisatie.id, nu, None)  # of two at once the second sees what the first made
    if can_anybody_sign_in(session, organisatie.id):
        raise OrganisatieBestaat
    imported = select(Medewerker).where(
        Medewerker.organisatie_id == organisatie.id,
        Medewerker.naam == naam,
        Medewerker.rol == Rol.BEHEERDER,
        holds(Medewerker),
    )
    medewerker = session.scalars(imported.limit(1)).first() or record_feit(
        recording, Medewerker, {"naam": naam, "email": None, "rol": Rol.BEHEERDER, "team_id": None}
    )
    link_account(session, medewerker, account)
    return organisatie
