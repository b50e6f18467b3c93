"""The files that pages look like; a name is of one content for ever."""

from starlette.responses import Response

from app.errors import NotFound
from app.web.actor import PUBLIC
from app.web.assets import PREFIX, assets
from app.web.routing import Router
from app.web.visitor import PageRoute

router = Router(route_class=PageRoute)


@router.get(PREFIX + "{name}", dependencies=[PUBLIC])
async def get_asset(name: str) -> Response:
    """Return a file."""
    found = assets().get(name)
    if found is None:
        raise NotFound
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(found.content, headers=headers, media_type=found.media_type)
