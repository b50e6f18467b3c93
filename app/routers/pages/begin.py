"""The first page: who you are here, or how to sign in."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.access.actor import Actor
from app.demo.gebruikers import BUITEN_TEAM, BUITENSTAANDER, IN_TEAM, INSPECTEUR, Gebruiker
from app.routers.pages.woorden import RECHTEN, ROLLEN
from app.web.actor import PUBLIC
from app.web.cookies import cookies_of
from app.web.forms import form_token, new_binding
from app.web.pages import page
from app.web.visitor import PageRoute, Visitor

router = APIRouter(route_class=PageRoute)


@router.get("/", dependencies=[PUBLIC])
async def begin(request: Request, visitor: Visitor) -> Response:
    """Show who looks, or how to sign in."""
    return _who(request, visitor) if visitor is not None else _sign_in(request)


def _who(request: Request, actor: Actor) -> Response:
    key = cookies_of(request).sessie.read(request) or ""
    rechten = sorted(RECHTEN[one] for one in actor.permissions)
    return page("ik.html", actor=actor, rol=ROLLEN[actor.rol], rechten=rechten, formulier=form_token(request, key))


def _sign_in(request: Request) -> Response:
    if not request.app.state.settings.demo:
        return page("aanmelden.html", kan_aanmelden=request.app.state.code_flow is not None, gebruikers=())
    cookie = cookies_of(request).formulier
    given = cookie.read(request)
    bound_to = given or new_binding()
    users = [(user, ROLLEN[user.rol]) for user in _demo_users()]
    answer = page("aanmelden.html", kan_aanmelden=False, gebruikers=users, formulier=form_token(request, bound_to))
    if given is None:
        cookie.set(answer, bound_to)
    return answer


def _demo_users() -> tuple[Gebruiker, ...]:
    return (*IN_TEAM, *BUITEN_TEAM, INSPECTEUR, BUITENSTAANDER)
