"""What the commands say: progress and messages on stderr, so that stdout holds nothing but the result."""

import errno
import os
import pwd
import socket
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

Report = Callable[[int, int, str], None]


def say(message: str) -> None:
    """Print one line for the person at the keyboard."""
    print(message, file=sys.stderr)  # noqa: T201 — this is where commands speak


def keyboard() -> str:
    """Return who is at which machine: the access log says so of a command, as it says the address of a request."""
    try:
        user = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container may run as somebody who is in no list
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"


@contextmanager
def progress_bar() -> Iterator[Report]:
    """Yield a function (done, total, label) that draws a bar in a terminal and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _total, _label: None
        return
    # Imported here: drawing costs a third of a second before the first line, and most commands draw nothing.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, highlight=False, soft_wrap=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int, label: str) -> None:
            bar.update(task, completed=done, total=total, description=label)

        yield report


def at_a_terminal() -> bool:
    """Tell whether somebody sits there who can be asked something."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def result_files(*targets: Path | None) -> Iterator[list["Resultaat"]]:
    """Yield a place to write each result to; whatever cannot be written to is refused before any work is done.

    None is standard output. What ``write`` wrote stands where it was asked for; when the work fails after all, every
    file is as it was before.

    Raises:
        OSError: a target is a folder, or lies where nothing can be written.
    """
    places = [Resultaat(target) for target in targets]
    try:
        for place in places:
            place.open()
        yield places
    except BaseException:
        for place in places:
            place.undo()
        raise
    finally:
        for place in places:
            place.close()


class Resultaat:
    """One file that a command makes: written beside its target and put in its place when it is whole."""

    def __init__(self, target: Path | None) -> None:
        # A link stays, and what it leads to is written.
        self._target = Path(os.path.realpath(target)) if target is not None and target.is_symlink() else target
        self._beside: Path | None = None
        self._before: Path | None = None
        self._written = False

    def open(self) -> None:
        """Make the file beside the target; a device or a pipe has none, what it gets it keeps."""
        if self._target is None or self._is_stream(self._target):
            return
        if self._target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(self._target))
        self._beside = self._new_beside(self._target)

    def write(self, pieces: Iterable[bytes]) -> None:
        """Write it all, and let it stand in its place."""
        if self._target is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return
        with (self._beside or self._target).open("wb") as file:
            file.writelines(pieces)
            file.flush()
            if self._beside:
                os.fsync(file.fileno())
        if self._beside:
            self._put(self._beside, self._target)

    def undo(self) -> None:
        """Let the target be as it was."""
        if self._target is None or not self._written:
            return
        if self._before is None:
            self._target.unlink(missing_ok=True)
        else:
            self._before.replace(self._target)

    def close(self) -> None:
        """Leave nothing behind."""
        for path in (self._beside, self._before):
            if path is not None:
                path.unlink(missing_ok=True)

    def _put(self, beside: Path, target: Path) -> None:
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
            self._before = self._new_beside(target)
            target.replace(self._before)
        beside.replace(target)
        self._written = True

    @staticmethod
    def _is_stream(target: Path) -> bool:
        return target.exists() and not (target.is_file() or target.is_dir())

    @staticmethod
    def _new_beside(target: Path) -> Path:
        try:
            handle, name = tempfile.mkstemp(dir=target.absolute().parent, prefix=f".{target.name}.")
        except OSError as error:
            error.filename = str(target)  # what was asked for, not what is made beside it
            raise
        os.close(handle)
        return Path(name)


def write_result(pieces: Iterable[bytes], target: Path | None) -> None:
    """Write a result to standard output, or to a file that appears only when it is complete."""
    with result_files(target) as (place,):
        place.write(pieces)
