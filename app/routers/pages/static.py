"""The files that pages look like; a name is of one content for ever."""

from fastapi import Request
from starlette.responses import Response

from app.errors import NotFound
from app.web.actor import PUBLIC
from app.web.assets import PREFIX, assets, takes_gzip
from app.web.routing import Router
from app.web.visitor import PageRoute

router = Router(route_class=PageRoute)


@router.get(PREFIX + "{name}", dependencies=[PUBLIC])
async def get_asset(name: str, request: Request) -> Response:
    """Return a file, packed for who can unpack it."""
    found = assets().get(name)
    if found is None:
        raise NotFound
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if takes_gzip(request.headers.get("accept-encoding", "")):
        packed = {**headers, "Content-Encoding": "gzip"}
        return Response(found.packed, headers=packed, media_type=found.media_type)
    return Response(found.content, headers=headers, media_type=found.media_type)
