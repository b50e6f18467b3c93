"""The table and the application are the same, and any line of it that changes is seen before anything is served."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from fastapi import FastAPI, WebSocket
from starlette.routing import Mount

from app.access.permissions import Permission
from app.access.policy import (
    NIET_AANGEMELD,
    Beleidsuitkomst,
    _refusals,
    differences,
    route_regels,
    uitkomst_regels,
)
from app.errors import OngeldigeInstelling
from app.main import bare_api, include_routers
from app.terms import Rol
from app.web.openapi import describe
from app.web.policy import check_policy, found_in


@pytest.fixture(scope="module")
def api() -> FastAPI:
    api = bare_api()
    include_routers(api)
    return api


def test_the_application_is_what_was_reviewed(api: FastAPI) -> None:
    assert list(differences(list(found_in(api)), route_regels(), uitkomst_regels())) == []
    described = describe(api)["paths"]
    api_lines = [one for one in route_regels() if one.pad.startswith("/v1") and not one.is_step]
    listed = {(one.methode.lower(), one.pad.removeprefix("/v1")) for one in api_lines}
    assert listed == {(method, path) for path, item in described.items() for method in item}


def test_an_application_with_more_than_was_reviewed_does_not_start() -> None:
    """A route, a websocket, a mount, and another method on a path that is there."""
    adds: tuple[Callable[[FastAPI], object], ...] = (
        lambda api: api.get("/v1/vergeten")(_nothing),
        lambda api: api.post("/livez")(_nothing),
        lambda api: api.websocket("/v1/lijn")(_listen),
        lambda api: api.router.routes.append(Mount("/bestanden", app=_nothing)),
        lambda api: api.mount("/elders", _nothing),
        lambda api: api.add_route("/kaal", _nothing),
    )
    for add in adds:
        api = bare_api()
        include_routers(api)
        check_policy(api)
        add(api)
        with pytest.raises(OngeldigeInstelling, match="beleidstabel"):
            check_policy(api)


async def _listen(websocket: WebSocket) -> None:
    await websocket.close()


async def _nothing(*_: Any) -> Any:
    return None


def missed(*told: Any) -> bool:
    """Tell whether at least one thing differs: the first is enough."""
    return next(differences(*told), "") != ""


def test_every_line_of_the_routes_is_missed(api: FastAPI) -> None:
    found, lines = list(found_in(api)), route_regels()
    for i, line in enumerate(lines):
        without = (*lines[:i], *lines[i + 1 :])
        assert missed(found, without, uitkomst_regels()), line
        other = "zelf:read" if line.recht != "zelf:read" else "norm:read"
        changes = (replace(line, recht=other), replace(line, methode="PUT"), replace(line, regel="onbekend"))
        declared = (line.methode, line.pad) in {(one.methode, one.pad) for one in found}
        for changed in changes if declared else changes[2:]:
            assert missed(found, (*without, changed), uitkomst_regels()), changed
        assert missed(found, (*lines, line), uitkomst_regels()), line


def test_every_line_of_the_outcomes_is_missed(api: FastAPI) -> None:
    found, lines = list(found_in(api)), uitkomst_regels()
    for i, line in enumerate(lines):
        without = (*lines[:i], *lines[i + 1 :])
        assert missed(found, route_regels(), without), line
        assert missed(found, route_regels(), (*lines, line)), line


def test_a_rol_without_the_right_is_refused_in_every_relation(api: FastAPI) -> None:
    """Each cell of such a row, flipped to each other outcome, stops the start; the matrix sees the other rows."""
    declared = {(one.methode, one.pad) for one in found_in(api)}
    flips = [
        replace(line, uitkomsten={**line.uitkomsten, relatie: other})
        for line in uitkomst_regels()
        if set(line.uitkomsten.values()) in ({Beleidsuitkomst.WEIGEREN}, {Beleidsuitkomst.AANMELDEN})
        for relatie, other in product(line.uitkomsten, Beleidsuitkomst)
        if other is not line.uitkomsten[relatie]
    ]
    refused = list(_refusals(route_regels(), tuple(flips), declared))  # says one thing of a line, or nothing
    assert Counter(refused) == Counter(
        f"regel {one.regel} weigert {one.rol} niet in elke relatie gelijk" for one in flips
    )
    assert len(flips) > 1000


def test_every_rol_and_every_right_is_in_it() -> None:
    assert {one.rol for one in uitkomst_regels()} == {*Rol, NIET_AANGEMELD}
    assert {one.recht for one in route_regels()} - {""} == set(Permission)
