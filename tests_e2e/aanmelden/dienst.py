"""The service as README tells to connect it: its own lines are carried out, with addresses of this machine."""

import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEADING = "## Een eigen aanmelddienst aansluiten"
SECRET = "geheim van de proef"


@dataclass(frozen=True)
class Opstelling:
    """Where everything is."""

    base: str
    issuer: str
    folder: Path

    @property
    def secrets_file(self) -> Path:
        return self.folder / "data" / "geheimen.json"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def readme_lines() -> list[str]:
    """Return the commands of the section, in order."""
    section = (ROOT / "README.md").read_text("utf-8").split(HEADING)[1].split("\n## ")[0]
    block = section.split("```sh\n")[1].split("```")[0]
    return [line for line in block.splitlines() if line and not line.startswith("#")]


def on_this_machine(line: str, opstelling: Opstelling) -> list[str]:
    """Return the words of a line, with the addresses of this run in place of those of the README."""
    replaced = line.replace("https://pleegzicht.example", opstelling.base)
    replaced = replaced.replace("https://aanmelden.example", opstelling.issuer)
    return shlex.split(replaced, comments=True)


@contextmanager
def running(command: list[str], env: dict[str, str], folder: Path, log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=env, cwd=folder, stdout=output, stderr=output)  # noqa: S603
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(url: str, log: Path) -> None:
    for _ in range(600):
        try:
            httpx2.get(url, timeout=2)
        except httpx2.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{url}: {log.read_text('utf-8', 'replace')[-2000:]}")


@contextmanager
def provider(opstelling: Opstelling, rollen: str = "{}") -> Iterator[None]:
    port = opstelling.issuer.rsplit(":", 1)[1]
    env = {**os.environ, "PORT": port, "BASE": opstelling.base, "SECRET": SECRET, "AUDIENCE": "pleegzicht"}
    log = opstelling.folder / "provider.log"
    with running(["node", "provider.mjs"], {**env, "ROLLEN": rollen}, HERE, log):
        wait_for(f"{opstelling.issuer}/.well-known/openid-configuration", log)
        yield


@contextmanager
def service(opstelling: Opstelling) -> Iterator[None]:
    """Carry out the README: every line until the one that serves, which then runs."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PLEEGZICHT_")}
    env |= {
        "PLEEGZICHT_DATA_DIR": str(opstelling.folder / "data"),
        "PATH": f"{Path(sys.executable).parent}:{env['PATH']}",
    }
    (opstelling.folder / "client-geheim.txt").write_text(SECRET + "\n", "utf-8")
    *before, serve = [on_this_machine(line, opstelling) for line in readme_lines()]
    for words in before:
        if words[0] == "export":
            env |= dict(word.split("=", 1) for word in words[1:])
        elif words[-1] != "client-geheim.txt)":  # the secret is this provider's: written above
            done = subprocess.run(_here(words), env=env, cwd=opstelling.folder, check=False, capture_output=True)  # noqa: S603
            assert done.returncode == 0, (words, done.stderr.decode())
    log = opstelling.folder / "dienst.log"
    port = opstelling.base.rsplit(":", 1)[1]
    with running([*_here(serve), "--port", port], env, opstelling.folder, log):
        wait_for(f"{opstelling.base}/livez", log)
        yield


def _here(words: list[str]) -> list[str]:
    """Return a command with the program of this environment."""
    assert words[0] == ".venv/bin/pleegzicht", words
    return [str(Path(sys.executable).with_name("pleegzicht")), *words[1:]]
