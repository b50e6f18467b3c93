"""The OpenAPI document as people read it: per subject what can be asked, with which fields, and what comes back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
_KINDS = {"string": "tekst", "integer": "getal", "number": "getal", "boolean": "ja of nee", "object": "gegevens"}
_FORMATS = {"date": "dag", "date-time": "moment", "uuid": "id"}
_HOW = {"path": "in het adres", "query": "achter het adres", "header": "in de kop"}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to give or to get."""

    naam: str
    soort: str
    verplicht: bool
    uitleg: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One request: what it does, what it takes, and what it answers."""

    methode: str
    pad: str
    kort: str
    uitleg: str
    vragen: Sequence[Field]
    inhoud: Sequence[Field]
    antwoord: Sequence[Field]
    uitkomsten: Sequence[tuple[str, str]]

    @property
    def anker(self) -> str:
        """Where it stands on its page."""
        return f"{self.methode}{self.pad}".replace("/", "-").translate({ord(one): None for one in "{}_."}).lower()


def read_operations(document: Json) -> dict[str, list[Operation]]:
    """Return tag → its operations, in the order of the document."""
    found: dict[str, list[Operation]] = {}
    for pad, item in document["paths"].items():
        for methode, one in item.items():
            found.setdefault(one["tags"][0], []).append(_operation(document, methode, pad, one))
    return dict(sorted(found.items()))


def _operation(document: Json, methode: str, pad: str, one: Json) -> Operation:
    given = one.get("requestBody", {}).get("content", {})
    answers = {status: _resolve(document, answer) for status, answer in one["responses"].items()}
    good = next((answer for status, answer in answers.items() if status.startswith("2")), {})
    return Operation(
        methode.upper(),
        document["servers"][0]["url"] + pad,
        one["summary"],
        one["description"],
        [_parameter(document, each) for each in one.get("parameters", ())],
        [*_fields(document, given)],
        [*_fields(document, good.get("content", {}))],
        [(status, answer["description"]) for status, answer in answers.items()],
    )


def _parameter(document: Json, one: Json) -> Field:
    where = f"{_kind(document, one.get('schema', {}))}, {_HOW[one['in']]}"
    return Field(one["name"], where, one.get("required", False), one.get("description", ""))


def _fields(document: Json, content: Json) -> Iterator[Field]:
    """Yield the fields of a body in JSON; of a list those of what is in it."""
    schema = _resolve(document, content.get("application/json", {}).get("schema", {}))
    listed = schema.get("properties", {}).get("resultaten")
    if listed is not None:
        schema = _resolve(document, listed["items"])
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        yield Field(name, _kind(document, field), name in required, field.get("description", ""))


def _resolve(document: Json, node: Json) -> Json:
    """Return what a node refers to, or itself."""
    found: Any = node
    while "$ref" in found:
        found = _at(document, found["$ref"])
    return dict(found)


def _at(document: Json, reference: str) -> Any:
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def _kind(document: Json, field: Json) -> str:
    """Say in words what a value is."""
    either = [one for one in field.get("anyOf", field.get("oneOf", ())) if one.get("type") != "null"]
    if either:
        return " of ".join(dict.fromkeys(_kind(document, one) for one in either))
    if "$ref" in field:
        target = _resolve(document, field)
        return _kind(document, target) if "enum" in target else field["$ref"].rpartition("/")[2]
    if "enum" in field:
        return " | ".join(str(one) for one in field["enum"])
    if field.get("type") == "array":
        return f"lijst van {_kind(document, field.get('items', {}))}"
    return _FORMATS.get(field.get("format", "")) or _type(field.get("type", "object"))


def _type(kind: str | Sequence[str]) -> str:
    kinds = [kind] if isinstance(kind, str) else [one for one in kind if one != "null"]
    return " of ".join(_KINDS.get(one, one) for one in kinds)
