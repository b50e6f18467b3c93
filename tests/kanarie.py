"""Canaries: a name and BSNs that children in the tests have, and that nothing may say aloud.

While the suite runs, everything that leaves the service where a name or BSN does not belong is looked at as it leaves:
every log line, error, address, header, pseudonymised answer, export without names, what a process of the tests says on
stderr, and the rows of both logs; and every answer for BSNs. The looks of the workers are added
up when the run ends; one canary is a red run. A whole run that looked at nothing of a kind, or in which no child had a
canary, is red too. Spans are looked at by ``tests/api/test_traces.py``.
"""

import logging
import os
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from io import BytesIO
from itertools import count
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
import structlog
from pypdf import PdfReader
from sqlalchemy import Engine, text
from starlette.types import Message, Receive, Scope, Send

from app.lib.elfproef import is_geldig_bsn
from app.web.around.envelope import Envelope

#: the first name of every child that a test records through the API
NAAM = "Quirijntje"
_NAAM = re.compile(NAAM.encode(), re.IGNORECASE)
#: nine digits that are no part of a number or a hash
_BSN = re.compile(rb"(?<![0-9a-fA-F])9887\d{5}(?![0-9a-fA-F])")
_BEGIN, _ROOT = b"9887", NAAM.lower().encode()
_NUMMERS = count()
#: where a canary may come out, looked at in every run of the whole suite
SOORTEN = (
    "logregel", "fout", "adres", "kop", "toezicht", "export", "antwoord", "stderr", "logboek", "namen", "bsns",
)  # fmt: skip
_LOGBOEKEN = ("wijziging", "wijzigingspakket", "inzage", "inzage_afloop", "zegel")
_OUTPUT = "kanarie"


def bsn() -> str:
    """Return a BSN that was not given before in this process."""
    NET.gezien["bsns"] += 1
    return next(found for found in (f"9887{next(_NUMMERS):05d}" for _ in range(100)) if is_geldig_bsn(found))


def naam() -> str:
    """Return the name of a child."""
    NET.gezien["namen"] += 1
    return NAAM


@dataclass
class Net:
    """What was looked at, and what was found.

    Attributes:
        gezien: kind → how often.
        gevonden: what was found where, in which test.
    """

    gezien: Counter[str] = field(default_factory=Counter)
    gevonden: list[str] = field(default_factory=list)

    def look(self, soort: str, said: bytes | str, *, names: bool = True) -> None:
        """Look at what was said.

        Args:
            soort: of which kind it is.
            said: all of it.
            names: whether a name does not belong in it; a BSN never does.
        """
        whole = said.encode() if isinstance(said, str) else said
        self.gezien[soort] += 1
        hits = []
        if _BEGIN in whole:  # finding nothing is what it does all day
            hits += [one for one in _BSN.finditer(whole) if is_geldig_bsn(one[0].decode())]
        if names and _ROOT in whole.lower():
            hits += _NAAM.finditer(whole)
        for hit in hits:
            around = whole[max(hit.start() - 60, 0) : hit.end() + 30].decode(errors="replace")
            test = os.environ.get("PYTEST_CURRENT_TEST", "buiten een test")
            self.gevonden.append(f"{soort} in {test}: …{around}…")

    def add(self, gezien: Mapping[str, int], gevonden: list[str]) -> None:
        """Add what a worker saw."""
        self.gezien.update(gezien)
        self.gevonden.extend(gevonden)

    def verdict(self, *, whole: bool) -> list[str]:
        """Return what is wrong; of the whole suite also which kinds were never looked at."""
        missing = [f"naar {soort} is niet gekeken" for soort in SOORTEN if whole and not self.gezien[soort]]
        return [*self.gevonden, *missing]


NET = Net()


# What is looked at


async def _watched(self: Envelope, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        await _ANSWER(self, scope, receive, send)
        return
    target = (
        unquote_to_bytes(scope.get("raw_path") or scope["path"])
        + b"?"
        + unquote_to_bytes(scope.get("query_string", b""))
    )
    NET.look("adres", target)
    await _ANSWER(self, scope, receive, _Watch(send, target))


_ANSWER = Envelope.__call__


class _Watch:
    """Passes an answer on and looks at it whole."""

    def __init__(self, send: Send, target: bytes) -> None:
        self._send, self._target, self._body = send, target, b""
        self._status, self._media = 0, b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status, headers = message["status"], dict(message.get("headers", ()))
            self._media = headers.get(b"content-type", b"")
            NET.look("kop", b"\n".join(headers.values()))
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                for said in text_of(self._body, self._media):
                    NET.look(self._soort, said, names=self._soort != "antwoord")
        await self._send(message)

    @property
    def _soort(self) -> str:
        # A form that is refused is shown again to who filled it in, with the child that it is about.
        if self._status >= 400 and not (self._media.startswith(b"text/html") and b'id="fouten"' in self._body):
            return "fout"
        path, _, query = self._target.partition(b"?")
        if path.startswith(b"/v1/toezicht"):
            return "toezicht"
        return "export" if path.endswith(b"/export") and b"namen=true" not in query else "antwoord"


def text_of(body: bytes, media: bytes) -> Iterator[bytes]:
    """Yield what a person can read in a file."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    elif media.startswith(b"application/pdf") and body.startswith(b"%PDF"):
        yield "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages).encode()
    else:
        yield body


def _watch_lines(write: Callable[[str], object]) -> Callable[[str], object]:
    def watched(line: str) -> object:
        NET.look("logregel", line)
        return write(line)

    return watched


def _structlog(make: Callable[..., None]) -> Callable[..., None]:
    @wraps(make)
    def watched(self: Any, *arguments: Any) -> None:
        make(self, *arguments)
        self._write = _watch_lines(self._write)

    return watched


def _logging(form: Callable[..., str]) -> Callable[..., str]:
    """Watch what the service's own handler writes, and none of pytest's, which are of other classes."""

    @wraps(form)
    def watched(self: logging.Handler, record: logging.LogRecord) -> str:
        line = form(self, record)
        if type(self) is logging.StreamHandler:
            NET.look("logregel", line)
        return line

    return watched


def _processes(communicate: Callable[..., tuple[Any, Any]]) -> Callable[..., tuple[Any, Any]]:
    @wraps(communicate)
    def watched(self: Any, *arguments: Any, **options: Any) -> tuple[Any, Any]:
        out, err = communicate(self, *arguments, **options)
        NET.look("stderr", err or b"")
        return out, err

    return watched


def look_in_logs(owner: Engine) -> None:
    """Look at every row of the change log, the access log and the seals of a database."""
    one_of = f"9887[0-9]{{5}}|{NAAM}"
    with owner.connect() as connection:
        for table in _LOGBOEKEN:
            hits = f"SELECT t::text FROM {table} t WHERE t::text ~* :een_van"
            for row in connection.scalars(text(hits), {"een_van": one_of}):
                NET.look("logboek", row)
            NET.gezien["logboek"] += connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


# pytest


def pytest_configure(config: pytest.Config) -> None:
    """Spread the net."""
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    patch.setattr(Envelope, "__call__", _watched)
    patch.setattr(structlog.WriteLogger, "__init__", _structlog(structlog.WriteLogger.__init__))
    patch.setattr(logging.Handler, "format", _logging(logging.Handler.format))
    patch.setattr(subprocess.Popen, "communicate", _processes(subprocess.Popen.communicate))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker that is done."""
    NET.add(*getattr(node, "workeroutput", {}).get(_OUTPUT, ({}, [])))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the controller, or judge."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput[_OUTPUT] = (dict(NET.gezien), NET.gevonden)
    elif session.exitstatus == pytest.ExitCode.OK and NET.verdict(whole=_is_whole(config)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was found."""
    wrong = NET.verdict(whole=_is_whole(config))
    if wrong:
        terminalreporter.section("kanaries", red=True)
        for line in wrong[:50]:
            terminalreporter.line(line)
    total = sum(NET.gezien[soort] for soort in SOORTEN[:-2])
    terminalreporter.line(f"kanaries: {total} keer gekeken, {len(NET.gevonden)} gevonden")


def _is_whole(config: pytest.Config) -> bool:
    """Tell whether all tests were asked for, and all of them ran."""
    narrowed = config.option.keyword or config.option.markexpr or config.option.deselect or config.option.maxfail
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not narrowed
