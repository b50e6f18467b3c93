"""A file as an answer: made whole on disk first, so that what goes wrong is a problem and not half a file."""

import base64
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

#: bytes: what is larger waits on disk, and is sent so much at a time; what is not leaves with its head, all or nothing
_IN_MEMORY = 1024 * 1024


def file_response(
    pieces: Iterable[bytes], media_type: str, filename: str, digest: str, vastgesteld_door: str | None = None
) -> Response:
    """Return a download.

    Args:
        pieces: the file; all are taken before the answer begins.
        media_type: what it is.
        filename: a name of letters, digits, dots and dashes.
        digest: of the content that the file shows (SHA-256, hexadecimal).
        vastgesteld_door: nummer or pseudonym of who froze it; in ``X-Toets-Vastgesteld-Door``, percent-encoded.

    Returns:
        The answer, with ``Repr-Digest`` over its bytes (RFC 9530) and ``X-Toets-Digest`` over what they say.
    """
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "X-Toets-Digest": digest}
    if vastgesteld_door is not None:
        headers["X-Toets-Vastgesteld-Door"] = quote(vastgesteld_door, safe="")
    return open_file(pieces, media_type, headers)


class Bestand(StreamingResponse):
    """A file as an answer; whoever does not send it closes it."""

    def __init__(self, file: IO[bytes], headers: Mapping[str, str], media_type: str) -> None:
        super().__init__(_read(file), headers=headers, media_type=media_type)
        self.close = file.close


def open_file(pieces: Iterable[bytes], media_type: str, headers: Mapping[str, str]) -> Bestand:
    """Return a file with its length and the ``Repr-Digest`` over its bytes; all pieces are taken before it begins."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 — closed when it was sent
    sha256 = hashlib.sha256()
    size = 0
    for piece in pieces:
        file.write(piece)
        sha256.update(piece)
        size += len(piece)
    file.seek(0)
    own = {"Content-Length": str(size), "Repr-Digest": f"sha-256=:{base64.b64encode(sha256.digest()).decode()}:"}
    return Bestand(file, {**headers, **own}, media_type)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_IN_MEMORY):
            yield piece
