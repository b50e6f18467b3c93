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
_KEYS = ("bsn_index", "pseudoniem", "sessie", "zegel", "cursor")


@dataclass(frozen=True)
class Secrets:
    """The keys of this installation; never printed.

    Attributes:
        bsn_keys: key id → AES key; old ones stay to read with.
        bsn_active: the id of the key to write with.
        bsn_index: for the blind index of BSNs.
        pseudoniem: for pseudonyms shown to inspectors.
        sessie: for the sessions of the pages.
        zegel: for seals on logs and frozen audits.
        cursor: for the cursors of lists.
        demo_jwk: the private key of the demo's own issuer.
    """

    bsn_keys: Mapping[str, bytes] = field(repr=False)
    bsn_active: str
    bsn_index: bytes = field(repr=False)
    pseudoniem: bytes = field(repr=False)
    sessie: bytes = field(repr=False)
    zegel: bytes = field(repr=False)
    cursor: bytes = field(repr=False)
    demo_jwk: Mapping[str, str] = field(repr=False)


def new_secrets() -> dict[str, Any]:
    """Return the content of a new secrets file."""
    return {
        "versie": 1,
        "bsn_actief": "b1",
        "bsn_sleutels": {"b1": _text(random.token_bytes(_KEY_BYTES))},
        **{name: _text(random.token_bytes(_KEY_BYTES)) for name in _KEYS},
        "demo_jwk": _new_jwk(),
    }


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


def _create(path: Path) -> None:
    """Write a complete file beside it and link it into place: of two processes, one wins and both read that.

    A link, not a rename: a rename would replace the winner's keys after the winner had used them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{random.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(new_secrets(), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def _read(content: Mapping[str, Any]) -> Secrets:
    bsn_keys = {name: _bytes(text) for name, text in content["bsn_sleutels"].items()}
    if content["bsn_actief"] not in bsn_keys:
        raise KeyError("bsn_actief")
    return Secrets(
        bsn_keys=bsn_keys,
        bsn_active=content["bsn_actief"],
        demo_jwk=dict(content["demo_jwk"]),
        **{name: _bytes(content[name]) for name in _KEYS},
    )


def _bytes(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError("length")
    return key


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


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
