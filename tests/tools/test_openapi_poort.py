"""The gate finds each way to break a client, and lets the rest through."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tools import openapi_poort
from tools.openapi_poort import as_text, breaking_changes, main

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
                "properties": {
                    "naam": {"anyOf": [{"type": "string", "maxLength": 9, "minLength": 1}, {"type": "null"}]},
                    "themas": {"type": "array", "items": {"type": "string"}},
                    "vorm": {"type": "string", "enum": ["a", "b"]},
                },
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


def _naam(document: Json) -> Json:
    naam: Json = _schemas(document)["KindIn"]["properties"]["naam"]["anyOf"][0]
    return naam


def _choose(document: Json, *fields: list[str]) -> None:
    """Let a body ask one of the sets of fields instead of ``naam``."""
    _schemas(document)["KindIn"] |= {"required": [], "anyOf": [{"required": one} for one in fields]}


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
    "a choice of fields, all of them new": lambda new: _choose(new, ["vorm"], ["naam", "themas"]),
    "field takes less": lambda new: _schemas(new)["KindIn"]["properties"]["vorm"].update(enum=["a"]),
    "field taken away": lambda new: _schemas(new)["KindIn"]["properties"].pop("vorm"),
    "type of a taken field": lambda new: _schemas(new)["KindIn"]["properties"]["naam"]["anyOf"].pop(),
    "another body": lambda new: new["paths"]["/kinderen"]["post"]["requestBody"]["content"]["x"]["schema"].update(
        {"$ref": "#/components/schemas/KindOut"}
    ),
    "body of another media type": lambda new: new["paths"]["/kinderen"]["post"]["requestBody"]["content"].update(
        {"y": new["paths"]["/kinderen"]["post"]["requestBody"]["content"].pop("x")}
    ),
    "another answer": lambda new: new["paths"]["/kinderen"]["get"]["responses"]["200"]["content"]["x"]["schema"].update(
        {"$ref": "#/components/schemas/DeelOut"}
    ),
    "answer of another media type": lambda new: new["paths"]["/kinderen"]["get"]["responses"]["200"]["content"].clear(),
    "shorter text": lambda new: _naam(new).update(maxLength=8),
    "longer text at least": lambda new: _naam(new).update(minLength=2),
    "text of a pattern": lambda new: _naam(new).update(pattern="^a"),
    "a limit where there was none": lambda new: _schemas(new)["KindIn"]["properties"]["themas"].update(maxItems=3),
    "a limit on the parts": lambda new: _schemas(new)["KindIn"]["properties"]["themas"]["items"].update(minLength=1),
    "unknown fields refused": lambda new: _schemas(new)["KindIn"].update(additionalProperties=False),
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
    _naam(new).update(maxLength=10, minLength=0)
    _schemas(new)["KindOut"]["properties"]["extra"] = {"type": "string"}
    _schemas(new)["KindOut"]["required"].append("extra")
    assert breaking_changes(OLD, new) == []


def test_another_name_beside_the_old_one_breaks_nobody() -> None:
    new = deepcopy(OLD)
    _choose(new, ["voornaam"], ["naam"])
    assert breaking_changes(OLD, new) == breaking_changes(new, new) == []
    assert breaking_changes(new, OLD) == ["KindIn.naam: verplicht geworden"]


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "openapi.json"
    file.write_text(as_text(OLD))
    monkeypatch.setattr(openapi_poort, "SNAPSHOT", file)
    return file


def _runs_as(new: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openapi_poort, "current_document", lambda: new)


def test_nothing_changed(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _runs_as(deepcopy(OLD), monkeypatch)
    assert main([]) == 0


def test_what_breaks_is_never_written(
    snapshot: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = deepcopy(OLD)
    del new["paths"]["/kinderen"]["post"]
    _runs_as(new, monkeypatch)
    assert (main([]), main(["--schrijf"])) == (1, 1)
    assert snapshot.read_text() == as_text(OLD)
    assert "POST /kinderen: verdwenen" in capsys.readouterr().err


def test_another_difference_is_written_when_asked(
    snapshot: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = deepcopy(OLD)
    new["paths"]["/nieuw"] = {"get": {"responses": {"200": {}}}}
    _runs_as(new, monkeypatch)
    assert main([]) == 1
    assert "--schrijf" in capsys.readouterr().err
    assert (main(["--schrijf"]), main([])) == (0, 0)
    assert snapshot.read_text() == as_text(new)
