"""The secrets file: made once with fresh keys, for the owner's eyes only (mode 0600), and read at the start.

JSON with base64 keys of 32 bytes. Losing it means losing every BSN and the link between pseudonyms and
children: the backup of the database is worth nothing without it, and it does not belong in the same backup.
"""

import base64
import contextlib
import json
import os
import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from app.errors import OngeldigeInstelling

_KEY_BYTES = 32
_MAX_SECRET = 4096  # characters of what somebody else gave out
_KEYS = ("pseudoniem", "sessie", "zegel", "cursor")
#: the first keys for BSNs; ``app.security.bsnsleutels`` adds later ones
EERSTE_SLEUTEL, EERSTE_INDEX = "b1", "i1"


@dataclass(frozen=True)
class Secrets:
    """The keys of this installation; never printed.

    Attributes:
        bsn_keys: key id → AES key; old ones stay to read with.
        bsn_active: the id of the key to write with.
        bsn_indexes: key id → key for the blind index of BSNs; old ones stay to find with.
        bsn_index_active: the id of the key to index with.
        pseudoniem: for pseudonyms shown to inspectors.
        sessie: for the sessions of the pages.
        zegel: for seals on logs and frozen audits.
        cursor: for the cursors of lists.
        demo_jwk: the private key of the demo's own issuer.
    """

    bsn_keys: Mapping[str, bytes] = field(repr=False)
    bsn_active: str
    bsn_indexes: Mapping[str, bytes] = field(repr=False)
    bsn_index_active: str
    pseudoniem: bytes = field(repr=False)
    sessie: bytes = field(repr=False)
    zegel: bytes = field(repr=False)
    cursor: bytes = field(repr=False)
    demo_jwk: Mapping[str, str] = field(repr=False)


def new_secrets() -> dict[str, Any]:
    """Return the content of a new secrets file."""
    return {
        "versie": 1,
        "bsn_actief": EERSTE_SLEUTEL,
        "bsn_sleutels": {EERSTE_SLEUTEL: new_key()},
        "bsn_index_actief": EERSTE_INDEX,
        "bsn_index": {EERSTE_INDEX: new_key()},
        **{name: new_key() for name in _KEYS},
        "demo_jwk": _new_jwk(),
    }


def new_key() -> str:
    """Return a new key as the file holds it."""
    return base64.b64encode(random.token_bytes(_KEY_BYTES)).decode()


def load_secrets(path: Path, *, create: bool) -> Secrets:
    """Read the secrets, making the file first when it is absent and may be made.

    Raises:
        OngeldigeInstelling: with one line that never quotes the content.
    """
    if create and not path.exists():
        _create(path)
    try:
        return _read(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise OngeldigeInstelling(f"PLEEGZICHT_SECRETS_FILE: het bestand {path} bestaat niet") from None
    except OSError:
        raise OngeldigeInstelling(f"PLEEGZICHT_SECRETS_FILE: het bestand {path} is niet te lezen") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise OngeldigeInstelling(f"PLEEGZICHT_SECRETS_FILE: het bestand {path} is geen sleutelbestand") from None


def read_one_secret(setting: str, path: Path) -> str:
    """Return the one line of a file that a setting names.

    Raises:
        OngeldigeInstelling: it cannot be read, or holds something else.
    """
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise OngeldigeInstelling(f"{setting}: het bestand {path} is niet te lezen") from None
    if not secret or len(secret) > _MAX_SECRET or not secret.isprintable():
        raise OngeldigeInstelling(f"{setting}: in {path} staat niet één geheim op één regel")
    return secret


def _create(path: Path) -> None:
    """Write a complete file beside it and link it into place: of two processes, one wins and both read that.

    A link, not a rename: a rename would replace the winner's keys after the winner had used them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = write_draft(path, new_secrets())
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def write_draft(path: Path, content: Mapping[str, Any]) -> Path:
    """Write the content of a secrets file through to the disk, beside where it belongs, and return where."""
    draft = path.with_name(f".{path.name}.{random.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _read(content: Mapping[str, Any]) -> Secrets:
    bsn_keys = {name: _bytes(text) for name, text in content["bsn_sleutels"].items()}
    bsn_indexes = {name: _bytes(text) for name, text in index_keys(content).items()}
    active, index_active = content["bsn_actief"], content.get("bsn_index_actief", EERSTE_INDEX)
    if active not in bsn_keys or index_active not in bsn_indexes:
        raise KeyError("bsn_actief")
    return Secrets(
        bsn_keys=bsn_keys,
        bsn_active=active,
        bsn_indexes=bsn_indexes,
        bsn_index_active=index_active,
        demo_jwk=dict(content["demo_jwk"]),
        **{name: _bytes(content[name]) for name in _KEYS},
    )


def index_keys(content: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the keys of the blind index by id; the first files held a single one, without an id."""
    found: Mapping[str, str] | str = content["bsn_index"]
    return {EERSTE_INDEX: found} if isinstance(found, str) else found


def _bytes(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError("length")
    return key


def _new_jwk() -> dict[str, str]:
    """Return a private P-256 key as JWK."""
    numbers = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    public = numbers.public_numbers
    parts = {"x": public.x, "y": public.y, "d": numbers.private_value}
    return {
        "kty": "EC",
        "crv": "P-256",
        "use": "sig",
        "alg": "ES256",
        "kid": "demo-" + random.token_hex(4),
        **{
            name: base64.urlsafe_b64encode(value.to_bytes(_KEY_BYTES, "big")).rstrip(b"=").decode()
            for name, value in parts.items()
        },
    }
