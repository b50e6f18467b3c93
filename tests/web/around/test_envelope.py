"""What is on every answer, whatever became of the request."""

import json
from importlib import metadata

import anyio
import pytest
from fastapi import APIRouter, FastAPI
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.web.around.envelope import BrokenOff, Envelope
from app.web.around.logs import configure_logging
from tests.web.conftest import Gebruiker

EVERYWHERE = {
    "API-Version": metadata.version("pleegzicht"),
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
ANSWERS = [
    ("GET", "/v1/openapi.json", 200),
    ("HEAD", "/v1/openapi.json", 200),
    ("GET", "/v1/ik", 401),
    ("GET", "/v1/bestaat-niet", 404),
    ("GET", "/", 404),
    ("DELETE", "/v1/ik", 405),
    ("POST", "/v1/stroom", 400),
    ("GET", "/v1/fout/druk", 429),
    ("GET", "/v1/fout/weg", 503),
    ("GET", "/v1/fout/onverwacht", 500),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
@pytest.mark.parametrize("header", EVERYWHERE)
def test_every_answer_has_the_header(client: TestClient, method: str, path: str, status: int, header: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers.get_list(header) == [EVERYWHERE[header]]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_no_answer_says_what_serves_it(client: TestClient, method: str, path: str, status: int) -> None:
    assert "server" not in client.request(method, path).headers


def test_every_answer_has_a_request_id_of_its_own(client: TestClient) -> None:
    ids = [client.get("/v1/bestaat-niet").headers["X-Request-Id"] for _ in range(3)]
    assert len(set(ids)) == 3


def test_a_413_has_the_headers_too(client: TestClient) -> None:
    answer = client.post("/v1/stroom", content=b"x" * 1_000_001)
    assert answer.status_code == 413
    assert EVERYWHERE.items() <= {name: answer.headers.get(name) for name in EVERYWHERE}.items()


def test_a_route_may_choose_its_own_policy_for_content_but_not_for_frames() -> None:
    other = FastAPI()
    router = APIRouter()

    @router.get("/")
    async def page() -> Response:
        headers = {"Content-Security-Policy": "default-src 'self'", "X-Frame-Options": "ALLOWALL", "Server": "x"}
        return Response(headers=headers)

    other.include_router(router)
    answer = TestClient(Envelope(other, version="1.2.3")).get("/")
    assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
    assert answer.headers.get_list("X-Frame-Options") == ["DENY"]
    assert "server" not in answer.headers


@pytest.mark.parametrize("path", ["/v1/openapi.json", "/v1/ik", "/v1/dingen"])
def test_head_answers_as_get_without_a_body(client: TestClient, begeleider: Gebruiker, path: str) -> None:
    get, head = (client.request(method, path, headers=begeleider.headers) for method in ("GET", "HEAD"))
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    ours = ("X-Request-Id", "Link")
    assert {n: v for n, v in head.headers.items() if n.title() not in ours} == {
        n: v for n, v in get.headers.items() if n.title() not in ours
    }
    assert int(head.headers["Content-Length"]) == len(get.content)


async def _streams(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
    for body, more in ((b"ab", True), (b"cd", False)):
        await send({"type": "http.response.body", "body": body, "more_body": more})


@pytest.mark.parametrize(("method", "expected"), [("GET", b"abcd"), ("HEAD", b"")])
def test_no_byte_of_a_body_leaves_on_head(method: str, expected: bytes) -> None:
    """Asked without a client or server in between: both would drop it too."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": method, "path": "/", "headers": []}
    anyio.run(Envelope(_streams, version="1"), scope, receive, send)
    assert b"".join(message.get("body", b"") for message in sent) == expected
    assert [message.get("more_body") for message in sent[1:]] == [True, False]


def test_head_where_there_is_no_get_is_405(client: TestClient) -> None:
    answer = client.head("/v1/stroom")
    assert (answer.status_code, answer.headers["Allow"], answer.content) == (405, "POST", b"")


def test_an_unhandled_error_tells_nothing_outside(client: TestClient) -> None:
    answer = client.get("/v1/fout/onverwacht")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "status": 500,
        "title": "Er ging iets mis",
        "detail": "De aanvraag is niet verwerkt. Probeer het later opnieuw.",
        "code": "interne_fout",
    }


def test_an_unhandled_error_is_logged_by_place_and_not_by_message(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging()
    answer = client.get("/v1/fout/onverwacht?naam=Jansen")
    captured = capsys.readouterr()
    lines = [json.loads(line) for line in captured.out.splitlines()]
    assert "Jansen" not in captured.out + captured.err
    assert "123456782" not in captured.out + captured.err
    error = next(line for line in lines if line["event"] == "unhandled")
    assert error["error"] == "RuntimeError"
    assert any("proefapp.py" in frame for frame in error["at"])
    assert error["request_id"] == answer.headers["X-Request-Id"]


def test_a_request_is_logged_by_its_route_and_not_by_its_path(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging()
    client.get("/v1/fout/druk?bsn=123456782")
    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/fout/{soort}", 429)
    assert "123456782" not in json.dumps(line)


def test_an_answer_that_fails_halfway_is_cut_off_and_not_ended(client: TestClient) -> None:
    with pytest.raises(BrokenOff) as broken:
        client.get("/v1/halverwege")
    assert "Jansen" not in str(broken.value)
    assert broken.value.__cause__ is None
