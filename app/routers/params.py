"""What routes of every noun ask: an id in the path, a moment, and of which version a change is."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from app import clock
from app.queries.feiten.regels import FeitRegel
from app.schemas.velden import Tijdstip
from app.services.feiten.recording import RequestTime, any_version
from app.web.answers import etag_of
from app.web.etag import require_match

Id = Annotated[UUID, Path(alias="id", description="De id van de bron.")]
BekendOp = Annotated[Tijdstip | None, Query(alias="bekendOp", description="Wat stond er op dat moment in het dossier?")]


def request_time() -> RequestTime:
    """Return when this request is handled; the clock is read once."""
    nu = clock.now()
    return RequestTime(nu, clock.civil_date(nu))


def same_version(if_match: str | None) -> Callable[[FeitRegel], None]:
    """Return the check that a change is of the version that its author saw."""

    def check(current: FeitRegel) -> None:
        require_match(if_match, etag_of(current) or "")

    return check


def same_version_if_given(if_match: str | None) -> Callable[[FeitRegel], None]:
    """Return the same check for a step that overwrites nothing: only when the client asks for it."""
    return same_version(if_match) if if_match is not None else any_version
