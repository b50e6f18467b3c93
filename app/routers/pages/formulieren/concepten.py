"""What is typed in a form and not sent yet: kept while somebody types, and thrown away when they ask for it.

It is their own text and shows nothing of a file: whether there is such a child is not asked here, but where the form is
opened.
"""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Path, Request
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import TooLarge
from app.routers.pages.formulieren.formulier import conceptsleutel_of, left_at, plek_of
from app.services.concepten import drop_concept, keep_concept
from app.web.forms import FIELD, SessionForm
from app.web.pages import redirect
from app.web.pagewords import klok
from app.web.routing import Router
from app.web.sessions import WriteSession
from app.web.visitor import OwnSessie, PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Typist = Annotated[Actor, page_permits(Permission.ZELF_READ, writes=True)]
#: [keuze] bytes of a form, encrypted: as many as a browser still sends while its page is closed
GROOTSTE: Final = 64_000
_ALREADY_SENT: Final = 204


@router.post("/concepten/{soort}/{id}")
def keep(
    soort: str, key: Id, request: Request, session: WriteSession, actor: _Typist, sessie: OwnSessie, form: SessionForm
) -> Response:
    """Keep what a form says now, and answer at what time; without content when that form was sent already."""
    nu, plek, slot = clock.now(), plek_of(soort, key), conceptsleutel_of(request, actor)
    inhoud = slot.close(plek, {name: value for name, value in form.items() if name != FIELD})
    if len(inhoud) > GROOTSTE:
        raise TooLarge
    sleutel = form.get("sleutel") or None
    kept = keep_concept(session, actor, sessie, slot.plaats(plek), inhoud, sleutel=sleutel, nu=nu)
    return Response(klok(nu), media_type="text/plain") if kept else Response(status_code=_ALREADY_SENT)


@router.post("/concepten/{soort}/{id}/weg")
def throw_away(
    soort: str, key: Id, request: Request, session: WriteSession, actor: _Typist, form: SessionForm
) -> Response:
    """Forget what was typed in a form, and open it as it starts; or leave it, when its last question got a no."""
    plek = plek_of(soort, key)
    drop_concept(session, actor, conceptsleutel_of(request, actor).plaats(plek))
    return redirect(left_at(plek, form))
