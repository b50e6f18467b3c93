"""A step of a route: a field in its body for which one needs a right more than for the route itself.

The endpoint says so with ``also_asks``. The door sees whether the body has the field (``app.web.route``), the access
log names the step (``app.web.spoor``), the actor is asked for the right (``app.web.actor``), and the policy table holds
it as ``path#field`` (``app.web.policy``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.types import Scope

from app.access.permissions import Permission

F = TypeVar("F", bound=Callable[..., Any])

_STEP = "__stap__"
_TAKEN = "pleegzicht.stap"


@dataclass(frozen=True, slots=True)
class Stap:
    """A step.

    Attributes:
        veld: the field of the body, as it is written there.
        recht: what it asks.
        weigering: what somebody without that right is told, in Dutch.
    """

    veld: str
    recht: Permission
    weigering: str


def also_asks(recht: Permission, veld: str, weigering: str) -> Callable[[F], F]:
    """Mark an endpoint of which one field asks for a right more."""

    def mark(endpoint: F) -> F:
        setattr(endpoint, _STEP, Stap(veld, recht, weigering))
        return endpoint

    return mark


def stap_of(endpoint: Callable[..., Any]) -> Stap | None:
    """Return the step of an endpoint."""
    stap: Stap | None = getattr(endpoint, _STEP, None)
    return stap


def take(scope: Scope, stap: Stap, body: Any) -> None:
    """Remember that a request takes a step: its body has the field, whatever is in it."""
    if isinstance(body, dict) and body.get(stap.veld) is not None:
        scope[_TAKEN] = stap


def taken(scope: Scope) -> Stap | None:
    """Return the step that a request takes."""
    stap: Stap | None = scope.get(_TAKEN)
    return stap
