"""The gate finds each way to break a client, and lets the rest through."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tools.openapi_poort import breaking_changes

Json = dict[str, Any]

OLD: Json = {
    "info": {"version": "1.2.0"},
    "paths": {
        "/kinderen": {
            "get": {
                "parameters": [{"in": "query", "name": "stand", "schema": {"type": "string", "enum": ["a", "b"]}}],
                "responses": {"200": {"content": {"x": {"schema": {"$ref": "#/components/schemas/KindOut"}}}}},
            },
            "post": {
                "requestBody": {"content": {"x": {"schema": {"$ref": "#/components/schemas/KindIn"}}}},
                "responses": {"201": {"content": {"x": {"schema": {"$ref": "#/components/schemas/KindOut"}}}}},
            },
        }
    },
    "components": {
        "schemas": {
            "KindIn": {
                "type": "object",
                "required": ["naam"],
                "properties": {"naam": {"type": "string"}, "vorm": {"type": "string", "enum": ["a", "b"]}},
            },
            "KindOut": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string"}, "deel": {"$ref": "#/components/schemas/DeelOut"}},
            },
            "DeelOut": {"type": "object", "properties": {"dag": {"type": "string", "format": "date"}}},
        }
    },
}


def _schemas(document: Json) -> Json:
    schemas: Json = document["components"]["schemas"]
    return schemas


BREAKS: dict[str, Callable[[Json], object]] = {
    "path gone": lambda new: new["paths"].pop("/kinderen"),
    "method gone": lambda new: new["paths"]["/kinderen"].pop("post"),
    "answer gone": lambda new: new["paths"]["/kinderen"]["get"]["responses"].pop("200"),
    "parameter gone": lambda new: new["paths"]["/kinderen"]["get"].pop("parameters"),
    "parameter obliged": lambda new: new["paths"]["/kinderen"]["get"]["parameters"][0].update(required=True),
    "new obliged parameter": lambda new: new["paths"]["/kinderen"]["get"]["parameters"].append(
        {"in": "query", "name": "nieuw", "required": True, "schema": {"type": "string"}}
    ),
    "parameter takes less": lambda new: new["paths"]["/kinderen"]["get"]["parameters"][0]["schema"].update(enum=["a"]),
    "body obliged": lambda new: new["paths"]["/kinderen"]["post"]["requestBody"].update(required=True),
    "new obliged field": lambda new: _schemas(new)["KindIn"]["required"].append("vorm"),
    "field takes less": lambda new: _schemas(new)["KindIn"]["properties"]["vorm"].update(enum=["a"]),
    "field taken away": lambda new: _schemas(new)["KindIn"]["properties"].pop("vorm"),
    "type of a taken field": lambda new: _schemas(new)["KindIn"]["properties"]["naam"].update(type="integer"),
    "shown field gone": lambda new: _schemas(new)["KindOut"]["properties"].pop("id"),
    "shown field not always there": lambda new: _schemas(new)["KindOut"].update(required=[]),
    "type of a shown field, two steps away": lambda new: _schemas(new)["DeelOut"]["properties"]["dag"].pop("format"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_breaking_change_is_refused(name: str) -> None:
    new = deepcopy(OLD)
    BREAKS[name](new)
    assert breaking_changes(OLD, new)


@pytest.mark.parametrize("name", BREAKS)
def test_a_new_major_version_may_break(name: str) -> None:
    new = deepcopy(OLD)
    BREAKS[name](new)
    new["info"]["version"] = "2.0.0"
    assert breaking_changes(OLD, new) == []


def test_what_breaks_nobody_passes() -> None:
    new = deepcopy(OLD)
    new["paths"]["/nieuw"] = {"get": {"responses": {"200": {}}}}
    _schemas(new)["KindIn"]["properties"]["extra"] = {"type": "string"}
    _schemas(new)["KindIn"]["properties"]["vorm"]["enum"].append("c")
    _schemas(new)["KindOut"]["properties"]["extra"] = {"type": "string"}
    _schemas(new)["KindOut"]["required"].append("extra")
    assert breaking_changes(OLD, new) == []
