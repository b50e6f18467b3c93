"""What the application holds for its lifetime, as routes name it."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.types import Scope

from app.db.engines import Engines
from app.security.bsnsleutels import Sleutelbestand
from app.security.secrets import Secrets
from app.services.zegels.maken import Zegelplaats


def engines_of(scope: Scope) -> Engines:
    """Return the engines of the application that a request came to."""
    found: Engines = scope["app"].state.engines
    return found


def secrets_of(request: Request) -> Secrets:
    """Return the keys as they are now: the file may have got new ones since the start."""
    keys: Sleutelbestand = request.app.state.sleutelbestand
    return keys.current()


async def _secrets(request: Request) -> Secrets:
    return secrets_of(request)


AppSecrets = Annotated[Secrets, Depends(_secrets)]


async def _zegelplaats(request: Request) -> Zegelplaats:
    found: Zegelplaats = request.app.state.zegelplaats
    return found


AppZegelplaats = Annotated[Zegelplaats, Depends(_zegelplaats)]
