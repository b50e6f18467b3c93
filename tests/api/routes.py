"""The route table of the real application, as the tests walk it."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts

from app.access.permissions import Permission
from app.web.actor import MayWrite, Public
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
    """Return the routes that name no permission and are not public on purpose, and writers that only read."""
    found = []
    for context in contexts(api):
        dependant = getattr(context, "dependant", None)
        named = permission_of(dependant) if dependant is not None else None
        writes = bool((context.methods or set()) - {"GET", "HEAD"})
        on_write_session = dependant is not None and any(isinstance(o.call, MayWrite) for o in dependants(dependant))
        if named is None or (writes and not on_write_session):
            found.append(f"{sorted(context.methods or ())} {context.path}")
    return found


def public(api: FastAPI) -> set[str]:
    """Return the paths that are open to everybody."""
    return {context.path or "" for context in contexts(api) if isinstance(permission_of(context.dependant), Public)}
