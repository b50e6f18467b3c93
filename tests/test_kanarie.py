"""The net catches a canary wherever one could come out, and lets pass what belongs there."""

import asyncio
import logging
import subprocess
import sys
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog
import typst
from starlette.responses import Response
from starlette.types import ASGIApp, Message

from app.web.around.envelope import Envelope
from app.web.around.logs import JsonLines
from tests import kanarie
from tests.kanarie import NAAM, SOORTEN, Net

BSN = "988700001"


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Net:
    net = Net()
    monkeypatch.setattr(kanarie, "NET", net)
    return net


def ask(app: ASGIApp, path: str, query: str = "") -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        pass

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "headers": [],
        "query_string": query.encode(),
    }  # fmt: skip
    asyncio.run(Envelope(app, version="1.0.0")(scope, receive, send))


def kinds(net: Net) -> set[str]:
    return {found.partition(" ")[0] for found in net.gevonden}


def test_each_canary_bsn_is_one_and_another() -> None:
    given = [kanarie.bsn() for _ in range(50)]
    assert len(set(given)) == 50
    for one in given:
        net = Net()
        net.look("logregel", f'{{"bsn": "{one}"}}')
        assert len(net.gevonden) == 1


@pytest.mark.parametrize("word", [NAAM, NAAM.lower(), BSN])
def test_a_log_line_of_either_kind(net: Net, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    structlog.wrap_logger(structlog.WriteLogger(StringIO()), processors=[structlog.processors.JSONRenderer()]).info(
        "kind_gelezen", kind=f"{word} 00001"
    )
    assert kinds(net) == {"logregel"}
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(JsonLines())
    handler.handle(logging.LogRecord("app", logging.WARNING, "", 0, "gelezen: %s", (f"{word} 00002",), None))
    assert len(net.gevonden) == 2
    assert kinds(net) == {"logregel"}


@pytest.mark.parametrize(
    ("path", "query", "status", "found"),
    [
        ("/v1/pleegkinderen", "", 200, set()),
        ("/v1/pleegkinderen", "", 404, {"fout"}),
        ("/v1/toezicht/termijnen", "", 200, {"toezicht"}),
        ("/v1/kwartaaltoetsen/1/export", "", 200, {"export"}),
        ("/v1/kwartaaltoetsen/1/export", "namen=true", 200, set()),
        ("/v1/pleegkinderen", f"naam={NAAM}", 200, {"adres"}),
        ("/v1/pleegkinderen", "naam=%51uirijntje", 200, {"adres"}),
        (f"/v1/pleegkinderen/{BSN}", "", 200, {"adres"}),
    ],
)
def test_a_name_where_it_does_not_belong(net: Net, path: str, query: str, status: int, found: set[str]) -> None:
    ask(Response(f'{{"roepnaam": "{NAAM} 00001"}}', status), path, query)
    assert kinds(net) == found


def test_a_bsn_belongs_in_no_answer_and_no_header(net: Net) -> None:
    ask(Response(f'{{"bsn": "{BSN}"}}', 200, {"Location": f"/v1/pleegkinderen/{BSN}"}), "/v1/pleegkinderen")
    assert kinds(net) == {"antwoord", "kop"}


def test_what_is_packed_is_unpacked(net: Net, tmp_path: Path) -> None:
    book = BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<v>{NAAM} 00001</v>")
    ask(Response(book.getvalue(), media_type="application/octet-stream"), "/v1/kwartaaltoetsen/1/export")
    assert len(net.gevonden) == 1
    source = tmp_path / "blad.typ"
    source.write_text(f"#set document(date: none)\n{NAAM} en BSN {BSN}")
    paper: Any = typst.compile(str(source))
    ask(Response(paper, media_type="application/pdf"), "/v1/toezicht/kwartaaltoetsen/1/export")
    assert len(net.gevonden) == 3


def test_what_a_process_says_on_stderr(net: Net) -> None:
    said = f"import sys; sys.stderr.write('{NAAM} 00001')"
    subprocess.run([sys.executable, "-c", said], check=True, capture_output=True)  # noqa: S603 — our own words
    assert kinds(net) == {"stderr"}


def test_other_numbers_and_words_pass(net: Net) -> None:
    net.look(
        "logregel",
        '{"ms": 988700007, "id": "19887000010", "naam": "Quirijn", "hash": "a988700001f", "uid": "9887-00001"}',
    )
    assert (net.gevonden, net.gezien["logregel"]) == ([], 1)


def test_a_whole_run_must_have_looked_everywhere() -> None:
    net = Net()
    net.add(dict.fromkeys(SOORTEN, 1), [])
    assert net.verdict(whole=True) == []
    net.gezien["stderr"] = 0
    assert net.verdict(whole=True) == ["naar stderr is niet gekeken"]
    assert net.verdict(whole=False) == []
