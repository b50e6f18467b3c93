"""What closes and opens the concepten of one medewerker: AES-GCM under a key derived from the service's and their uid.

Where one lies (``plaats``) is a digest under that key of the form and of what it is about. The text is bound to its
plaats, and so to medewerker, form and child: moved to another row it opens nowhere.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.security.lockbox import BrokenLockbox, Lockbox
from app.security.secrets import Secrets

_PURPOSE: Final = b"pleegzicht/concept/1 "


@dataclass(frozen=True, slots=True)
class Plek:
    """Which form, and about what: a child, or the fact that it corrects."""

    formulier: str
    over: UUID


class Conceptsleutel:
    """Of one medewerker."""

    def __init__(self, secrets: Secrets, medewerker: UUID) -> None:
        self._key = hmac.digest(secrets.sessie, _PURPOSE + medewerker.bytes, hashlib.sha256)
        self._lockbox = Lockbox(self._derived("inhoud"))

    @property
    def merk(self) -> str:
        """Return by what a page knows whose text is in it; says nothing of who that is."""
        return self._derived("merk").hex()[:32]

    def plaats(self, plek: Plek) -> bytes:
        """Return where the concept of a form lies: 32 bytes."""
        return self._derived(f"plaats {plek.formulier} {plek.over}")

    def close(self, plek: Plek, velden: Mapping[str, str]) -> bytes:
        """Return the fields of a form, encrypted."""
        plain = json.dumps([plek.formulier, str(plek.over), dict(velden)], ensure_ascii=False)
        return self._lockbox.close(plain.encode(), self.plaats(plek).hex())

    def open(self, plaats: bytes, inhoud: bytes) -> tuple[Plek, Mapping[str, str]] | None:
        """Return what was closed for a plaats; None for anything else, as after a change of keys."""
        try:
            formulier, over, velden = json.loads(self._lockbox.open(inhoud, plaats.hex()))
        except BrokenLockbox:
            return None
        return Plek(formulier, UUID(over)), velden

    def _derived(self, what: str) -> bytes:
        return hmac.digest(self._key, what.encode(), hashlib.sha256)
