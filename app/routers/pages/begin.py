"""The first page: to where somebody works, or how to sign in; and who you are here."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.demo.gebruikers import BUITEN_TEAM, BUITENSTAANDER, IN_TEAM, INSPECTEUR, Gebruiker
from app.routers.pages.blad import blad, thuis_of
from app.routers.pages.woorden.rollen import RECHTEN, ROLLEN
from app.web.actor import PUBLIC
from app.web.cookies import cookies_of
from app.web.forms import SessionForm, form_token, new_binding
from app.web.pages import page, redirect
from app.web.routing import Router
from app.web.visitor import PageRoute, Visitor, page_permits

router = Router(route_class=PageRoute)
#: for so long a browser remembers that names are hidden in it
_JAAR = 365 * 24 * 3600


@router.get("/", dependencies=[PUBLIC])
async def begin(request: Request, visitor: Visitor) -> Response:
    """Go to where somebody begins, or show how to sign in."""
    return redirect(thuis_of(visitor)) if visitor is not None else _sign_in(request)


@router.get("/ik")
async def ik(request: Request, actor: Annotated[Actor, page_permits(Permission.ZELF_READ)]) -> Response:
    """Show who looks, and what they may."""
    return blad(
        request,
        actor,
        "ik/ik.html",
        rechten=sorted(RECHTEN[one] for one in actor.permissions),
        mag_agenda=actor.may(Permission.KINDGESPREK_RECORD),
    )


@router.post("/voorkeuren/namen", dependencies=[page_permits(Permission.ZELF_READ, writes=True)])
async def hide_names(request: Request, form: SessionForm) -> Response:
    """Hide names in this browser, or show them again, and go back to where that was asked."""
    answer = redirect(_back(request))
    cookie = cookies_of(request).namen
    if form.get("namen") == "verberg":
        cookie.set(answer, "uit", _JAAR)
    else:
        cookie.clear(answer)
    return answer


def _back(request: Request) -> str:
    """Return the path of the page of ours on which a button was pressed, without what stands behind it."""
    _, _, after = request.headers.get("referer", "").partition("://")
    path = after.partition("/")[2].partition("?")[0].partition("#")[0]
    return f"/{path}" if not path.startswith(("/", "\\")) else "/"


def _sign_in(request: Request) -> Response:
    settings = request.app.state.settings
    if not settings.demo:
        kan = request.app.state.code_flow is not None
        return page("aanmelden/aanmelden.html", kan_aanmelden=kan, gebruikers=())
    cookie = cookies_of(request).formulier
    given = cookie.read(request)
    bound_to = given or new_binding()
    users = [(user, ROLLEN[user.rol]) for user in _demo_users()]
    token = form_token(request, bound_to)
    answer = page("aanmelden/aanmelden.html", kan_aanmelden=False, gebruikers=users, formulier=token, demo=True)
    if given is None:
        cookie.set(answer, bound_to)
    return answer


def _demo_users() -> tuple[Gebruiker, ...]:
    return (*IN_TEAM, *BUITEN_TEAM, INSPECTEUR, BUITENSTAANDER)
