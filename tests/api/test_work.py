"""A route done on one thread answers what it answers when FastAPI does it, and leaves to FastAPI what has a fault."""

import asyncio
import inspect
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Annotated, Any
from unittest import mock
from urllib.parse import urlencode

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.dependencies.utils import request_params_to_args
from fastapi.routing import APIRoute, RouteContext
from httpx2 import Response
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from starlette.responses import Response as StarletteResponse

from app.errors import OngeldigeInstelling
from app.main import bare_api
from app.web.actor import PUBLIC
from app.web.apart import THREADS as APART
from app.web.policy import check_policy
from app.web.route import ApiRoute, dependants
from app.web.threads import Threads
from app.web.visitor import PageRoute
from app.web.work import Work, read_query
from tests.api.aan_de_deur import path_of, that_stand_still, who
from tests.api.client import NOBODY, Dienst, Gebruiker, without_id
from tests.api.routes import contexts
from tests.api.world import World
from tests.paginas.conftest import bladeraar

#: what they do they do on the event loop: they read no file
LEFT_TO_FASTAPI = {
    "/v1/ik", "/v1/openapi.json", "/", "/aanmelden", "/aanmelden/terug", "/ik", "/import", "/static/{name}", "/zoeken",
}  # fmt: skip


def _api_routes(api: FastAPI) -> Iterator[tuple[RouteContext, APIRoute]]:
    for context in contexts(api):
        if isinstance(context.original_route, ApiRoute):
            yield context, context.original_route


def _threads_of(route: APIRoute) -> Threads | None:
    work = Work.of(route.dependant)
    return None if work is None else work.threads


def _page_reads(api: FastAPI) -> Iterator[tuple[RouteContext, APIRoute]]:
    for context in contexts(api):
        if isinstance(context.original_route, PageRoute) and context.original_route.methods == {"GET"}:
            yield context, context.original_route


@contextmanager
def _by_fastapi(api: FastAPI) -> Iterator[None]:
    """Let FastAPI do every route: an override, of whatever, is its own to know of."""
    api.dependency_overrides[_by_fastapi] = _by_fastapi
    try:
        yield
    finally:
        api.dependency_overrides.clear()


def _same(answer: Response) -> tuple[int, dict[str, str], bytes]:
    """Return what two answers to one question have in common: a cursor is encrypted anew each time."""
    status, headers, body = without_id(answer)
    return status, {name: re.sub(r"cursor=[\w-]+", "cursor", value) for name, value in headers.items()}, body


@contextmanager
def _counting_threads() -> Iterator[mock.Mock]:
    with mock.patch.object(Threads, "run", autospec=True, side_effect=Threads.run) as counted:
        yield counted


def _asked(path: str) -> Iterator[str]:
    """Yield a question as it should be, and with what may be wrong with it."""
    yield path
    yield from (f"{path}?{query}" for query in ("limit=2", "limit=0", "limit=1&limit=2", "onzin=1", "peildatum=x"))


def test_every_route_that_reads_a_file_is_done_on_one_thread(dienst: Dienst) -> None:
    asked = (*_api_routes(dienst.api), *_page_reads(dienst.api))
    assert {context.path for context, route in asked if Work.of(route.dependant) is None} == LEFT_TO_FASTAPI


def test_who_reads_much_apart_keeps_no_thread_from_who_opens_a_list(dienst: Dienst) -> None:
    """Else six inspecteurs on the replica would be the end of everybody's lists."""
    seen = set()
    for context, route in (*_api_routes(dienst.api), *_page_reads(dienst.api)):
        calls = [one.call for one in dependants(route.dependant)]
        source = inspect.getsource(inspect.unwrap(route.endpoint))
        if "with apart(" in source or any(call.__module__ == "app.web.toezicht" for call in calls if call):
            seen.add(context.path)
            assert _threads_of(route) is APART, context.path
    assert {"/v1/kwartaaltoetsen/{id}/export", "/toezicht", "/v1/toezicht/termijnen"} <= seen


def test_the_answers_are_those_of_fastapi(world: World, dienst: Dienst) -> None:
    statuses, nobody = set(), Gebruiker(dienst.client, "", world["inspecteur"].rol, {})
    for route in (one for one in that_stand_still(dienst) if one.permission and one.path != "/ik"):
        for user in (who(route, world), world["beheerder"], nobody):
            for path in _asked(path_of(route, world)) if user is not nobody else (path_of(route, world),):
                with _counting_threads() as ours_done:
                    ours = user.get(path)
                with _by_fastapi(dienst.api), _counting_threads() as theirs_done:
                    theirs = user.get(path)
                assert _same(ours) == _same(theirs), path
                assert (ours_done.call_count >= (ours.status_code == 200), theirs_done.call_count) == (True, 0), path
                statuses.add(ours.status_code)
    assert {200, 400, 401, 403} <= statuses


@pytest.mark.parametrize("path", ["/kinderen", "/kinderen/{kind}", "/kinderen?groep=x", "/kinderen/geen-id", "/team"])
def test_the_pages_are_those_of_fastapi(world: World, dienst: Dienst, path: str) -> None:
    browser, kind = bladeraar(dienst, world["teamleider"]), world.files["eigen"]["pleegkind"]
    with _counting_threads() as ours_done:
        ours = browser.get(path.format(kind=kind))
    with _by_fastapi(dienst.api), _counting_threads() as theirs_done:
        theirs = browser.get(path.format(kind=kind))
    assert (ours_done.call_count >= (ours.status_code == 200), theirs_done.call_count) == (True, 0)
    fresh = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|cursor=[\w-]+")
    assert fresh.sub("", ours.text) == fresh.sub("", theirs.text)
    assert (ours.status_code, ours.status_code < 500) == (theirs.status_code, True)


@pytest.mark.parametrize("path", ["/pleegkinderen/{}/termijnen", "/pleegkinderen/{}/kindgesprekken"])
def test_a_file_that_is_none_is_refused_alike(world: World, dienst: Dienst, path: str) -> None:
    for uid in (NOBODY, "geen-id", world.files["organisatie"]["pleegkind"]):
        ours = world["begeleider"].get(path.format(uid))
        with _by_fastapi(dienst.api):
            theirs = world["begeleider"].get(path.format(uid))
        assert _same(ours) == _same(theirs)
        assert ours.status_code in (400, 404)


def _query_models(api: FastAPI) -> list[Any]:
    fields = [
        field for _, route in _api_routes(api) for one in dependants(route.dependant) for field in one.query_params
    ]
    return [field for field in fields if isinstance(field.field_info.annotation, type)
            and issubclass(field.field_info.annotation, BaseModel)]  # fmt: skip


_VALUES = st.sampled_from(
    ["", "1", "25", "0", "x", "true", "open", "2026-11-02", "2026-02-30", "te_laat", "KG-3J", NOBODY, "é", "a b&c"]
)


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_a_query_is_read_as_fastapi_reads_it(dienst: Dienst, data: st.DataObject) -> None:
    """FastAPI's own reading is of another make; what has a fault is left to it, and nothing else."""
    field = data.draw(st.sampled_from(_query_models(dienst.api)))
    model: type[BaseModel] = field.field_info.annotation
    keys = [info.alias or name for name, info in model.model_fields.items()]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from([*keys, "onzin"]), _VALUES), max_size=4))
    request = Request({"type": "http", "query_string": urlencode(pairs).encode(), "headers": []})
    ours, (theirs, errors) = read_query(field)(request), request_params_to_args([field], request.query_params)
    twice = len({key for key, _ in pairs}) < len(pairs)
    assert ours == (None if errors else theirs) or (twice and ours is None)


def _bare(endpoint: Callable[..., Any], *, added: bool) -> FastAPI:
    router, api = APIRouter(route_class=ApiRoute), bare_api()
    router.get("/proef", dependencies=[PUBLIC])(endpoint)
    api.include_router(router, prefix="/v1", dependencies=[PUBLIC] if added else None)
    return api


def test_who_includes_a_router_adds_nothing_to_its_routes() -> None:
    def endpoint() -> None:
        """Answer nothing."""

    with pytest.raises(OngeldigeInstelling, match="/v1/proef"):
        check_policy(_bare(endpoint, added=True))
    with pytest.raises(OngeldigeInstelling, match="beleidstabel"):
        check_policy(_bare(endpoint, added=False))


def _given() -> Iterator[int]:
    yield 1


async def _given_later() -> AsyncIterator[int]:
    yield 1


@pytest.mark.parametrize("given", [_given, _given_later])
def test_what_gives_and_takes_back_is_left_to_fastapi(given: Callable[..., Any]) -> None:
    """The planted fault: called as if it were plain it would never begin, nor end."""

    def endpoint(_given: Annotated[int, Depends(given)]) -> StarletteResponse:
        return StarletteResponse()

    ((_, route),) = _api_routes(_bare(endpoint, added=False))
    assert Work.of(route.dependant) is None


def test_a_check_that_is_wrapped_is_asked_all_the_same() -> None:
    """The planted fault: a coroutine behind a wrapper, which nobody would ever await."""
    asked = []

    async def check() -> None:
        asked.append(1)

    @wraps(check)
    def wrapped() -> Any:
        return check()

    def endpoint(_given: Annotated[None, Depends(wrapped)]) -> StarletteResponse:
        return StarletteResponse()

    api = _bare(endpoint, added=False)
    asyncio.run(_answer_of(api))
    assert asked == [1]


async def _answer_of(api: FastAPI) -> None:
    ((_, route),) = _api_routes(api)
    work = Work.of(route.dependant)
    assert work is not None
    await work.answer(Request({"type": "http", "method": "GET", "app": api, "query_string": b"", "headers": []}))


def test_a_dependency_that_waits_is_no_piece_of_that_work() -> None:
    """The planted fault: on a thread nobody would ever resume it."""

    async def waiting() -> None:
        await asyncio.sleep(0)

    def endpoint(_given: Annotated[None, Depends(waiting)]) -> StarletteResponse:
        return StarletteResponse()

    with pytest.raises(RuntimeError, match="waits"):
        asyncio.run(_answer_of(_bare(endpoint, added=False)))
