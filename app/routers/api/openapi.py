"""The description of the API, for everybody and from every website."""

import json
from functools import cache

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from app.web.actor import PUBLIC
from app.web.openapi import describe
from app.web.route import ApiRoute

router = APIRouter(route_class=ApiRoute, tags=["beschrijving"])


@cache
def _document(app: FastAPI) -> bytes:
    return json.dumps(describe(app), ensure_ascii=False).encode()


@router.get("/openapi.json", dependencies=[PUBLIC], response_model=dict[str, object])
async def get_openapi_document(request: Request) -> Response:
    """De beschrijving van deze API in OpenAPI 3.1."""
    headers = {"Access-Control-Allow-Origin": "*"}
    return Response(_document(request.app), headers=headers, media_type="application/json")
