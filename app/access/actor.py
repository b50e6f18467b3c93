"""Who acts: what every query and service takes as an argument."""

from dataclasses import dataclass
from uuid import UUID

from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.terms import Rol


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in medewerker, as known at this request."""

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

    @property
    def permissions(self) -> frozenset[Permission]:
        """The permissions of the actor's rol."""
        return PERMISSIONS_OF_ROL[self.rol]

    def may(self, permission: Permission) -> bool:
        """Tell whether the actor has a permission."""
        return permission in self.permissions
