"""Nothing of what went in comes back in a refusal, and nothing of it gets into the log.

Every field of every kind is tried; of the other places each write tries some, and they together all; in
``make drill-tests`` each write tries each.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest
from httpx2 import Response

from tests.api.aan_de_deur import gets, path_of, who
from tests.api.client import Dienst
from tests.api.posts import asked_writes
from tests.api.verzoek import Verzoek
from tests.api.world import World
from tests.keuze import of_turn

Json = dict[str, Any]
T = TypeVar("T")
CANARY = "Kanarie Jansen 123456782"


def share(places: Sequence[T], turn: int, *, heel: bool) -> list[T]:
    """Return which of some places a write tries: a quarter, or all."""
    return of_turn(places, turn, len(places) if heel else max(1, len(places) // 4))


def bodies(verzoek: Verzoek, document: Json, template: str) -> tuple[list[Json], list[Json]]:
    """Return the body with the canary in one field each time; and with it everywhere, or where no field is."""
    if verzoek.body is None:
        return [], []
    schema = document["paths"][template][verzoek.method.lower()]["requestBody"]["content"]["application/json"]["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    fields = dict.fromkeys(schema["properties"], CANARY)
    whole = [
        {name: {CANARY: CANARY} for name in fields},
        {**verzoek.body, CANARY: CANARY},
        {**verzoek.body, "parameters": {CANARY: 1}},
        fields,
    ]
    return [{**verzoek.body, name: CANARY} for name in fields], whole


_QUOTED = CANARY.replace(" ", "%20")
#: the canary everywhere but in the body
BESIDE_THE_BODY: tuple[Callable[[Verzoek], Response], ...] = (
    lambda one: one.user.ask(one.method, f"{one.path}?zoek={_QUOTED}", one.body),
    lambda one: one.user.ask(one.method, f"{one.path}?{_QUOTED}=1", one.body),
    lambda one: one.user.ask(one.method, f"{one.path}/{_QUOTED}", one.body),
    lambda one: one.user.ask(one.method, re.sub(r"[0-9a-f-]{36}", _QUOTED, one.path) + "x", one.body),
    lambda one: one.user.ask(one.method if one.etag else "PUT", one.path, one.body, etag=f'"{CANARY}"'),
    lambda one: one.user.ask(one.method, one.path, one.body, Accept=f"text/{CANARY}"),
    lambda one: one.user.ask(one.method, one.path, one.body, Content_Type=f"text/{CANARY}", Accept="text/html"),
    lambda one: one.user.ask(one.method, one.path, one.body, Authorization=f"Bearer {CANARY}"),
    lambda one: one.user.ask(one.method, one.path, one.body, key=CANARY + "é"),
    lambda one: one.user.ask(one.method, one.path, f'{{"x": "{CANARY}'.encode()),
)


def test_no_refusal_repeats_what_was_sent(
    world: World,
    document: Json,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    *,
    heel: bool,
) -> None:
    """The canary in every field of every write, in the query, the path and the headers: never in a refusal or a log."""
    refused = 0
    for turn, ((method, template), make) in enumerate(asked_writes(world, heel=heel, turn=1).items()):
        verzoek = make()
        answers = [send(verzoek) for send in share(BESIDE_THE_BODY, turn, heel=heel)]
        by_field, elsewhere = bodies(verzoek, document, template)
        answers += [verzoek.with_body(body).send() for body in (*by_field, *share(elsewhere, turn, heel=heel))]
        for answer in answers:
            if answer.status_code >= 400:
                refused += 1
                assert not leaks(answer.text), (method, template, answer.text)
            else:
                assert answer.request.url.query == b""
    assert refused > (800 if heel else 400)
    captured = capfd.readouterr()
    assert not leaks(captured.out + captured.err + caplog.text)
    assert captured.out.count('"event": "request"') >= refused  # the log was there to be read


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
