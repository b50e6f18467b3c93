"""The rol in which somebody acts when the token names one too: never more than either of the two gives.

The organisatie decides who is what (``medewerker``), the provider of sign-in decides who may come in as what. Where
one of the two rollen lies wholly within the other, the narrower one holds; where neither does, they disagree about
who this is, and nobody gets in.
"""

from collections.abc import Mapping
from dataclasses import replace

from app.access.actor import Actor
from app.errors import NotSignedIn
from app.terms import Rol

#: rol → those that lie within it: every permission, and every child. A test compares it with permissions and scope.
WITHIN: Mapping[Rol, frozenset[Rol]] = {
    Rol.PLEEGZORGBEGELEIDER: frozenset(),
    Rol.GEDRAGSWETENSCHAPPER: frozenset((Rol.PLEEGZORGBEGELEIDER,)),
    Rol.TEAMLEIDER: frozenset(),
    Rol.KWALITEITSMEDEWERKER: frozenset(),
    Rol.BEHEERDER: frozenset(),
    Rol.INSPECTEUR: frozenset(),
}


def narrower(stored: Rol, claimed: Rol) -> Rol | None:
    """Return the narrower of two rollen, or None when neither lies within the other."""
    if stored == claimed or claimed in WITHIN[stored]:
        return claimed
    return stored if stored in WITHIN[claimed] else None


def acting_as(actor: Actor, claimed: Rol | None) -> Actor:
    """Return the actor in the narrower of the stored rol and the one of the token (None: the token names none).

    Raises:
        NotSignedIn: the two disagree.
    """
    if claimed is None or claimed == actor.rol:
        return actor
    rol = narrower(actor.rol, claimed)
    if rol is None:
        raise NotSignedIn
    return replace(actor, rol=rol)
