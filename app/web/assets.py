"""What pages look like: files of ``app/static``, under a name that changes with their content.

They are packed once: on a slow line the style is what a page waits for, and there is nothing in it to guess. A page is
packed by the proxy, if at all: it holds what somebody typed beside the token of its forms.
"""

import gzip
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
    """One file; ``packed`` is its content as gzip."""

    name: str
    content: bytes
    packed: bytes
    media_type: str


@cache
def _by_file() -> Mapping[str, Asset]:
    found = {}
    for file in sorted(_FOLDER.iterdir()):
        content = _content_of(file)
        mark = hashlib.sha256(content).hexdigest()[:16]
        packed = gzip.compress(content, mtime=0)
        found[file.name] = Asset(f"{file.stem}.{mark}{file.suffix}", content, packed, MEDIA[file.suffix])
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


def takes_gzip(header: str) -> bool:
    """Tell whether who sends this ``Accept-Encoding`` can unpack."""
    asked = [part.replace(" ", "").lower().partition(";") for part in header.split(",")]
    return any(
        name in {"gzip", "*"} and quality not in {"q=0", "q=0.0", "q=0.00", "q=0.000"} for name, _, quality in asked
    )
