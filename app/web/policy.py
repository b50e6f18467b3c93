"""Deny by default: the application does not start with a route, mount or websocket that was not reviewed."""

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from app.access.permissions import Permission
from app.access.policy import Gevonden, differences, route_regels, uitkomst_regels
from app.errors import OngeldigeInstelling
from app.web.actor import Public
from app.web.route import permission_of
from app.web.stap import stap_of


def found_in(api: FastAPI) -> Iterator[Gevonden]:
    """Yield every method of all that answers, wherever it is mounted; what is no route has a method of its own."""
    for context in iter_route_contexts(api.routes):
        route, pad = context.original_route, context.path or getattr(context.original_route, "path", "") or "?"
        if not isinstance(route, APIRoute):
            yield Gevonden(type(route).__name__.upper(), pad, None)
            continue
        named = permission_of(context.dependant)
        recht = "" if isinstance(named, Public) else named.value if isinstance(named, Permission) else None
        stap = stap_of(route.endpoint)
        for methode in sorted(context.methods or {"?"}):
            yield Gevonden(methode, pad, recht)
            if stap is not None:
                yield Gevonden(methode, f"{pad}#{stap.veld}", stap.recht.value)


def _adding(api: FastAPI) -> Iterator[str]:
    """Yield routes to which the including of their router adds: their work is known before (``app.web.work``)."""
    for context in iter_route_contexts(api.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            path = context.path or "?"
            if len(context.dependencies) != len(route.dependencies) or "{" in path.removesuffix(route.path):
                yield path


def check_policy(api: FastAPI) -> None:
    """Refuse an application that is not what was reviewed.

    Raises:
        OngeldigeInstelling: with the first difference, and how many there are.
    """
    added = next(_adding(api), None)
    if added is not None:
        raise OngeldigeInstelling(f"De route {added} krijgt bij het opnemen iets erbij dat zij niet zelf noemt")
    found = list(differences(list(found_in(api)), route_regels(), uitkomst_regels()))
    if found:
        raise OngeldigeInstelling(f"De routes zijn niet die van de beleidstabel ({len(found)}): {found[0]}")
