"""Nothing of what went in comes back in a refusal, and nothing of it gets into the log."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response

from tests.api.aan_de_deur import gets, path_of, who
from tests.api.client import Dienst
from tests.api.posts import Verzoek, every_write
from tests.api.world import World

Json = dict[str, Any]
CANARY = "Kanarie Jansen 123456782"


def places(body: Any, schema: Json, document: Json) -> Iterator[Json]:
    """Yield the body with the canary in one place each time: every field, and a field that does not exist."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for name in schema["properties"]:
        yield {**body, name: CANARY}
    yield {name: {CANARY: CANARY} for name in schema["properties"]}
    yield {**body, CANARY: CANARY}
    yield {**body, "parameters": {CANARY: 1}}
    yield dict.fromkeys(schema["properties"], CANARY)


def test_no_refusal_repeats_what_was_sent(
    world: World, document: Json, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The canary in every field of every write, in the query, the path and the headers: never in a refusal or a log."""
    refused = 0
    for (method, template), make in every_write(world).items():
        verzoek = make()
        answers = list(canaries(verzoek))
        if verzoek.body is not None:
            schema = document["paths"][template][method.lower()]["requestBody"]["content"]["application/json"]["schema"]
            answers += [verzoek.with_body(body).send() for body in places(verzoek.body, schema, document)]
        for answer in answers:
            if answer.status_code >= 400:
                refused += 1
                assert not leaks(answer.text), (method, template, answer.text)
            else:
                assert answer.request.url.query == b""
    assert refused > 800
    captured = capfd.readouterr()
    assert not leaks(captured.out + captured.err + caplog.text)
    assert captured.out.count('"event": "request"') > 800  # the log was there to be read


def canaries(verzoek: Verzoek) -> Iterator[Response]:
    """Send the canary everywhere but in the body."""
    quoted = CANARY.replace(" ", "%20")
    user, method, path, body = verzoek.user, verzoek.method, verzoek.path, verzoek.body
    yield user.ask(method, f"{path}?zoek={quoted}", body)
    yield user.ask(method, f"{path}?{quoted}=1", body)
    yield user.ask(method, f"{path}/{quoted}", body)
    yield user.ask(method, re.sub(r"[0-9a-f-]{36}", quoted, path) + "x", body)
    yield user.ask(method, path, body, etag=f'"{CANARY}"') if verzoek.etag else user.ask("PUT", path, body)
    yield user.ask(method, path, body, Accept=f"text/{CANARY}")
    yield user.ask(method, path, body, Content_Type=f"text/{CANARY}", Accept="text/html")
    yield user.ask(method, path, body, Authorization=f"Bearer {CANARY}")
    yield user.ask(method, path, body, key=CANARY + "é")
    yield user.ask(method, path, f'{{"x": "{CANARY}'.encode())


def leaks(text: str) -> bool:
    return any(part in text for part in CANARY.split())


def test_a_canary_in_a_query_of_a_list_is_not_repeated(world: World, dienst: Dienst, document: Json) -> None:
    quoted = CANARY.replace(" ", "%20")
    for route in gets(dienst):
        described = document["paths"][route.path]["get"].get("parameters", ())
        names = [one["name"] for one in described if one["in"] == "query"]
        for name in (*names, "zoek"):
            answer = who(route, world).get(f"{path_of(route, world)}?{name}={quoted}")
            assert answer.status_code == 400, (str(route), name)
            assert not leaks(answer.text), (str(route), name)
