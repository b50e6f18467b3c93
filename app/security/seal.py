"""Sealing small texts that leave and come back, such as cursors: AES-GCM, bound to their purpose."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class BrokenSeal(ValueError):
    """Not sealed here, or for another purpose."""


class Seal:
    """Closes and opens; the purpose (such as the list's path) must be the same both times."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, plain: bytes, purpose: str) -> bytes:
        """Return nonce and ciphertext."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Return what was closed.

        Raises:
            BrokenSeal: for anything else.
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except (InvalidTag, ValueError):
            raise BrokenSeal from None
