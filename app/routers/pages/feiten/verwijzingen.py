"""What a fact names beside itself (a family, a colleague), as a choice in its form; and who may change which kind."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Page
from app.models.soorten import FeitSoort
from app.queries.feiten.regels import FeitRegel
from app.queries.namen import read_namen
from app.queries.organisatie.organisaties import list_medewerkers
from app.routers.pages.formulieren.gezinskeuze import Gezinskeuze, list_gezinskeuzes
from app.routers.pages.woorden.grenzen import MEESTE
from app.routers.pages.woorden.velden import Veld
from app.terms import Rol
from app.web.forms import Form

#: the kinds that are of who places children: where one lives, and who guides it there
VERBLIJF: Final = frozenset({"plaatsing", "begeleiding"})
_GEZIN, _BEGELEIDER = "pleeggezin_id", "medewerker_id"
#: what stands where the reader may not see which family it was
_ONGEZIEN: Final = "een gezin dat u niet ziet"


def recht_of(soort: FeitSoort) -> Permission:
    """Return what somebody must be allowed to change a kind of fact on its page."""
    return Permission.PLAATSING_MANAGE if soort.naam in VERBLIJF else Permission.FEIT_RECORD


def adres_of(soort: FeitSoort, key: UUID) -> str:
    """Return the address below which a fact is changed: a page asks the right that its address names."""
    return f"/{soort.meervoud if soort.naam in VERBLIJF else f'feiten/{soort.naam}'}/{key}"


def list_gezinnen(
    session: Session, actor: Actor, velden: Sequence[Veld], rows: Sequence[FeitRegel], form: Form
) -> list[Gezinskeuze]:
    """Return the families that versions of a fact name, and those that its form names or searches for."""
    if not _asks(velden, _GEZIN):
        return []
    uids = [form.get(_GEZIN), *(row[_GEZIN] for row in rows)]
    return list_gezinskeuzes(session, actor, form, uids, clock.today())


def list_keuzes(
    session: Session,
    actor: Actor,
    velden: Sequence[Veld],
    rows: Sequence[FeitRegel],
    gezinnen: Sequence[Gezinskeuze],
    *,
    mag: bool,
) -> Mapping[str, Mapping[str, str]]:
    """Return field → id → name, of what versions name and of what can be chosen in their place."""
    if _asks(velden, _GEZIN):
        return {_GEZIN: {**{str(row[_GEZIN]): _ONGEZIEN for row in rows}, **{one.uid: one.naam for one in gezinnen}}}
    if _asks(velden, _BEGELEIDER):
        return {_BEGELEIDER: _begeleiders(session, actor, rows, mag=mag)}
    return {}


def _asks(velden: Sequence[Veld], naam: str) -> bool:
    return any(veld.naam == naam for veld in velden)


def _begeleiders(session: Session, actor: Actor, rows: Sequence[FeitRegel], *, mag: bool) -> dict[str, str]:
    """Return who guided, and, for who may change that, who can have."""
    found = list_medewerkers(session, actor, Page(MEESTE)).rows if mag else ()
    colleagues = {str(one["uid"]): one["naam"] for one in found if one["rol"] == Rol.PLEEGZORGBEGELEIDER}
    named = read_namen(session, {row[_BEGELEIDER] for row in rows})
    return {**{str(uid): one.naam for uid, one in named.items()}, **colleagues}
