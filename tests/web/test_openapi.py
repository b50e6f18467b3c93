"""The document is complete: what a client can get is in it."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.web.openapi import describe


@pytest.fixture(scope="module")
def document(api: FastAPI) -> dict[str, Any]:
    return describe(api)


def _operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, item in document["paths"].items() for method, one in item.items()]


def test_it_is_public_and_for_every_website(client: TestClient, document: dict[str, Any]) -> None:
    answer = client.get("/v1/openapi.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == document


def test_no_other_answer_is_for_every_website(client: TestClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/v1/ik", headers={"Origin": "https://x.example"}).headers


def test_the_version_stands_in_the_server_and_not_in_the_paths(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["servers"][0]["url"] == "/v1"
    assert not [path for path in document["paths"] if path.startswith("/v1")]
    assert document["info"]["contact"].keys() >= {"name", "url", "email"}


def test_every_answer_that_succeeds_documents_its_version(document: dict[str, Any]) -> None:
    for path, method, one in _operations(document):
        for status, answer in one["responses"].items():
            if status < "400":
                assert "API-Version" in answer["headers"], (path, method, status)


@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        ("/dingen", "get", "200 400 401 403 406 429 500 503"),
        ("/dingen", "post", "201 400 401 403 404 406 409 413 415 422 429 500 503"),
        ("/dingen/{id}", "get", "200 304 400 401 403 404 406 429 500 503"),
        ("/dingen/{id}", "patch", "200 400 401 403 404 406 409 412 413 415 428 429 500 503"),
        ("/openapi.json", "get", "200 400 406 500 503"),
    ],
)
def test_a_route_documents_what_it_can_answer(document: dict[str, Any], path: str, method: str, statuses: str) -> None:
    assert " ".join(document["paths"][path][method]["responses"]) == statuses


def test_private_routes_say_how_to_sign_in(document: dict[str, Any]) -> None:
    assert document["paths"]["/ik"]["get"]["security"] == [{"bearer": []}]
    assert "security" not in document["paths"]["/openapi.json"]["get"]


def test_no_trace_of_the_stock_validation(document: dict[str, Any]) -> None:
    assert "ValidationError" not in json.dumps(document)
