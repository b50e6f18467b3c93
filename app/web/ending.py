"""How a route that asked the database ends: on the thread that it worked on, before its answer leaves.

Its transaction is committed there and the access log told there; going back to the event loop between these, and to
another thread for each, costs a small request a fifth of its processor time.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from app.db.sessions import finish
from app.web.answers import Antwoord
from app.web.spoor import tell_within

Endpoint = Callable[..., Any]


def ending(endpoint: Endpoint) -> Endpoint:
    """Return the endpoint, ending its session; an answer that is made while it leaves ends as ``Sporen`` does it."""
    if iscoroutinefunction(endpoint):
        return endpoint

    @wraps(endpoint)
    def ended(**given: Any) -> Any:
        answer = endpoint(**given)
        session = next((value for value in given.values() if isinstance(value, Session)), None)
        if session is not None and (isinstance(answer, Antwoord) or type(answer) is Response):
            finish(session)
            tell_within(session, answer.status_code, _named_in(answer))
        return answer

    return ended


def _named_in(answer: Response) -> Sequence[UUID]:
    """Return the children that an answer names itself; those on a page were named by its route."""
    return answer.kinderen if isinstance(answer, Antwoord) else ()
