"""A form of the pages with a file in it: read as a browser sends it, under the same token and limits as every form.

The parts are taken apart by the e-mail parser of Python itself, which reads bytes as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Annotated

from fastapi import Depends, Request

from app.errors import BadInput, Fault, UnsupportedMedia
from app.web.forms import Form, FormGuard

_MULTIPART = "multipart/form-data"
#: as large a workbook as may come in by a page; the reader has limits of its own on what is inside
MAX_UPLOAD = 25_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """The fields of a form, and the files in it by the name of their field."""

    velden: Form
    bestanden: Mapping[str, bytes]


class OwnUpload(FormGuard):
    """The dependency that gives a route its form with files."""

    async def __call__(self, request: Request) -> Upload:
        """Return the form.

        Raises:
            FormulierVerlopen: the form is not of a page of ours in this browser.
            UnsupportedMedia, BadInput: it is no form with a file.
        """
        self.refuse_elsewhere(request)
        upload = _parts(request.headers.get("content-type", ""), await request.body())
        self.refuse_strange(request, upload.velden)
        return upload


def _parts(content_type: str, body: bytes) -> Upload:
    if content_type.partition(";")[0].strip().lower() != _MULTIPART:
        raise UnsupportedMedia("Stuur de inhoud als formulier met een bestand.")
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    whole = BytesParser(policy=HTTP).parsebytes(head + body)
    if not whole.is_multipart() or whole.defects:
        raise BadInput(Fault("body", "", "ongeldig_formulier", "Dit is geen formulier."))
    velden: dict[str, str] = {}
    bestanden: dict[str, bytes] = {}
    for part in whole.iter_parts():
        _take(part, velden, bestanden)
    return Upload(velden, bestanden)


def _take(part: Message, velden: dict[str, str], bestanden: dict[str, bytes]) -> None:
    naam = part.get_param("name", header="content-disposition")
    payload = part.get_payload(decode=True)
    if not isinstance(naam, str) or not isinstance(payload, bytes) or naam in velden or naam in bestanden:
        raise BadInput(Fault("body", "", "ongeldig_formulier", "Dit is geen formulier."))
    if part.get_filename() is None:
        velden[naam] = payload.decode("utf-8", "replace")
    else:
        bestanden[naam] = payload


SessionUpload = Annotated[Upload, Depends(OwnUpload(signed_in=True))]
