"""How a route that asked the database ends: on the thread that it worked on, before its answer leaves.

Its transaction is committed there and the access log told there; going back to the event loop between these, and to
another thread for each, costs a small request a fifth of its processor time.
"""

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from sqlalchemy.orm import Session

from app.web.answers import Antwoord
from app.web.spoor import tell_within

Endpoint = Callable[..., Any]


def ending(endpoint: Endpoint) -> Endpoint:
    """Return the endpoint, ending its session; what answers no JSON ends as its session and ``Sporen`` do."""
    if iscoroutinefunction(endpoint):
        return endpoint

    @wraps(endpoint)
    def ended(**given: Any) -> Any:
        answer = endpoint(**given)
        session = next((value for value in given.values() if isinstance(value, Session)), None)
        if session is not None and isinstance(answer, Antwoord):
            session.commit()
            tell_within(session, answer.status_code, answer.kinderen)
        return answer

    return ended
