"""The API on pages to read, in the demo: what can be asked, by subject; elsewhere there is only its document."""

from collections.abc import Mapping, Sequence
from functools import cache

from fastapi import FastAPI, Request
from starlette.responses import Response

from app.errors import NotFound
from app.web.actor import PUBLIC
from app.web.openapi import describe
from app.web.pages import page
from app.web.readable import Operation, read_operations
from app.web.routing import Router
from app.web.visitor import PageRoute

router = Router(route_class=PageRoute)


@cache
def _subjects(app: FastAPI) -> Mapping[str, Sequence[Operation]]:
    return read_operations(describe(app))


def _in_demo(request: Request) -> Mapping[str, Sequence[Operation]]:
    """Return what can be asked, by subject.

    Raises:
        NotFound: this is no demo.
    """
    if not request.app.state.settings.demo:
        raise NotFound
    return _subjects(request.app)


@router.get("/api", dependencies=[PUBLIC])
def show_api(request: Request) -> Response:
    """Show the subjects."""
    return page("api/api.html", onderwerpen=_in_demo(request), demo=True)


@router.get("/api/{onderwerp}", dependencies=[PUBLIC])
def show_api_subject(request: Request, onderwerp: str) -> Response:
    """Show what can be asked about one subject."""
    found = _in_demo(request).get(onderwerp)
    if found is None:
        raise NotFound
    return page("api/onderwerp.html", onderwerp=onderwerp, operaties=found, demo=True)
