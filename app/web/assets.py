"""What pages look like: files of ``app/static``, under a name that changes with their content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import app

_FOLDER = Path(app.__file__).parent / "static"
MEDIA: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
PREFIX = "/static/"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    name: str
    content: bytes
    media_type: str


@cache
def _by_file() -> Mapping[str, Asset]:
    found = {}
    for file in sorted(_FOLDER.iterdir()):
        content = _content_of(file)
        mark = hashlib.sha256(content).hexdigest()[:16]
        found[file.name] = Asset(f"{file.stem}.{mark}{file.suffix}", content, MEDIA[file.suffix])
    return found


def _content_of(file: Path) -> bytes:
    """Return what is in a file; of a folder what is in its parts, by name: a page asks for it once."""
    parts = sorted(file.iterdir()) if file.is_dir() else [file]
    return b"".join(part.read_bytes() for part in parts)


@cache
def assets() -> Mapping[str, Asset]:
    """Return the files by the name under which they are served."""
    return {asset.name: asset for asset in _by_file().values()}


def asset_url(file: str) -> str:
    """Return the address of a file of ``app/static``."""
    return PREFIX + _by_file()[file].name
