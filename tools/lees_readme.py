"""Do what README says, from its first line to its last, on a clean clone: ``make test-readme``.

README itself is read; every block marked ``sh`` is run in order, in one shell as a reader would have it, on a demo of
its own. A command that ends otherwise than README says, and an answer of the API that is an error, fail. A line that
says ``sluit af met 1`` must do so. What cannot be run as it stands is marked in a comment before the block, and the
mark is looked at too:

``<!-- readme: dienst -->``
    the last command serves; it stays while the rest is run.
``<!-- readme: apart -->``
    a new shell and an empty data directory; the last command serves, and is stopped when it has answered.
``<!-- readme: elders BESTAND -->``
    takes long, and is run by that file: every command of the block stands in it.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
ADDRESS: Final = "127.0.0.1:8000"
_BLOCK: Final = re.compile(r"(?:<!-- readme: (?P<merk>[^>]+?) -->\n)?```sh\n(?P<tekst>.*?)```", re.DOTALL)
_FINDING: Final = re.compile(r"^(?P<opdracht>[^#\n]+?)\s+# .*sluit af met 1$", re.MULTILINE)
_DONE: Final = "readme-blok-klaar"
#: what answers with an error is no answer; that is written down, as a function in README may go on after it
_CURL: Final = """#!/bin/sh
"{curl}" --fail-with-body "$@" || {{ code=$?; echo "curl: $code" >>"{faults}"; exit $code; }}
"""
_SHELL: Final = """set -Eeuo pipefail
trap 'echo "README: afgesloten met $?: $BASH_COMMAND" >&2' ERR
"""


class Mislukt(Exception):
    """README says something that is not so."""


@dataclass(frozen=True)
class Blok:
    """A block of commands, the line of README at which it begins, and its mark."""

    regel: int
    merk: str
    tekst: str


def read_blocks(readme: str) -> list[Blok]:
    """Return the blocks of README in order."""
    return [
        Blok(readme.count("\n", 0, found.start("tekst")) + 1, found["merk"] or "", found["tekst"])
        for found in _BLOCK.finditer(readme)
    ]


def as_run(text: str, port: int) -> str:
    """Return commands as they are run here: on a port of our own, with the exit code that README says."""
    text = text.replace(ADDRESS, f"127.0.0.1:{port}")
    text = re.sub(r"^make run\b", f'make run ARGS="--port {port}"', text, flags=re.MULTILINE)
    text = re.sub(r"(pleegzicht serve)\b", rf"\1 --port {port}", text)
    return _FINDING.sub(r'code=0; \g<opdracht> || code=$?; [ "$code" = 1 ]', text)


def check_elsewhere(block: Blok, root: Path) -> None:
    """Refuse a block that says that it is run elsewhere and is not."""
    where = root / block.merk.removeprefix("elders ")
    runs = where.read_text("utf-8") if where.is_file() else ""
    for line in block.tekst.splitlines():
        command = line.partition("#")[0].strip()
        if command and not re.search(rf"^\s*{re.escape(command)}\b", runs, re.MULTILINE):
            raise Mislukt(f"README regel {block.regel}: {command!r} staat niet in {where.name}")


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Lezer:
    """Who does what README says, in a clone."""

    clone: Path
    work: Path

    def read(self) -> int:
        """Do everything; return how many blocks there were."""
        blocks = read_blocks((self.clone / "README.md").read_text("utf-8"))
        port, data = free_port(), self.work / "data"
        served: list[subprocess.Popen[str]] = []
        shell = self._shell(data)
        try:
            for block in blocks:
                print(f"README regel {block.regel}: {block.merk or 'hier'}", flush=True)
                if block.merk == "dienst":
                    served.append(self._serve(block, port, data))
                elif block.merk == "apart":
                    other = free_port()
                    stop(self._serve(block, other, self.work / f"apart-{block.regel}"))
                elif block.merk:
                    check_elsewhere(block, self.clone)
                else:
                    self._run(shell, block.regel, as_run(block.tekst, port))
            self._run(shell, 0, ".venv/bin/pleegzicht verifieer\n")
        finally:
            stop(shell)
            for one in served:
                stop(one)
        return len(blocks)

    def _environment(self, data: Path) -> dict[str, str]:
        """Return our environment without settings of ours, with curl as it is wanted here."""
        ours = os.environ.items()  # noqa: TID251 — what the commands get, without what the service would read of it
        kept = {name: value for name, value in ours if not name.startswith("PLEEGZICHT_")}
        return {**kept, "PLEEGZICHT_DATA_DIR": str(data), "PATH": f"{self.work / 'bin'}:{kept['PATH']}"}

    def _shell(self, data: Path) -> subprocess.Popen[str]:
        shell = subprocess.Popen(
            ["bash"],
            cwd=self.clone,
            env=self._environment(data),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._run(shell, 0, _SHELL)
        return shell

    def _run(self, shell: subprocess.Popen[str], line: int, text: str) -> None:
        """Let the shell run a block, and wait until it has."""
        file = self.work / f"blok-{line}.sh"
        file.write_text(text, "utf-8")
        assert shell.stdin  # noqa: S101 — it has pipes
        assert shell.stdout  # noqa: S101
        shell.stdin.write(f"source {file} </dev/null\necho {_DONE}\n")
        shell.stdin.flush()
        said = []
        for out in shell.stdout:
            if out.strip() == _DONE:
                break
            said.append(out)
        else:
            raise Mislukt(f"README regel {line}:\n{''.join(said[-20:])}")
        faults = self.work / "fouten"
        if faults.exists():
            raise Mislukt(f"README regel {line}: een antwoord was een fout:\n{''.join(said[-20:])}")

    def _serve(self, block: Blok, port: int, data: Path) -> subprocess.Popen[str]:
        """Run a block that serves, and return it once it answers."""
        log = self.work / f"dienst-{block.regel}.log"
        with log.open("w") as output:
            served = subprocess.Popen(
                ["bash", "-c", f"{_SHELL}{as_run(block.tekst, port)}"],
                cwd=self.clone,
                env=self._environment(data),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        deadline = time.monotonic() + 900
        while not answers(port):
            if served.poll() is not None or time.monotonic() > deadline:
                stop(served)
                raise Mislukt(f"README regel {block.regel}: de dienst antwoordt niet:\n{log.read_text()[-3000:]}")
            time.sleep(0.5)
        return served


def answers(port: int) -> bool:
    """Tell whether a service is ready on a port."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 — OK
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def stop(process: subprocess.Popen[str]) -> None:
    """End a process that we started, with all that it started."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
        except ProcessLookupError:
            break
        try:
            process.wait(30)
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def prepare(work: Path) -> Path:
    """Make a clean clone of what is committed, and the curl that fails; return the clone."""
    clone = work / "kloon"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    real = subprocess.run(["which", "curl"], check=True, capture_output=True, text=True).stdout.strip()
    wrapper = work / "bin" / "curl"
    wrapper.parent.mkdir()
    wrapper.write_text(_CURL.format(curl=real, faults=work / "fouten"), "utf-8")
    wrapper.chmod(0o755)
    return clone


def postmasters(work: Path) -> Iterator[int]:
    """Yield the servers of databases that were left behind in a directory of ours."""
    for file in work.rglob("postmaster.pid"):
        yield int(file.read_text().splitlines()[0])


def main() -> int:
    """Do what README says; return 1 when it is not so."""
    with tempfile.TemporaryDirectory(prefix="pleegzicht-readme-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        try:
            done = Lezer(prepare(work), work).read()
        except Mislukt as fault:
            print(fault, file=sys.stderr)
            return 1
        finally:
            for pid in postmasters(work):
                os.kill(pid, signal.SIGINT)
    print(f"README: {done} blokken gedaan, 0 fouten")
    return 0


if __name__ == "__main__":
    sys.exit(main())
