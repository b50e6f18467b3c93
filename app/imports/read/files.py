"""Bytes of a file under a limit."""

from pathlib import Path
from typing import Final

_BLOK: Final = 1024 * 1024  # bytes that are read at a time


def read_at_most(path: Path, limit: int) -> bytes | None:
    """Read a file in blocks; the size that the file system reports is not trusted.

    Args:
        path: the file.
        limit: how many bytes it may have.

    Returns:
        Its bytes, or None when it has more.

    Raises:
        OSError: it cannot be read.
    """
    blocks, size = list[bytes](), 0
    with path.open("rb") as file:
        while block := file.read(_BLOK):
            blocks.append(block)
            size += len(block)
            if size > limit:
                return None
    return b"".join(blocks)
