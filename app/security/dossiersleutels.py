"""The key of each locked file: outside the database, so that destroying it destroys the file in every backup as well.

``<map>/<uid of the proposal>.sleutel``: 32 random bytes, for the owner's eyes only (mode 0600). The folder must not be
in the backup of the database, nor be kept longer than the keys in it.
"""

import os
import secrets
import zlib
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.errors import Conflict
from app.security.lockbox import NONCE
from app.security.zegelmap import flush_folder

_KEY_BYTES: Final = 32
_FORMAT: Final = b"pleegzicht/dossier/1"


class DossierOnleesbaar(Conflict):
    """A locked file that no key of ours opens: the key is destroyed or elsewhere, or the file is not as it was."""

    code = "dossier_onleesbaar"
    detail = "Het verzegelde dossier is met geen sleutel in deze map te openen."


class Dossiersleutels:
    """The keys below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def close(self, uid: UUID, content: bytes) -> bytes:
        """Return content locked under a new key that is on the disk before this returns.

        Raises:
            OSError: the key cannot be written.
        """
        key, nonce = self._make(uid), os.urandom(NONCE)
        return nonce + AESGCM(key).encrypt(nonce, zlib.compress(content, 9), _binding(uid))

    def open(self, uid: UUID, closed: bytes) -> bytes:
        """Return the content again.

        Raises:
            DossierOnleesbaar: there is no key for it, or it was changed.
        """
        try:
            key = self.path_of(uid).read_bytes()
            return zlib.decompress(AESGCM(key).decrypt(closed[:NONCE], closed[NONCE:], _binding(uid)))
        except (FileNotFoundError, InvalidTag, ValueError, zlib.error):
            raise DossierOnleesbaar from None

    def has(self, uid: UUID) -> bool:
        """Tell whether there is a key."""
        return self.path_of(uid).exists()

    def destroy(self, uid: UUID) -> None:
        """Overwrite and remove a key; one that is gone already is no error, a run may have been cut short."""
        path = self.path_of(uid)
        if not path.exists():
            return
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        flush_folder(self.folder)

    def path_of(self, uid: UUID) -> Path:
        """Return where a key lies."""
        return self.folder / f"{uid}.sleutel"

    def _make(self, uid: UUID) -> bytes:
        """Write a new key through to the disk; one left by a run that was cut short is used again."""
        path = self.path_of(uid)
        if path.exists():
            return path.read_bytes()
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True, mode=0o700)
            flush_folder(self.folder.parent)
        key = secrets.token_bytes(_KEY_BYTES)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        flush_folder(self.folder)
        return key


def _binding(uid: UUID) -> bytes:
    return _FORMAT + uid.bytes
