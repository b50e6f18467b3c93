"""Every page of the policy table: without the right it says the same whatever the id; who is unknown signs in first."""

from functools import cache

import pytest

from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.access.policy import RouteRegel, route_regels
from tests.api.client import NOBODY, Dienst, without_id
from tests.api.world import World
from tests.paginas.conftest import Bladeraar, bladeraar

_API = ("/v1/", "/livez", "/readyz", "/static/", "/aanmelden")
_USERS = ("begeleider", "gedragswetenschapper", "teamleider", "kwaliteit", "beheerder", "inspecteur")


@cache
def pages() -> list[RouteRegel]:
    return [one for one in route_regels() if one.recht and not one.pad.startswith(_API)]


def address(route: RouteRegel, key: str) -> str:
    path = route.pad.replace("{id}", key).replace("{feit}", NOBODY).replace("{soort}", "kindgesprek")
    return path.replace("{pseudoniem}", f"pleegkind-{'a' * 32}")


@pytest.mark.parametrize("user", _USERS)
def test_without_the_right_a_page_says_the_same_whatever_the_id(dienst: Dienst, world: World, user: str) -> None:
    browser, rol = bladeraar(dienst, world[user]), world[user].rol
    refused = [one for one in pages() if Permission(one.recht) not in PERMISSIONS_OF_ROL[rol]]
    assert len(refused) >= 5
    for route in refused:
        answers = []
        for key in (world.files["eigen"]["pleegkind"], NOBODY):
            path = address(route, key)
            answers.append(browser.get(path) if route.methode == "GET" else browser.post(path, {}))
        assert {one.status_code for one in answers} == {403}, route
        assert without_id(answers[0]) == without_id(answers[1]), route


def test_who_is_not_signed_in_signs_in_first(dienst: Dienst) -> None:
    nobody = Bladeraar(dienst, "x" * 43)
    for route in pages():
        path = address(route, NOBODY)
        answer = nobody.get(path) if route.methode == "GET" else nobody.ask("POST", path, {"formulier": "x"})
        assert answer.status_code in (401, 403), route
        assert "verlopen" in answer.text, route


@pytest.mark.parametrize("user", _USERS)
def test_everything_in_the_menu_is_there(dienst: Dienst, world: World, user: str) -> None:
    browser = bladeraar(dienst, world[user])
    begin = browser.get("/")
    assert begin.status_code == 303
    home = browser.read(begin.headers["location"])
    menu = home.split('<nav class="nav"')[1].split("</nav>")[0]
    paths = [part.split('"')[0] for part in menu.split('<a href="')[1:]]
    assert 1 <= len(paths) <= 4
    for path in paths:
        assert 'aria-current="page"' in browser.read(path)
