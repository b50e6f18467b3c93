"""The route table of the real application, as the tests walk it."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts

from app.access.permissions import Permission
from app.web.actor import MayWrite, Public
from app.web.forms import FormGuard
from app.web.route import dependants, permission_of
from tests.api.client import PREFIX


@dataclass(frozen=True, order=True)
class Route:
    """One method of one path (below ``/v1``), with the right that it names."""

    method: str
    path: str
    permission: Permission | None
    has_body: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def contexts(api: FastAPI) -> Iterator[RouteContext]:
    """Yield everything that is mounted, wherever it is."""
    yield from iter_route_contexts(api.routes)


def routes(api: FastAPI) -> list[Route]:
    """Return every route below ``/v1``, in order."""
    found = []
    for context in contexts(api):
        if (context.path or "").startswith(PREFIX + "/"):
            named = permission_of(context.dependant)
            permission = named if isinstance(named, Permission) else None
            path = (context.path or "").removeprefix(PREFIX)
            body = context.body_field is not None
            found += [Route(method, path, permission, body) for method in context.methods or ()]
    return sorted(found)


def unguarded(api: FastAPI) -> list[str]:
    """Return what nobody guards: no permission and not public on purpose, writers that only read, pages that change
    something without a form of ours.
    """
    return [f"{sorted(one.methods or ())} {one.path}" for one in contexts(api) if not _is_guarded(one)]


def _is_guarded(context: RouteContext) -> bool:
    dependant = getattr(context, "dependant", None)
    if dependant is None or (named := permission_of(dependant)) is None:
        return False
    if not (context.methods or set()) - {"GET", "HEAD"}:
        return True
    calls = [one.call for one in dependants(dependant)]
    own_form = any(isinstance(call, FormGuard) for call in calls)
    if isinstance(named, Public):
        return own_form
    is_api = (context.path or "").startswith(PREFIX + "/")
    return any(isinstance(call, MayWrite) for call in calls) and (is_api or own_form)


def public(api: FastAPI) -> set[str]:
    """Return the paths that are open to everybody."""
    return {context.path or "" for context in contexts(api) if isinstance(permission_of(context.dependant), Public)}
