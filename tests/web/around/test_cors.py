"""Who may call the API from a page of their own: the origins that the settings name, with a token, and nobody else."""

import pytest
from starlette.testclient import TestClient

from app.errors import OngeldigeInstelling
from app.settings import get_settings
from app.web.around.cors import CrossOrigin
from tests.cli.conftest import forget_settings

OURS, THEIRS = "https://dossier.example", "https://kwaad.example"


async def _answer(scope: object, receive: object, send: object) -> None:
    assert callable(send)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b'"1"')]})
    await send({"type": "http.response.body", "body": b"{}"})


@pytest.fixture
def client() -> TestClient:
    return TestClient(CrossOrigin(_answer, (OURS,), "/v1"))


def test_a_named_origin_is_let_in_without_cookies(client: TestClient) -> None:
    asked = {"Origin": OURS, "Access-Control-Request-Method": "POST"}
    before = client.options("/v1/pleegkinderen", headers={**asked, "Access-Control-Request-Headers": "Idempotency-Key"})
    assert before.status_code == 200
    answer = client.get("/v1/pleegkinderen", headers={"Origin": OURS})
    for one in (before, answer):
        assert one.headers["access-control-allow-origin"] == OURS
        assert "access-control-allow-credentials" not in one.headers
    assert "ETag" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize(("path", "origin"), [("/v1/pleegkinderen", THEIRS), ("/kinderen", OURS), ("/v1x", OURS)])
def test_nobody_else_and_no_page(client: TestClient, path: str, origin: str) -> None:
    answer = client.get(path, headers={"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers


def test_settings_name_origins_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEEGZICHT_DEMO", "1")
    monkeypatch.setenv("PLEEGZICHT_CORS_ORIGINS", f"{OURS}, http://localhost:3000")
    forget_settings()
    assert get_settings().cors_origins == (OURS, "http://localhost:3000")
    for wrong in ("*", "https://dossier.example/pad", "http://dossier.example"):
        monkeypatch.setenv("PLEEGZICHT_CORS_ORIGINS", wrong)
        forget_settings()
        with pytest.raises(OngeldigeInstelling, match="PLEEGZICHT_CORS_ORIGINS"):
            get_settings()
    forget_settings()
