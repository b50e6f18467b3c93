"""The gate on the API: openapi.json in the repository is what clients count on.

``python -m tools.openapi_poort`` compares the application with the snapshot. A change that can break a client is
refused unless the major version rises; any other difference asks for ``--schrijf``, so that it stands in the diff.
"""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SNAPSHOT = Path(__file__).parents[1] / "openapi.json"
_AT_MOST = frozenset({"maxLength", "maximum", "exclusiveMaximum", "maxItems"})
_AT_LEAST = frozenset({"minLength", "minimum", "exclusiveMinimum", "minItems"})
_METHODS = frozenset({"get", "put", "post", "patch", "delete"})

Json = Mapping[str, Any]


def breaking_changes(old: Json, new: Json) -> list[str]:
    """Return in words every change that can break a client; none when the major version rose."""
    if _major(new) > _major(old):
        return []
    return [*_operations(old, new), *_schemas(old, new)]


def _major(document: Json) -> int:
    return int(document["info"]["version"].split(".")[0])


def _operations(old: Json, new: Json) -> Iterator[str]:
    for path, item in old["paths"].items():
        for method in sorted(_METHODS & item.keys()):
            where = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                yield f"{where}: verdwenen"
                continue
            yield from _parameters(where, item[method], now)
            yield from _bodies(where, item[method], now)
            yield from _answers(where, item[method]["responses"], now["responses"])


def _answers(where: str, old: Json, new: Json) -> Iterator[str]:
    for code in sorted(code for code in old if code.startswith("2")):
        if code not in new:
            yield f"{where}: antwoord {code} verdwenen"
            continue
        yield from _contents(f"{where}: antwoord {code}", old[code], new[code])


def _parameters(where: str, old: Json, new: Json) -> Iterator[str]:
    before = {(one["in"], one["name"]): one for one in old.get("parameters", [])}
    after = {(one["in"], one["name"]): one for one in new.get("parameters", [])}
    for key in sorted(before.keys() - after.keys()):
        yield f"{where}: parameter {key[1]} verdwenen"
    for key, one in sorted(after.items()):
        if one.get("required") and not before.get(key, {}).get("required"):
            yield f"{where}: parameter {key[1]} is verplicht geworden"
        if key in before:
            yield from _narrowed(f"{where}: parameter {key[1]}", before[key].get("schema", {}), one.get("schema", {}))


def _bodies(where: str, old: Json, new: Json) -> Iterator[str]:
    if new.get("requestBody", {}).get("required") and not old.get("requestBody", {}).get("required"):
        yield f"{where}: een inhoud is verplicht geworden"
    if "requestBody" in old:
        yield from _contents(f"{where}: inhoud", old["requestBody"], new.get("requestBody", {}))


def _contents(where: str, old: Json, new: Json) -> Iterator[str]:
    """Compare what is sent or answered, by media type; what its schema says is compared by name."""
    for media, one in old.get("content", {}).items():
        now = new.get("content", {}).get(media)
        if now is None:
            yield f"{where} als {media} verdwenen"
        else:
            yield from _changed(where, one.get("schema", {}), now.get("schema", {}))


def _schemas(old: Json, new: Json) -> Iterator[str]:
    """Compare the named schemas by how they are used: what comes in may not narrow, what goes out may not lose."""
    before, after = old["components"]["schemas"], new["components"]["schemas"]
    taken, given = _used(old, "requestBody"), _used(old, "responses")
    for name in sorted((taken | given) & before.keys()):
        if name not in after:
            yield f"{name}: verdwenen"
            continue
        yield from _schema(name, before[name], after[name], taken=name in taken, given=name in given)


def _schema(name: str, old: Json, new: Json, *, taken: bool, given: bool) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for field in sorted(before.keys() - after.keys()):
        yield f"{name}.{field}: verdwenen"
    if taken:
        yield from (f"{name}.{field}: verplicht geworden" for field in sorted(_newly_required(old, new)))
    if given:
        lost = set(old.get("required", [])) - set(new.get("required", []))
        yield from (f"{name}.{field}: niet meer altijd aanwezig" for field in sorted(lost & after.keys()))
    for field in sorted(before.keys() & after.keys()):
        where = f"{name}.{field}"
        yield from (
            _narrowed(where, before[field], after[field]) if taken else _changed(where, before[field], after[field])
        )
    yield from _narrowed(name, _without_choice(old), _without_choice(new)) if taken else ()


def _newly_required(old: Json, new: Json) -> set[str]:
    """Return what is asked of somebody who sends what was enough before, in the choice that asks least of them."""
    enough, asked = (
        [{*schema.get("required", []), *choice} for choice in _choices(schema)] for schema in (old, new)
    )  # fmt: skip
    return set().union(*(min((fields - sent for fields in asked), key=len) for sent in enough))


def _choices(schema: Json) -> list[list[str]]:
    """Return the fields of which a schema asks one set or another (``anyOf`` with nothing but ``required``)."""
    several = schema.get("anyOf", [])
    if several and all(one.keys() == {"required"} for one in several):
        return [one["required"] for one in several]
    return [[]]


def _without_choice(schema: Json) -> Json:
    return schema if _choices(schema) == [[]] else {key: value for key, value in schema.items() if key != "anyOf"}


def _changed(where: str, old: Json, new: Json) -> Iterator[str]:
    """Report another type or reference of what is shown."""
    if _shape(old) != _shape(new):
        yield f"{where}: ander type"


def _narrowed(where: str, old: Json, new: Json) -> Iterator[str]:
    """Report another type, or fewer values, of what is taken."""
    yield from _changed(where, old, new)
    gone = set(map(str, old.get("enum", []))) - set(map(str, new.get("enum", [])))
    if "enum" in new and ("enum" not in old or gone):
        yield f"{where}: neemt minder waarden aan"
    yield from (f"{where}: {key} is strenger" for key in sorted(_stricter(old, new)))
    for part in ("anyOf", "oneOf", "allOf"):
        for before, after in zip(old.get(part, []), new.get(part, []), strict=False):
            yield from _narrowed(where, before, after)
    if "items" in old and "items" in new:
        yield from _narrowed(where, old["items"], new["items"])


def _stricter(old: Json, new: Json) -> Iterator[str]:
    """Yield the limits that leave less room than before."""
    for key in _AT_MOST & new.keys():
        if key not in old or new[key] < old[key]:
            yield key
    for key in _AT_LEAST & new.keys():
        if new[key] > old.get(key, 0 if key in ("minLength", "minItems") else float("-inf")):
            yield key
    if "pattern" in new and new["pattern"] != old.get("pattern"):
        yield "pattern"
    if new.get("additionalProperties") is False and old.get("additionalProperties") is not False:
        yield "additionalProperties"


def _shape(schema: Json) -> str:
    """Return what a client sees of a type: type, format, reference, and the same of its parts."""
    kept = {key: schema[key] for key in ("type", "format", "$ref") if key in schema}
    parts = [_shape(part) for key in ("anyOf", "oneOf", "allOf") for part in schema.get(key, [])]
    inner = _shape(schema["items"]) if "items" in schema else ""
    return json.dumps([kept, sorted(parts), inner], sort_keys=True)


def _used(document: Json, side: str) -> set[str]:
    """Return the names of the schemas that requests or answers reach, directly or through others."""
    found: set[str] = set()
    operations = [item[method] for item in document["paths"].values() for method in _METHODS & item.keys()]
    todo = set(_references([operation.get(side, {}) for operation in operations]))
    while todo:
        name = todo.pop()
        found.add(name)
        todo |= set(_references(document["components"]["schemas"].get(name, {}))) - found
    return found


def _references(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield str(node["$ref"]).rpartition("/")[2]
        for child in node.values():
            yield from _references(child)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)


def current_document() -> dict[str, Any]:
    """Return the description that the application gives."""
    logging.disable(logging.WARNING)  # FastAPI says at import that an optional package is absent
    from app.main import bare_api, include_routers  # noqa: PLC0415 — the gate's own tests need no application
    from app.web.openapi import describe  # noqa: PLC0415 — the same

    api = bare_api()
    include_routers(api)
    return describe(api)


def as_text(document: Json) -> str:
    """Return the snapshot's text: stable, and readable in a diff."""
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Compare, or write with ``--schrijf``; exit 1 on a difference."""
    new = current_document()
    old = json.loads(SNAPSHOT.read_text()) if SNAPSHOT.exists() else None
    broken = breaking_changes(old, new) if old else []
    for line in broken:
        print(f"Breekt wat klanten gebruiken: {line}", file=sys.stderr)
    if broken:
        print("Verhoog de hoofdversie (en houd de oude in de lucht), of maak het ongedaan.", file=sys.stderr)
        return 1
    if "--schrijf" in arguments:
        SNAPSHOT.write_text(as_text(new))
        return 0
    if old is None or as_text(old) != as_text(new):
        print("openapi.json is niet bij: python -m tools.openapi_poort --schrijf", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
