"""The change log on a page: what was written, by whom and why, of one child or of all; never what people wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.wijzigingen.lijst import GetoondeWijziging, list_wijzigingen
from app.routers.pages.beheer.betrokkenen import read_betrokkenen
from app.routers.pages.blad import blad
from app.routers.pages.woorden.wijzigingen import HANDELINGEN, ZAKEN, changes_of
from app.schemas.wijziging import WijzigingenFilter
from app.web.pagination import Lijst
from app.web.routing import Router
from app.web.sessions import ReadSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
_HIER: Final = "/beheer"


@dataclass(frozen=True, slots=True)
class Wijzigingsregel:
    """One entry in words.

    Attributes:
        wie: who wrote; empty: the service itself.
        op: when.
        wat: what was done to what.
        reden: why, where somebody said so.
        kind: about which child.
        velden: what changed: a field, what stood there, what stands there.
    """

    wie: str
    op: datetime
    wat: str
    reden: str | None
    kind: UUID | None
    velden: Sequence[tuple[str, str, str]]


@router.get("/wijzigingen")
def list_changes(
    request: Request,
    session: ReadSession,
    actor: Annotated[Actor, page_permits(Permission.WIJZIGING_READ)],
    lijst: Lijst,
    vraag: Annotated[WijzigingenFilter, Query()],
    spoor: HetSpoor,
) -> Response:
    """Show what was written, the last first."""
    window = list_wijzigingen(session, actor, vraag, lijst.page(vraag))
    about = {row.pleegkind_id for row in window.rows if row.pleegkind_id}
    namen = read_betrokkenen(session, actor, about, vraag.pleegkind)
    spoor.add(about | namen.keys())
    return blad(
        request, actor, "beheer/wijzigingen.html", _HIER, regels=[_regel(row) for row in window.rows], namen=namen,
        kind=namen.get(vraag.pleegkind) if vraag.pleegkind else None, bladen=lijst.targets(window),
    )  # fmt: skip


def _regel(row: GetoondeWijziging) -> Wijzigingsregel:
    return Wijzigingsregel(
        wie=row.medewerker.naam if row.medewerker else "",
        op=row.op,
        wat=f"{ZAKEN[row.soort]} {HANDELINGEN[row.handeling]}",
        reden=row.reden,
        kind=row.pleegkind_id,
        velden=list(changes_of(row)),
    )
