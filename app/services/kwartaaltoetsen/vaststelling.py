"""Who freezes an audit by a command: somebody of the organisatie, named, whose rol may."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.errors import AppError, Forbidden
from app.models import Medewerker
from app.models.versions import holds


class OnbekendeVaststeller(AppError):
    """Who freezes answers for it, so they must be known; an account is not needed, for an import brings none."""

    status = 404
    code = "onbekende_medewerker"
    detail = "Er is bij deze organisatie geen medewerker met dit nummer (--door)."


class GeenVaststeller(Forbidden):
    """The medewerker does not have the rol that freezes, here as on the pages and in the API."""

    detail = "Deze medewerker (--door) mag geen kwartaaltoets vaststellen: dat doet een kwaliteitsmedewerker."


def require_vaststeller(session: Session, organisatie_id: int, nummer: str) -> Medewerker:
    """Return the medewerker of an organisatie with a nummer, who may freeze.

    Raises:
        OnbekendeVaststeller, GeenVaststeller: as they say.
    """
    own = (Medewerker.organisatie_id == organisatie_id, Medewerker.nummer == nummer, holds(Medewerker))
    medewerker = session.scalars(select(Medewerker).where(*own)).one_or_none()
    if medewerker is None:
        raise OnbekendeVaststeller
    if Permission.TOETS_FREEZE not in PERMISSIONS_OF_ROL[medewerker.rol]:
        raise GeenVaststeller
    return medewerker
