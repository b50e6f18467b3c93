"""The keys of the BSNs in the secrets file: a new one beside the old ones, and an old one taken out.

The file is always replaced as a whole and written through to the disk before a row depends on it. A service that runs
sees a replaced file at its next request.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.errors import AppError, OngeldigeInstelling
from app.lib.log import events
from app.security.secrets import EERSTE_INDEX, Secrets, index_keys, load_secrets, new_key, write_draft

#: an import that began with a key may write with it until it ends; none lasts as long as this
BEDENKTIJD = timedelta(hours=24)
_UNDER_WAY = "bsn_vernieuwing"
_REPLACED = "bsn_vervangen"
_ID = re.compile(r"([bi])(\d+)")


class VernieuwingNietAf(AppError):
    """The renewal before this one did not end; a second new key would only make more work."""

    detail = "De vorige vernieuwing is niet af. Draai eerst pleegzicht bsnsleutels, zonder --nieuw."


class SleutelNogInGebruik(AppError):
    """A key was replaced so recently that an import may still be writing with it."""

    detail = (
        f"Een sleutel kan pas {BEDENKTIJD // timedelta(hours=1)} uur nadat hij is vervangen weg: een import die toen "
        "liep, kan hem nog gebruiken."
    )


class Sleutelbestand:
    """The secrets of a process that runs for long: read again when the file was replaced."""

    def __init__(self, path: Path, secrets: Secrets) -> None:
        self._path, self._secrets = path, secrets
        self._mark = self._look()

    def current(self) -> Secrets:
        """Return the secrets as the file has them; those of before when it cannot be read."""
        mark = self._look()
        if mark is not None and mark != self._mark:
            try:
                self._secrets = load_secrets(self._path, create=False)
                self._mark = mark
            except OngeldigeInstelling:
                events().error("sleutelbestand_onleesbaar")
        return self._secrets

    def _look(self) -> tuple[int, int, int] | None:
        with suppress(OSError):
            found = self._path.stat()
            return found.st_ino, found.st_size, found.st_mtime_ns
        return None


def add_keys(path: Path, nu: datetime, *, sleutel: bool, index: bool) -> None:
    """Add a key for BSNs and/or one for their index, to write with from now on; the old ones stay to read with.

    Raises:
        VernieuwingNietAf: rows may still be under the keys of before.
        OngeldigeInstelling: the file cannot be read.
        OSError: it cannot be written.
    """

    def change(content: dict[str, Any]) -> None:
        if content.get(_UNDER_WAY):
            raise VernieuwingNietAf
        replaced = content.setdefault(_REPLACED, {})
        for wanted, keys, active, letter in (
            (sleutel, content["bsn_sleutels"], "bsn_actief", "b"),
            (index, content["bsn_index"], "bsn_index_actief", "i"),
        ):
            if wanted:
                replaced[content[active]] = nu.isoformat()
                content[active] = _next(letter, {*keys, *replaced})
                keys[content[active]] = new_key()
        content[_UNDER_WAY] = True

    _change(path, change)


def end_renewal(path: Path) -> None:
    """Write down that no row is under a key of before."""
    _change(path, lambda content: content.pop(_UNDER_WAY, None))


def remove_old_keys(path: Path, nu: datetime) -> list[str]:
    """Take out every key that is not the one to write with, and return their ids.

    Raises:
        SleutelNogInGebruik: one was replaced less than ``BEDENKTIJD`` ago; nothing is taken out.
    """
    removed: list[str] = []

    def change(content: dict[str, Any]) -> None:
        for key_id in old_keys(content):
            at = content.get(_REPLACED, {}).get(key_id)
            if at is None or nu - datetime.fromisoformat(at) < BEDENKTIJD:
                raise SleutelNogInGebruik
            removed.append(key_id)
        for keys in (content["bsn_sleutels"], content["bsn_index"]):
            for key_id in removed:
                keys.pop(key_id, None)

    _change(path, change)
    return removed


def old_keys(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of the keys that are only there to read with."""
    for keys, active in (("bsn_sleutels", "bsn_actief"), ("bsn_index", "bsn_index_actief")):
        yield from (key_id for key_id in content[keys] if key_id != content[active])


def _next(letter: str, taken: set[str]) -> str:
    """Return an id that was never used: a key of an old backup must not come back under the id of another."""
    numbers = [int(found[2]) for found in map(_ID.fullmatch, taken) if found and found[1] == letter]
    return f"{letter}{max(numbers, default=0) + 1}"


def _change(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Replace the file by one that was changed, for the same owner, through to the disk."""
    load_secrets(path, create=False)  # says in one line what is wrong with it
    whole = path.resolve()
    content = json.loads(whole.read_text(encoding="utf-8"))
    content["bsn_index"] = dict(index_keys(content))
    content.setdefault("bsn_index_actief", EERSTE_INDEX)
    before = json.dumps(content, sort_keys=True)
    change(content)
    if json.dumps(content, sort_keys=True) == before:
        return
    owner, draft = whole.stat(), write_draft(whole, content)
    try:
        draft.chmod(owner.st_mode & 0o777)
        with suppress(PermissionError):
            os.chown(draft, owner.st_uid, owner.st_gid)
        draft.replace(whole)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    descriptor = os.open(whole.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
