"""What opens a calendar feed, and by what a date in it is known: derived from the service's keys, and nowhere kept."""

import base64
import hashlib
import hmac
from typing import Final
from uuid import UUID

from app.security.secrets import Secrets

_PURPOSE: Final = b"pleegzicht/agenda/1 "


class Agendasleutel:
    """Of one feed."""

    def __init__(self, secrets: Secrets, agenda: UUID) -> None:
        self._secrets, self._agenda = secrets, agenda

    @property
    def sleutel(self) -> str:
        """Return what stands in its address: 43 characters."""
        return base64.urlsafe_b64encode(self._derived(b"sleutel " + self._agenda.bytes)).rstrip(b"=").decode()

    def merk(self, medewerker: UUID, pleegkind: UUID) -> str:
        """Return by what a calendar knows the date for a child again, also in a later feed; says nothing of whom."""
        return self._derived(b"merk " + medewerker.bytes + pleegkind.bytes).hex()[:32]

    def _derived(self, what: bytes) -> bytes:
        return hmac.digest(self._secrets.sessie, _PURPOSE + what, hashlib.sha256)
