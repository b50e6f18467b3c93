"""Every route names its permission, page or API; a walk over all of them sees the one that does not."""

from fastapi import APIRouter

from app.access.permissions import Permission
from app.main import bare_api
from app.terms import Rol
from app.web.actor import PUBLIC, permits
from app.web.forms import SESSION_FORM
from app.web.openapi import describe
from app.web.route import ApiRoute
from app.web.visitor import PageRoute, page_permits
from tests.api.client import NOBODY, Dienst, Gebruiker
from tests.api.routes import public, routes, unguarded


def test_every_route_names_a_permission(dienst: Dienst) -> None:
    described = describe(dienst.api)["paths"]
    in_document = {(method.upper(), path) for path, item in described.items() for method in item}
    walked = {(route.method, route.path) for route in routes(dienst.api)}
    assert walked == in_document
    assert len(walked) >= 110
    assert unguarded(dienst.api) == []


def test_only_these_are_public(dienst: Dienst) -> None:
    pages = {"/", "/aanmelden", "/aanmelden/terug", "/aanmelden/demo", "/static/{name}"}
    described = {"/v1/openapi.json", "/api", "/api/{onderwerp}"}
    keyed = {"/agenda/{sleutel}.ics"}  # opened by a key in the address: whose it is is asked there
    figures = {f"/v1/open/{one}" for one in ("kengetallen", "kengetallen.csv", "kengetallen.csv-metadata.json")}
    means = {"/v1/open/definities", "/v1/open/definities/{naam}"}
    assert public(dienst.api) == {"/livez", "/readyz"} | described | keyed | pages | figures | means


def test_without_a_token_every_other_route_is_401(dienst: Dienst) -> None:
    nobody = Gebruiker(dienst.client, "", Rol.INSPECTEUR, {})
    answers = set()
    for route in (one for one in routes(dienst.api) if one.permission):
        path = route.path.replace("{id}", NOBODY).replace("{pseudoniem}", f"pleegkind-{'a' * 32}")
        answer = nobody.ask(route.method, path, {} if route.has_body else None)
        answers.add(answer.content)
        assert answer.status_code == 401, str(route)
    assert len(answers) == 1


def test_the_walk_sees_a_route_without_a_permission() -> None:
    """The planted fault, and two lesser ones: a writer on a session that only reads, and a mount."""
    router = APIRouter(route_class=ApiRoute)

    @router.get("/vergeten")
    async def forgotten() -> None:
        return None

    @router.post("/half", dependencies=[permits(Permission.ZELF_READ)])
    async def half() -> None:
        return None

    api = bare_api()
    api.include_router(router, prefix="/v1")
    assert unguarded(api) == ["['GET'] /v1/vergeten", "['POST'] /v1/half"]


def test_the_walk_sees_a_page_without_a_permission_or_a_form() -> None:
    """The same for pages: a forgotten one, and two that change something without a form of ours."""
    router = APIRouter(route_class=PageRoute)

    @router.get("/vergeten")
    async def forgotten() -> None:
        return None

    @router.post("/los", dependencies=[page_permits(Permission.ZELF_READ, writes=True)])
    async def loose() -> None:
        return None

    @router.post("/open", dependencies=[PUBLIC])
    async def open_to_all() -> None:
        return None

    @router.post("/goed", dependencies=[page_permits(Permission.ZELF_READ, writes=True), SESSION_FORM])
    async def good() -> None:
        return None

    @router.get("/ook-goed", dependencies=[page_permits(Permission.ZELF_READ)])
    async def good_too() -> None:
        return None

    api = bare_api()
    api.include_router(router)
    assert unguarded(api) == ["['GET'] /vergeten", "['POST'] /los", "['POST'] /open"]
