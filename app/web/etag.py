"""Strong ETags from (uid, versie), If-Match and If-None-Match (RFC 9110 §13)."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import Header

from app.errors import PreconditionFailed, PreconditionRequired

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=1000, description="De ETag van de versie die u wijzigt. Verplicht (428)."),
]
IfNoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", max_length=1000, description="De ETag die u al heeft (304).")
]

_TAG = re.compile(r'(W/)?("[^"]*")')


def etag(uid: UUID, versie: int) -> str:
    """Return the strong ETag of one version, quotes included."""
    return f'"{uid.hex}-{versie}"'


def _tags(header: str, *, weak_too: bool) -> set[str]:
    return {tag for weak, tag in _TAG.findall(header) if weak_too or not weak}


def require_match(if_match: str | None, current: str) -> None:
    """Refuse a change of a version that its author has not seen.

    ``*`` names no version, so it counts as no If-Match: it would let a blind change through.

    Raises:
        PreconditionRequired: without If-Match, or with ``*``.
        PreconditionFailed: no strong tag in it is the current one; a weak tag never matches.
    """
    if if_match is None or if_match.strip() in ("", "*"):
        raise PreconditionRequired
    if current not in _tags(if_match, weak_too=False):
        raise PreconditionFailed


def is_known(if_none_match: str | None, current: str) -> bool:
    """Tell whether the client already has this version (weak comparison, as RFC 9110 asks of GET)."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or current in _tags(if_none_match, weak_too=True)
