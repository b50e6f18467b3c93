"""What each rol may do. Which children it may do that with is ``app.access.scope``."""

from enum import StrEnum

from app.terms import Rol


class Permission(StrEnum):
    """A right, named ``noun:verb``; every route names one."""

    ZELF_READ = "zelf:read"
    PLEEGKIND_READ = "pleegkind:read"
    PLEEGKIND_SEARCH = "pleegkind:search"
    PLEEGKIND_MANAGE = "pleegkind:manage"
    PLAATSING_MANAGE = "plaatsing:manage"
    PLEEGGEZIN_READ = "pleeggezin:read"
    PLEEGGEZIN_MANAGE = "pleeggezin:manage"
    VGB_RECORD = "vgb:record"
    FEIT_RECORD = "feit:record"
    KINDGESPREK_RECORD = "kindgesprek:record"
    UITZONDERING_PROPOSE = "uitzondering:propose"
    UITZONDERING_APPROVE = "uitzondering:approve"
    TERMIJN_READ = "termijn:read"
    NORM_READ = "norm:read"
    NORM_TIGHTEN = "norm:tighten"
    ORGANISATIE_READ = "organisatie:read"
    MEDEWERKER_READ = "medewerker:read"
    MEDEWERKER_MANAGE = "medewerker:manage"


_EVERYONE = frozenset({Permission.ZELF_READ, Permission.NORM_READ, Permission.ORGANISATIE_READ})
_READER = _EVERYONE | {
    Permission.PLEEGKIND_READ,
    Permission.PLEEGKIND_SEARCH,
    Permission.PLEEGGEZIN_READ,
    Permission.TERMIJN_READ,
    Permission.MEDEWERKER_READ,
}
_BEGELEIDER = _READER | {
    Permission.FEIT_RECORD,
    Permission.KINDGESPREK_RECORD,
    Permission.VGB_RECORD,
    Permission.UITZONDERING_PROPOSE,
}
_MANAGER = frozenset({Permission.PLEEGKIND_MANAGE, Permission.PLAATSING_MANAGE, Permission.PLEEGGEZIN_MANAGE})

PERMISSIONS_OF_ROL: dict[Rol, frozenset[Permission]] = {
    Rol.PLEEGZORGBEGELEIDER: _BEGELEIDER,
    Rol.GEDRAGSWETENSCHAPPER: _BEGELEIDER | {Permission.UITZONDERING_APPROVE},
    Rol.TEAMLEIDER: _BEGELEIDER | _MANAGER | {Permission.UITZONDERING_APPROVE},
    Rol.KWALITEITSMEDEWERKER: _READER,
    Rol.BEHEERDER: _READER | _MANAGER | {Permission.VGB_RECORD, Permission.MEDEWERKER_MANAGE, Permission.NORM_TIGHTEN},
    # An inspecteur looks through /v1/toezicht, under a mandate, and nowhere else.
    Rol.INSPECTEUR: _EVERYONE,
}
