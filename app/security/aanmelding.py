"""One sign-in under way: state, nonce and verifier, encrypted in a cookie of the browser that began it.

Nothing is stored for who has not signed in yet. Encryption binds the three together and to their end; ``digest`` is
what the session remembers, so that one sign-in makes one session.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets as random
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.errors import AppError
from app.security.lockbox import BrokenLockbox, Lockbox
from app.security.secrets import Secrets

LIFETIME = 600  # seconds
_PURPOSE = "aanmelding"
_BYTES = 32
_PATH = re.compile(r"/(?![/\\])[!-~]{0,199}")


class AanmeldenMislukt(AppError):
    """400: this sign-in cannot be finished: too late, another browser's, used already, or not from our provider."""

    status = 400
    code = "aanmelden_mislukt"
    title = "Aanmelden is niet gelukt"
    detail = "Het aanmelden duurde te lang, of is niet in deze browser begonnen. Begin opnieuw."


class AanmeldenGeweigerd(AanmeldenMislukt):
    """The provider answered with an error."""

    code = "aanmelden_geweigerd"
    detail = "De aanmelddienst heeft u niet aangemeld. Begin opnieuw, of vraag het de beheerder van uw organisatie."


class GeenToegang(AppError):
    """403: known at the provider, but here no medewerker, or not in that rol."""

    status = 403
    code = "geen_toegang"
    title = "Geen toegang"
    detail = "De aanmelddienst kent u, maar u heeft geen toegang tot Pleegzicht. Vraag de beheerder van uw organisatie."


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """A sign-in that began at a moment (seconds since 1970), and where to go after it."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    terug: str
    begonnen: int

    @classmethod
    def begin(cls, terug: str | None, at: int) -> "Aanmelding":
        """Return a new one; a path that does not lead to a page of ours becomes the first page."""
        state, nonce, verifier = (random.token_urlsafe(_BYTES) for _ in range(3))
        return cls(state, nonce, verifier, terug if terug and is_local_path(terug) else "/", at)

    @property
    def challenge(self) -> str:
        """The S256 challenge of the verifier (RFC 7636)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    @property
    def digest(self) -> bytes:
        """What is remembered of a sign-in that was used."""
        return hashlib.sha256(self.state.encode()).digest()

    def check_state(self, state: str | None) -> None:
        """Refuse another sign-in's state.

        Raises:
            AanmeldenMislukt: it is not this one's.
        """
        if state is None or not hmac.compare_digest(state.encode("utf-8", "replace"), self.state.encode()):
            raise AanmeldenMislukt


def is_local_path(path: str) -> bool:
    """Tell whether a text is a path of this service, and nothing that a browser could read as another address."""
    if not _PATH.fullmatch(path) or "\\" in path:
        return False
    parts = urlsplit(path)
    return not parts.scheme and not parts.netloc and not path.startswith(("/aanmelden", "/v1/"))


def aanmelding_lockbox(secrets: Secrets) -> Lockbox:
    """Return what closes and opens sign-ins under way."""
    return Lockbox(hmac.digest(secrets.sessie, _PURPOSE.encode(), hashlib.sha256))


def close_aanmelding(lockbox: Lockbox, aanmelding: Aanmelding) -> str:
    """Return what the cookie holds."""
    one = aanmelding
    plain = json.dumps([one.state, one.nonce, one.verifier, one.terug, one.begonnen])
    return base64.urlsafe_b64encode(lockbox.close(plain.encode(), _PURPOSE)).decode()


def open_aanmelding(lockbox: Lockbox, cookie: str | None, at: int) -> Aanmelding:
    """Return the sign-in of a cookie.

    Raises:
        AanmeldenMislukt: there is none, it was not made here, or it is over.
    """
    try:
        plain = lockbox.open(base64.urlsafe_b64decode((cookie or "").encode("ascii")), _PURPOSE)
    except (BrokenLockbox, ValueError):
        raise AanmeldenMislukt from None
    one = Aanmelding(*json.loads(plain))
    if not 0 <= at - one.begonnen < LIFETIME:
        raise AanmeldenMislukt
    return one
