"""What closes and opens the file that was made beside a request: compressed, AES-GCM under a key of its order.

The head that the answer needs, and which children are in the file, lie inside: the table tells neither.
"""

import hashlib
import hmac
import json
import zlib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from app.security.lockbox import BrokenLockbox, Lockbox
from app.security.secrets import Secrets

_PURPOSE: Final = "pleegzicht/toetsopdracht/1"


@dataclass(frozen=True, slots=True)
class Klaarbestand:
    """A file as an answer gives it.

    Attributes:
        inhoud: its bytes.
        media_type: what it is.
        naam: what it is called when it is kept.
        digest: of the audit that it shows.
        vastgesteld_door: nummer of who froze that; None for a concept.
        pleegkinderen: whose rows are in it, for the access log.
    """

    inhoud: bytes
    media_type: str
    naam: str
    digest: str
    vastgesteld_door: str | None
    pleegkinderen: tuple[UUID, ...]


class Toetssleutel:
    """Of one order."""

    def __init__(self, secrets: Secrets, opdracht: UUID) -> None:
        purpose = f"{_PURPOSE} {opdracht}".encode()
        self._lockbox = Lockbox(hmac.digest(secrets.sessie, purpose, hashlib.sha256))

    def close(self, bestand: Klaarbestand) -> bytes:
        """Return a file, compressed and encrypted."""
        kop = {
            "media_type": bestand.media_type,
            "naam": bestand.naam,
            "digest": bestand.digest,
            "vastgesteld_door": bestand.vastgesteld_door,
            "pleegkinderen": [str(kind) for kind in bestand.pleegkinderen],
        }
        return self._lockbox.close(zlib.compress(json.dumps(kop).encode() + b"\n" + bestand.inhoud), _PURPOSE)

    def open(self, closed: bytes) -> Klaarbestand | None:
        """Return what was closed; None for anything else, as after a change of keys."""
        try:
            head, _, inhoud = zlib.decompress(self._lockbox.open(closed, _PURPOSE)).partition(b"\n")
        except BrokenLockbox:
            return None
        kop = json.loads(head)
        kop["pleegkinderen"] = tuple(map(UUID, kop["pleegkinderen"]))
        return Klaarbestand(inhoud=inhoud, **kop)
