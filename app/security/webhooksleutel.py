"""What signs the events of one webhook: derived from the service's keys and its uid, and nowhere kept."""

import base64
import hashlib
import hmac
from typing import Final
from uuid import UUID

from app.security.secrets import Secrets

_PURPOSE: Final = b"pleegzicht/webhook/1 "


def webhook_secret(secrets: Secrets, webhook: UUID) -> str:
    """Return the secret of a webhook as Standard Webhooks writes it: ``whsec_`` and 32 bytes in base64."""
    key = hmac.digest(secrets.sessie, _PURPOSE + webhook.bytes, hashlib.sha256)
    return f"whsec_{base64.b64encode(key).decode()}"
