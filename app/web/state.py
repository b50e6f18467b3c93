"""What the application holds for its lifetime, as routes name it."""

from typing import Annotated

from fastapi import Depends, Request

from app.security.secrets import Secrets


async def _secrets(request: Request) -> Secrets:
    found: Secrets = request.app.state.secrets
    return found


AppSecrets = Annotated[Secrets, Depends(_secrets)]
