"""The corpus of hostile bodies: each a clear 4xx, none reaches the work."""

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.errors import BadInput
from app.web.strict_json import MAX_DEPTH, parse
from tests.web.conftest import Gebruiker

CORPUS: dict[str, tuple[bytes, str]] = {
    "NaN": (b'{"a":NaN}', "ongeldig_getal"),
    "Infinity": (b'{"a":Infinity}', "ongeldig_getal"),
    "-Infinity": (b'{"a":-Infinity}', "ongeldig_getal"),
    "overflow to infinity": (b'{"a":1e999}', "ongeldig_getal"),
    "a number of 5000 digits": (b'{"a":' + b"9" * 5000 + b"}", "ongeldige_json"),
    "duplicate key": (b'{"a":1,"a":2}', "dubbele_sleutel"),
    "duplicate key in an inner object": (b'{"a":[{"b":1,"b":1}]}', "dubbele_sleutel"),
    "duplicate key written differently": (b'{"a":1,"\\u0061":2}', "dubbele_sleutel"),
    "escaped NUL": (b'{"a":"x\\u0000y"}', "ongeldig_teken"),
    "escaped NUL in a key": (b'{"x\\u0000":1}', "ongeldig_teken"),
    "raw NUL": (b'{"a":"x\0y"}', "ongeldige_json"),
    "NUL after the value": (b'{"a":1}\0', "ongeldige_json"),
    "lone high surrogate": (b'{"a":"\\ud800"}', "ongeldig_teken"),
    "lone low surrogate deep": (b'{"a":[[["\\udc00"]]]}', "ongeldig_teken"),
    "surrogates the wrong way round": (b'{"a":"\\udc00\\ud800"}', "ongeldig_teken"),
    "raw surrogate": (b'{"a":"\xed\xa0\x80"}', "geen_utf8"),
    "latin-1": ('{"a":"é"}'.encode("latin-1"), "geen_utf8"),
    "UTF-16": ('{"a":1}'.encode("utf-16"), "geen_utf8"),
    "UTF-16 without a mark": ('{"a":1}'.encode("utf-16-le"), "ongeldige_json"),
    "byte order mark": (b'\xef\xbb\xbf{"a":1}', "ongeldige_json"),
    "overlong slash": (b'{"a":"\xc0\xaf"}', "geen_utf8"),
    "nested a little too deep": (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "te_diep"),
    "nested 100,000 deep": (b"[" * 100_000 + b"]" * 100_000, "te_diep"),
    "nested in objects": (b'{"a":' * 400 + b"1" + b"}" * 400, "te_diep"),
    "never closed": (b"[" * 900_000, "te_diep"),
    "two values": (b"{}{}", "ongeldige_json"),
    "trailing comma": (b'{"a":1,}', "ongeldige_json"),
    "single quotes": (b"{'a':1}", "ongeldige_json"),
    "comment": (b'{"a":1} // x', "ongeldige_json"),
    "control character": (b'{"a":"\x01"}', "ongeldige_json"),
    "only space": (b"   ", "ongeldige_json"),
}


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_body_is_400_with_its_own_code(client: TestClient, begeleider: Gebruiker, name: str) -> None:
    body, code = CORPUS[name]
    headers = {**begeleider.headers, "Content-Type": "application/json"}
    answer = client.post("/v1/dingen", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [(fault["in"], fault["code"]) for fault in answer.json()["errors"]] == [("body", code)]


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, 2.5, True, None, "é😀\t"]},
        [[]] * 1000,
        {"a": "\\u0000 als tekst"},
        json.loads("[" * MAX_DEPTH + "]" * MAX_DEPTH),
        "😀",
    ],
)
def test_good_json_is_what_the_library_says(value: object) -> None:
    for escaped in (True, False):
        assert parse(json.dumps(value, ensure_ascii=escaped).encode()) == value


def test_the_refusal_never_quotes() -> None:
    for body, _ in CORPUS.values():
        with pytest.raises(BadInput) as refused:
            parse(body)
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("application/json; charset=utf-8", 201),
        ("Application/JSON", 201),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/merge-patch+json", 415),
        ("application/jsonx", 415),
        ("", 415),
    ],
)
def test_the_content_type_must_be_json(
    client: TestClient, begeleider: Gebruiker, content_type: str, status: int
) -> None:
    body = b'{"naam":"x","eersteDatum":"2026-01-01"}'
    headers = begeleider.headers | ({"Content-Type": content_type} if content_type else {})
    assert client.post("/v1/dingen", content=body, headers=headers).status_code == status


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/json"}])
def test_no_body_is_400(client: TestClient, begeleider: Gebruiker, headers: dict[str, str]) -> None:
    answer = client.post("/v1/dingen", headers=begeleider.headers | headers)
    assert answer.status_code == 400
    assert [(fault["in"], fault["code"]) for fault in answer.json()["errors"]] == [("body", "verplicht")]


@pytest.mark.parametrize("value", [None, 1, "x", [], [{}]])
def test_a_body_of_another_type_is_400(client: TestClient, begeleider: Gebruiker, value: object) -> None:
    headers = {**begeleider.headers, "Content-Type": "application/json"}
    assert client.post("/v1/dingen", content=json.dumps(value), headers=headers).status_code == 400


def test_the_token_is_looked_at_before_the_body(client: TestClient) -> None:
    read = []

    def body() -> Iterator[bytes]:
        read.append(1)
        yield b"{"

    answer = client.post("/v1/dingen", content=b'{"a":NaN}', headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/v1/dingen?naam=%00", "/v1/dingen?naam=%ff", "/v1/dingen?naam=%ed%a0%80"])
def test_a_query_that_is_no_text_is_400(client: TestClient, begeleider: Gebruiker, path: str) -> None:
    answer = client.get(path, headers=begeleider.headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "ongeldig_teken"


def test_a_path_with_a_nul_does_not_exist(client: TestClient) -> None:
    assert client.get("/v1/fout/%00").status_code == 404


def test_a_parameter_twice_is_400(client: TestClient, begeleider: Gebruiker) -> None:
    answer = client.get("/v1/dingen?limit=1&limit=2&%6cimit=3", headers=begeleider.headers)
    assert [(fault["name"], fault["code"]) for fault in answer.json()["errors"]] == [("limit", "dubbel")]


def test_a_route_without_parameters_knows_none(client: TestClient, begeleider: Gebruiker) -> None:
    answer = client.get("/v1/ik?naam=Jansen", headers=begeleider.headers)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"in": "query", "name": "?", "code": "onbekend_veld", "detail": "Deze parameter bestaat hier niet."}
    ]
