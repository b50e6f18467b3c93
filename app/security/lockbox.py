"""Locking small texts that leave and come back, such as cursors: AES-GCM, bound to their purpose."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12  # bytes: what AES-GCM asks for


class BrokenLockbox(ValueError):
    """Not closed here, or for another purpose."""


class Lockbox:
    """Closes and opens; the purpose (such as the list's path) must be the same both times."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, plain: bytes, purpose: str) -> bytes:
        """Return nonce and ciphertext."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, purpose.encode())

    def open(self, closed: bytes, purpose: str) -> bytes:
        """Return what was closed.

        Raises:
            BrokenLockbox: for anything else.
        """
        try:
            return self._cipher.decrypt(closed[:NONCE], closed[NONCE:], purpose.encode())
        except (InvalidTag, ValueError):
            raise BrokenLockbox from None
