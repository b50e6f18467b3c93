"""Answers for everybody: the same bytes whoever asks, kept by whatever lies between, and for pages of any website."""

import base64
import hashlib
from typing import Final

from starlette.responses import Response

from app.web.etag import is_known
from app.web.files import Bestand

#: seconds that an answer may be kept; what was taken back is gone everywhere after that
HOUDBAAR: Final = 300
_KEPT: Final = {
    "Cache-Control": f"public, max-age={HOUDBAAR}",
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept",
}


def for_everybody(answer: Response, if_none_match: str | None) -> Response:
    """Return an answer with its ETag, over its bytes, and how long it may be kept; 304 when the client has it.

    Args:
        answer: whole, or a file with the ``Repr-Digest`` of its bytes.
        if_none_match: what the client has.
    """
    tag = f'"{_digest(answer)}"'
    headers = {**_KEPT, "ETag": tag}
    if is_known(if_none_match, tag):
        if isinstance(answer, Bestand):
            answer.close()
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer


def _digest(answer: Response) -> str:
    if isinstance(answer, Bestand):
        return answer.headers["Repr-Digest"].removeprefix("sha-256=").strip(":")
    return base64.b64encode(hashlib.sha256(answer.body).digest()).decode()
