"""The description of the API: its names, its language, and that it is the one that is served."""

import re
from collections.abc import Iterator
from typing import Any

from tests.api.world import World

Json = dict[str, Any]
_CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
_PATH = re.compile(r"(/(_?[a-z]+(-[a-z]+)*(\.csv(-metadata\.json)?)?|\{(id|pseudoniem|naam)\}|openapi\.json))+")


def test_every_name_is_camel_case(document: Json) -> None:
    headers = {"Idempotency-Key", "If-Match", "If-None-Match", "Prefer"}
    for path, item in document["paths"].items():
        for operation in item.values():
            assert _CAMEL.fullmatch(operation["operationId"])
            for parameter in operation.get("parameters", ()):
                assert parameter["name"] in headers or _CAMEL.fullmatch(parameter["name"]), (path, parameter["name"])
    for schema, definition in document["components"]["schemas"].items():
        for name in definition.get("properties", {}):
            assert _CAMEL.fullmatch(name), (schema, name)
    for path in document["paths"]:
        assert _PATH.fullmatch(path), path


def test_operations_have_names_of_their_own(document: Json) -> None:
    names = [one["operationId"] for item in document["paths"].values() for one in item.values()]
    assert len(set(names)) == len(names)


def test_operations_have_one_tag_and_a_summary_of_one_line(document: Json) -> None:
    operations = [(path, one) for path, item in document["paths"].items() for one in item.values()]
    assert len(operations) > 200
    for path, one in operations:
        assert len(one["tags"]) == 1, path
        assert 10 <= len(one["summary"]) <= 120, (path, one["summary"])
        assert "\n" not in one["summary"], path
        assert one["description"].startswith(one["summary"]), path
        assert one["summary"][-1] not in ".:;,", path


def test_the_document_of_the_service_is_the_described_one(document: Json, world: World) -> None:
    assert world["teamleider"].read("/openapi.json") == document


def test_the_document_is_in_dutch(document: Json) -> None:
    """No docstring, function name or phrase of a library in what a reader of the API sees."""
    english = re.compile(
        r"\b(the|and|with|which|what|who|successful|response|as recorded|list|record|child|a)\b", re.IGNORECASE
    )
    found = [text for text in described(document) if english.search(text)]
    assert found == []
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    assert all(operation["description"] for operation in operations)


def described(node: object) -> Iterator[str]:
    """Yield every summary and description."""
    if isinstance(node, dict):
        yield from (node[key] for key in ("summary", "description") if isinstance(node.get(key), str))
        for below in node.values():
            yield from described(below)
    elif isinstance(node, list):
        for below in node:
            yield from described(below)
