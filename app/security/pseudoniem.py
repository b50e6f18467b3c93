"""What an inspecteur sees in place of an id: a keyed pseudonym that is another one under another mandate.

HMAC-SHA256 in two steps: a key of the mandate from the secret key, then the kind and id under that key. Nothing is
stored: who has the key and the children finds the child again by computing them all (20,000 take a tenth of a second),
and who has no key cannot get from a pseudonym to an id, nor from one mandate's pseudonym to another's.

``pleegkind-`` and 32 characters of base32: a mark of the mandate (4 bytes, to know where to look), then 16 bytes.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from uuid import UUID

from app.security.secrets import Secrets

#: for checking at the door
PATROON = "^[a-z]{1,40}-[a-z2-7]{32}$"
_FORM = re.compile(PATROON)
_MARK, _BYTES = 4, 16
_MARK_CHARACTERS = 6  # the characters that 30 of the mark's 32 bits fill


class Pseudoniemen:
    """The pseudonyms under one mandate."""

    def __init__(self, secrets: Secrets, mandaat: UUID) -> None:
        self._key = hmac.digest(secrets.pseudoniem, b"mandaat:" + mandaat.bytes, hashlib.sha256)
        self._mark = hmac.digest(secrets.pseudoniem, b"merk:" + mandaat.bytes, hashlib.sha256)[:_MARK]
        self._mark_text = _base32(self._mark)[:_MARK_CHARACTERS]

    def of(self, soort: str, uid: UUID | str) -> str:
        """Return the pseudonym of something of a kind by its external id."""
        return f"{soort}-{_base32(self._mark + self._digest(soort, uid))}"

    def _digest(self, soort: str, uid: UUID | str) -> bytes:
        return hmac.digest(self._key, f"{soort}:{uid}".encode(), hashlib.sha256)[:_BYTES]

    def is_mine(self, pseudoniem: str) -> bool:
        """Tell whether a pseudonym bears the mark of this mandate; that says nothing about whether it exists."""
        mark = pseudoniem.partition("-")[2][:_MARK_CHARACTERS]
        return mark == self._mark_text and _FORM.fullmatch(pseudoniem) is not None

    def find(self, pseudoniem: str, soort: str, uids: Iterable[UUID]) -> UUID | None:
        """Return which of these ids has this pseudonym, or None."""
        given, _, text = pseudoniem.partition("-")
        if given != soort or not self.is_mine(pseudoniem):
            return None
        wanted = base64.b32decode(text.upper())[_MARK:]
        return next((uid for uid in uids if hmac.compare_digest(self._digest(soort, uid), wanted)), None)


def _base32(value: bytes) -> str:
    return base64.b32encode(value).decode().rstrip("=").lower()
