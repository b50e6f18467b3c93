"""Which rol a token names, where the settings say which claim holds it and what its values mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import NotSignedIn
from app.terms import Rol


class GeenRol(NotSignedIn):
    """A token that names no rol, where the settings ask for one; outside it is any other 401."""


@dataclass(frozen=True, slots=True)
class RolMapping:
    """The claim, and the rol of each of its values; other values (groups of other services) mean nothing here."""

    claim: str
    rollen: Mapping[str, Rol]

    def rol_of(self, claims: Mapping[str, Any]) -> Rol:
        """Return the one rol that the claims name.

        Raises:
            GeenRol: the claim is missing, is no text or list of texts, or names no rol or more than one.
        """
        given = claims.get(self.claim)
        values = [given] if isinstance(given, str) else given
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise GeenRol
        found = {self.rollen[value] for value in values if value in self.rollen}
        if len(found) != 1:
            raise GeenRol
        return found.pop()
