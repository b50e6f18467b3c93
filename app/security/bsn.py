"""The BSN at rest: encrypted with AES-GCM and bound to its child, found again by a keyed blind index.

Stored form, one bytes value: format 1, length of the key id, key id, nonce (12), ciphertext with tag. Bound
to organisatie and child: a value copied to another row does not decrypt.
"""

import hashlib
import hmac
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.security.lockbox import NONCE
from app.security.secrets import Secrets

_FORMAT = 1


class UnreadableBsn(Exception):
    """A stored BSN that belongs to another row, has an unknown key, or was changed."""


def encrypt_bsn(secrets: Secrets, bsn: str, organisatie_id: int, uid: UUID) -> bytes:
    """Return the stored form of a BSN of the pleegkind ``uid`` of an organisatie."""
    key_id, nonce = secrets.bsn_active.encode(), os.urandom(NONCE)
    head = bytes((_FORMAT, len(key_id))) + key_id
    cipher = AESGCM(secrets.bsn_keys[secrets.bsn_active])
    return head + nonce + cipher.encrypt(nonce, bsn.encode(), _binding(head, organisatie_id, uid))


def decrypt_bsn(secrets: Secrets, stored: bytes, organisatie_id: int, uid: UUID) -> str:
    """Return the BSN.

    Raises:
        UnreadableBsn: it was not encrypted for this row with a key that we have.
    """
    try:
        head, rest = stored[: 2 + stored[1]], stored[2 + stored[1] :]
        key = secrets.bsn_keys[key_id_of(stored)]
        plain = AESGCM(key).decrypt(rest[:NONCE], rest[NONCE:], _binding(head, organisatie_id, uid))
    except (InvalidTag, KeyError, IndexError, ValueError):
        raise UnreadableBsn from None
    return plain.decode()


def key_id_of(stored: bytes) -> str:
    """Return which key a stored BSN needs (to find those still under an old key)."""
    if stored[0] != _FORMAT:
        raise UnreadableBsn
    return stored[2 : 2 + stored[1]].decode()


def blind_index(secrets: Secrets, organisatie_id: int, bsn: str) -> bytes:
    """Return the value to store a BSN under within one organisatie; two organisaties get two values."""
    return _index(secrets.bsn_indexes[secrets.bsn_index_active], organisatie_id, bsn)


def blind_indexes(secrets: Secrets, organisatie_id: int, bsn: str) -> list[bytes]:
    """Return every value that a BSN may be stored under: while keys are being renewed, old and new ones."""
    return [_index(key, organisatie_id, bsn) for key in secrets.bsn_indexes.values()]


def _index(key: bytes, organisatie_id: int, bsn: str) -> bytes:
    of_organisatie = hmac.digest(key, f"organisatie:{organisatie_id}".encode(), hashlib.sha256)
    return hmac.digest(of_organisatie, bsn.encode(), hashlib.sha256)


def _binding(head: bytes, organisatie_id: int, uid: UUID) -> bytes:
    return head + f"{organisatie_id}:{uid}".encode()
