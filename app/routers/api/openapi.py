"""The description of the API, for everybody and from every website."""

import json
from functools import cache, partial

from fastapi import FastAPI, Request
from starlette.responses import Response

from app.web.actor import PUBLIC
from app.web.openapi import describe
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.threads import Threads

router = Router(route_class=ApiRoute, tags=["beschrijving"])

#: one: making it takes a second, once, and nobody else may wait for that
_threads = Threads("openapi", 1)


@cache
def _document(app: FastAPI) -> bytes:
    return json.dumps(describe(app), ensure_ascii=False).encode()


@router.get("/openapi.json", dependencies=[PUBLIC], response_model=dict[str, object])
async def get_openapi_document(request: Request) -> Response:
    """De beschrijving van deze API in OpenAPI 3.1."""
    headers = {"Access-Control-Allow-Origin": "*"}
    document = await _threads.run(partial(_document, request.app))
    return Response(document, headers=headers, media_type="application/json")
