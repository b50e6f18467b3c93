"""What the floor is told by who starts it, in a file of JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the database is, whose tokens are good, and the words of the norms.

    Attributes:
        database: as ``asyncpg.connect`` takes it.
        role: taken at connecting.
        issuer: the one ``iss``.
        audience: the one ``aud``.
        jwk: the issuer's public key (P-256).
        secret: hexadecimal; of it come the keys that seal cursors and tell requests apart.
        normen: code → name and source.
    """

    database: dict[str, Any]
    role: str
    issuer: str
    audience: str
    jwk: dict[str, str]
    secret: str
    normen: dict[str, tuple[str, str]]

    def write(self, path: Path) -> None:
        """Write the file, readable for its owner alone."""
        path.touch(mode=0o600)
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """Read it."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))
