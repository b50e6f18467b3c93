"""A router is asked of a path only when it may be one of its own."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Match
from starlette.testclient import TestClient
from starlette.types import Scope

import app.routers
from app.web.routing import Router


def _nothing() -> None:
    """Answer nothing."""


@pytest.fixture
def two_and_the_rest() -> FastAPI:
    api, rest = FastAPI(), APIRouter()

    rest.add_api_route("/{iets}", lambda iets: f"rest {iets}")
    for naam in ("kinderen", "gezinnen"):
        own = Router()
        own.add_api_route(f"/{naam}", lambda naam=naam: naam, methods=["GET"])
        own.add_api_route(f"/{naam}/{{key}}", lambda key, naam=naam: f"{naam} {key}", methods=["GET"])
        api.include_router(own, prefix="/v1" if naam == "gezinnen" else "")
    api.include_router(rest)
    return api


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/kinderen", "kinderen"),
        ("/kinderen/7", "kinderen 7"),
        ("/v1/gezinnen/7", "gezinnen 7"),
        ("/gezinnen", "rest gezinnen"),
        ("/anders", "rest anders"),
        ("/%6binderen", "kinderen"),
    ],
)
def test_a_path_finds_its_route(two_and_the_rest: FastAPI, path: str, answer: str) -> None:
    assert TestClient(two_and_the_rest).get(path).json() == answer


def test_another_method_is_405(two_and_the_rest: FastAPI) -> None:
    assert TestClient(two_and_the_rest).post("/kinderen").status_code == 405


def test_of_a_path_with_none_of_its_words_no_route_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def matches(_: APIRouter, scope: Scope) -> tuple[Match, Scope]:
        asked.append(scope["path"])
        return Match.NONE, {}

    monkeypatch.setattr(APIRouter, "matches", matches)
    own, root, gap = Router(), Router(), Router()
    own.add_api_route("/kinderen/{key}", _nothing)
    root.add_api_route("/", _nothing)
    gap.add_api_route("/{iets}", _nothing)
    for path in ("/kinderen/7", "/gezinnen"):
        own.matches({"path": path})
    assert asked == ["/kinderen/7"]
    asked.clear()
    for one in (root, gap):
        one.matches({"path": "/"})
    gap.matches({"path": "/wat"})
    assert asked == ["/", "/", "/wat"]


def test_every_subject_has_such_a_router() -> None:
    modules = (import_module(one.name) for one in walk_packages(app.routers.__path__, "app.routers."))
    found = {module.__name__: module.router for module in modules if hasattr(module, "router")}
    assert len(found) > 50
    assert {naam: type(one) for naam, one in found.items() if not isinstance(one, Router)} == {}
