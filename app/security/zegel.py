"""A seal: a checkpoint signed with Ed25519, in the one form that has a digest.

The file of a seal is the canonical JSON of ``{"handtekening": hex, "inhoud": {...}}`` and a line feed; the signature
and the digest (SHA-256) are over the canonical JSON of ``inhoud``. Who has the public key can check one without this
software. What a seal says is ``app.queries.zegels.inhoud``.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.lib.canoniek import as_canonical
from app.security.secrets import Secrets

_PURPOSE = b"pleegzicht zegel ed25519 1"
_BYTES = 32


class GeenZegel(ValueError):
    """Not a seal, or not in the form in which it was written."""


@dataclass(frozen=True, slots=True)
class Getekend:
    """A seal with its signature; whether that fits is for ``fits`` to say."""

    inhoud: Mapping[str, Any]
    handtekening: str

    @property
    def digest(self) -> str:
        """The SHA-256 of what it says, as 64 hexadecimal digits."""
        return hashlib.sha256(as_canonical(self.inhoud).encode()).hexdigest()

    def as_bytes(self) -> bytes:
        """Return the file."""
        return f"{as_canonical({'inhoud': self.inhoud, 'handtekening': self.handtekening})}\n".encode()

    def fits(self, public_key: str) -> bool:
        """Tell whether the holder of a public key (hexadecimal) signed exactly this."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
            key.verify(bytes.fromhex(self.handtekening), as_canonical(self.inhoud).encode())
        except (InvalidSignature, ValueError):
            return False
        return True


class Zegelsleutel:
    """The key that signs seals, derived from the secrets of this installation."""

    def __init__(self, secrets: Secrets) -> None:
        seed = HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=_PURPOSE).derive(secrets.zegel)
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> str:
        """The public half, hexadecimal; may be given to anybody, and is best kept by somebody else."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, inhoud: Mapping[str, Any]) -> Getekend:
        """Return what ``inhoud`` says with a signature under it."""
        return Getekend(inhoud, self._key.sign(as_canonical(inhoud).encode()).hex())


def read_seal(data: bytes) -> Getekend:
    """Read the file of a seal.

    Raises:
        GeenZegel: it is not, to the last byte, what ``Getekend.as_bytes`` gives.
    """
    try:
        found: Any = json.loads(data)
        inhoud, handtekening = found["inhoud"], found["handtekening"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise GeenZegel from None
    if not isinstance(inhoud, dict) or not isinstance(handtekening, str):
        raise GeenZegel
    seal = Getekend(inhoud, handtekening)
    if seal.as_bytes() != data:
        raise GeenZegel
    return seal
