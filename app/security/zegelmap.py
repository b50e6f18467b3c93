"""The folder of the seals: one file each, written once, never over another. It belongs on another machine.

``<map>/<code of the organisatie>/<number in eight digits>.json``.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from app.security.zegel import Getekend


class Zegelmap:
    """The seals of every organisatie below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, code: str, nummer: int) -> Path:
        """Return where a seal lies; a code is a name of one folder, whatever is in it."""
        return self._folder_of(code) / f"{nummer:08d}.json"

    def write(self, code: str, nummer: int, seal: Getekend) -> Path:
        """Write a seal through to the disk and return where it is.

        Raises:
            FileExistsError: there is one of that number.
            OSError: it cannot be written.
        """
        path = self.path_of(code, nummer)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with draft.open("wb") as file:
            file.write(seal.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # a rename would replace what is there
        finally:
            draft.unlink()
        flush_folder(path.parent)
        return path

    def read(self, code: str) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the bytes of every file in the folder of an organisatie, in order of name."""
        folder = self._folder_of(code)
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            yield path.name, path.read_bytes()

    def _folder_of(self, code: str) -> Path:
        return self.folder / quote(code, safe="").replace(".", "%2E")


def flush_folder(folder: Path) -> None:
    """Write the name of a new file through to the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
