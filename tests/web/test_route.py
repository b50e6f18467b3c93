"""What a client accepts."""

import pytest
from starlette.testclient import TestClient

from app.web.route import accepts
from tests.web.conftest import Gebruiker

JSON = ("application/json",)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("*/*", True),
        ("application/json", True),
        ("application/*", True),
        ("Application/JSON", True),
        ("text/html, application/json;q=0.1", True),
        ("text/html,application/xhtml+xml,*/*;q=0.8", True),
        ("application/json;version=1", True),
        ("text/html", False),
        ("application/problem+json", False),
        ("application/json;q=0", False),
        ("*/*, application/json;q=0", False),
        ("application/json;q=0.0, text/*", False),
        ("application/json;q=onzin", True),
        (",,", False),
    ],
)
def test_what_a_client_accepts(header: str, expected: bool) -> None:  # noqa: FBT001
    assert accepts(header, JSON) is expected


def test_nothing_acceptable_is_406(client: TestClient, begeleider: Gebruiker) -> None:
    answer = client.get("/v1/ik", headers={**begeleider.headers, "Accept": "text/html"})
    assert answer.status_code == 406
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_export_is_offered_in_its_own_type(client: TestClient, begeleider: Gebruiker) -> None:
    path = "/v1/dingen/00000000-0000-0000-0000-000000000000/bestand"
    assert client.get(path, headers={**begeleider.headers, "Accept": "text/csv"}).status_code == 200
    assert client.get(path, headers={**begeleider.headers, "Accept": "application/json"}).status_code == 406
