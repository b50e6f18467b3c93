"""Who acts: what every query and service takes as an argument."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.terms import Rol


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in medewerker, as known at this request.

    ``nu`` is the instant of the request: what was opened for some hours must last until then. None: outside a request,
    where nothing is opened for a while.
    """

    account_id: int
    medewerker_id: int
    medewerker_uid: UUID
    naam: str
    rol: Rol
    team_id: int | None
    organisatie_id: int
    organisatie_uid: UUID
    organisatie_code: str
    organisatie_naam: str
    nu: datetime | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        """The permissions of the actor's rol."""
        return PERMISSIONS_OF_ROL[self.rol]

    def may(self, permission: Permission) -> bool:
        """Tell whether the actor has a permission."""
        return permission in self.permissions
