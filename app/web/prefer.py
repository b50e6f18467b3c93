"""``Prefer: respond-async`` (RFC 7240): who asks does not want to wait; the answer says whether that was heard."""

from typing import Annotated, Final

from fastapi import Depends, Header
from starlette.responses import Response

ASYNC: Final = "respond-async"
_Given = Annotated[
    str | None,
    Header(
        alias="Prefer",
        description="respond-async: maak het naast deze aanvraag; het antwoord is dan een 202 met een opdracht.",
    ),
]


async def _wants_async(prefer: _Given = None) -> bool:
    names = (one.partition(";")[0].partition("=")[0] for one in (prefer or "").split(","))
    return any(name.strip().lower() == ASYNC for name in names)


#: whether who asks does not want to wait
NietWachten = Annotated[bool, Depends(_wants_async)]


def applied(answer: Response) -> Response:
    """Return the answer, which says that the preference was applied."""
    answer.headers["Preference-Applied"] = ASYNC
    return answer
