"""Which methods a path knows: Starlette's own Allow names only those of the first route that fits."""

from fastapi import Request
from fastapi.routing import iter_route_contexts


def methods_of(request: Request) -> tuple[str, ...]:
    """Return every method of the request's path, sorted; HEAD wherever there is GET."""
    methods: set[str] = set()
    for context in iter_route_contexts(request.app.routes):
        regex = getattr(context, "path_regex", None)
        if regex is not None and regex.match(request.scope["path"]):
            methods |= context.methods or set()
    return tuple(sorted(methods | ({"HEAD"} if "GET" in methods else set())))
