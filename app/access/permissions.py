"""What each rol may do. Which children it may do that with is ``app.access.scope``."""

from enum import StrEnum

from app.terms import Rol


class Permission(StrEnum):
    """A right, named ``noun:verb``; every route names one."""

    ZELF_READ = "zelf:read"
    PLEEGKIND_READ = "pleegkind:read"
    PLEEGKIND_SEARCH = "pleegkind:search"
    PLEEGKIND_SEARCH_BSN = "pleegkind:search_bsn"
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
    TOETS_READ = "kwartaaltoets:read"
    TOETS_BUILD = "kwartaaltoets:build"
    TOETS_FREEZE = "kwartaaltoets:freeze"
    TOETS_EXPORT = "kwartaaltoets:export"
    TOETS_PUBLISH = "kwartaaltoets:publish"
    EXTRA_INZET_READ = "extra_inzet:read"
    EXTRA_INZET_ACT = "extra_inzet:act"
    EXTRA_INZET_DECIDE = "extra_inzet:decide"
    MEDEWERKER_READ = "medewerker:read"
    MEDEWERKER_MANAGE = "medewerker:manage"
    TOEZICHTSMANDAAT_MANAGE = "toezichtsmandaat:manage"
    WEBHOOK_MANAGE = "webhook:manage"
    TOEZICHT_READ = "toezicht:read"
    INZAGE_READ = "inzage:read"
    NOODTOEGANG_OPEN = "noodtoegang:open"
    NOODTOEGANG_READ = "noodtoegang:read"
    NOODTOEGANG_REVIEW = "noodtoegang:review"
    WIJZIGING_READ = "wijziging:read"
    VERNIETIGING_READ = "vernietiging:read"
    VERNIETIGING_DECIDE = "vernietiging:decide"
    BEWAARBLOKKADE_MANAGE = "bewaarblokkade:manage"
    IMPORT_RUN = "import:run"


_EVERYONE = frozenset({Permission.ZELF_READ, Permission.NORM_READ, Permission.ORGANISATIE_READ})
_READER = _EVERYONE | {
    Permission.PLEEGKIND_READ,
    Permission.PLEEGKIND_SEARCH,
    Permission.PLEEGGEZIN_READ,
    Permission.TERMIJN_READ,
    Permission.MEDEWERKER_READ,
    Permission.NOODTOEGANG_READ,
}
_BEGELEIDER = _READER | {
    Permission.EXTRA_INZET_READ,
    Permission.EXTRA_INZET_ACT,
    Permission.FEIT_RECORD,
    Permission.KINDGESPREK_RECORD,
    Permission.VGB_RECORD,
    Permission.UITZONDERING_PROPOSE,
}
_MANAGER = frozenset({Permission.PLEEGKIND_MANAGE, Permission.PLAATSING_MANAGE, Permission.PLEEGGEZIN_MANAGE})
_AUDITOR = frozenset(
    {
        Permission.TOETS_READ,
        Permission.TOETS_BUILD,
        Permission.TOETS_FREEZE,
        Permission.TOETS_EXPORT,
        Permission.TOETS_PUBLISH,
        Permission.EXTRA_INZET_READ,
        Permission.EXTRA_INZET_ACT,
    }
)

PERMISSIONS_OF_ROL: dict[Rol, frozenset[Permission]] = {
    Rol.PLEEGZORGBEGELEIDER: _BEGELEIDER | {Permission.NOODTOEGANG_OPEN},
    Rol.GEDRAGSWETENSCHAPPER: _BEGELEIDER
    | {Permission.UITZONDERING_APPROVE, Permission.EXTRA_INZET_DECIDE, Permission.TOETS_READ}
    | {Permission.NOODTOEGANG_OPEN},
    Rol.TEAMLEIDER: _BEGELEIDER
    | _MANAGER
    | {Permission.PLEEGKIND_SEARCH_BSN}
    | {Permission.UITZONDERING_APPROVE, Permission.TOETS_READ, Permission.NOODTOEGANG_REVIEW},
    Rol.KWALITEITSMEDEWERKER: _READER
    | _AUDITOR
    | {Permission.PLEEGKIND_SEARCH_BSN}
    | {Permission.INZAGE_READ, Permission.NOODTOEGANG_REVIEW, Permission.WIJZIGING_READ}
    | {Permission.VERNIETIGING_READ, Permission.BEWAARBLOKKADE_MANAGE, Permission.IMPORT_RUN},
    Rol.BEHEERDER: _READER
    | _MANAGER
    | {Permission.PLEEGKIND_SEARCH_BSN}
    | {Permission.TOETS_READ, Permission.EXTRA_INZET_READ}
    | {Permission.VGB_RECORD, Permission.MEDEWERKER_MANAGE, Permission.NORM_TIGHTEN}
    | {Permission.TOEZICHTSMANDAAT_MANAGE, Permission.INZAGE_READ, Permission.WIJZIGING_READ}
    | {Permission.VERNIETIGING_READ, Permission.VERNIETIGING_DECIDE, Permission.BEWAARBLOKKADE_MANAGE}
    | {Permission.IMPORT_RUN, Permission.WEBHOOK_MANAGE},
    # An inspecteur looks through /v1/toezicht, under a mandate, and nowhere else.
    Rol.INSPECTEUR: _EVERYONE | {Permission.TOEZICHT_READ},
}
