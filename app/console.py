"""What the commands say: progress and messages on stderr, so that stdout holds nothing but the result."""

import os
import pwd
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

Report = Callable[[int, int, str], None]

_stderr = Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str) -> None:
    """Print one line for the person at the keyboard."""
    _stderr.print(Text(message))


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
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_stderr,
        transient=True,
        disable=not _stderr.is_terminal,
    )
    with bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int, label: str) -> None:
            bar.update(task, completed=done, total=total, description=label)

        yield report


def write_result(pieces: Iterable[bytes], target: Path | None) -> None:
    """Write a result to standard output, or to a file that appears only when it is complete."""
    if target is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    handle, name = tempfile.mkstemp(dir=target.absolute().parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
