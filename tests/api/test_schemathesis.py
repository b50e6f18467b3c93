"""Schemathesis over the whole document, against the real application with real ids.

No 5xx; no status, media type, header or body that is not documented; nothing that the document forbids is accepted.
Generated requests seldom get past 404, so most ids, versions and days are replaced by those of a world of its own,
which it may spoil; and a request that is accepted is made first.

Deeper: ``make drill-tests``.
"""

import json
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import pytest
import requests
import schemathesis
from httpx2 import Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.models.soorten import SOORTEN
from app.web.openapi import describe
from tests.api.aan_de_deur import who
from tests.api.bodies import KINDS
from tests.api.client import NOBODY, PREFIX, Dienst, Gebruiker, look_at, standing_still
from tests.api.posts import asked_writes
from tests.api.routes import Route, routes
from tests.api.world import World, audit_world, build_world, oversee_world
from tests.keuze import drawn

# positive_data_acceptance is left out: a stale If-Match, a key used twice or a day outside the plaatsing is refused
# although the schema allows it
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection, missing_required_header,
]  # fmt: skip
# Our days have a pattern beside their format: of the years 1 to 9999 three in a hundred fit, and every body with two
# days was drawn hundreds of times. Half of the days are now of the years that fit; the others are still any day.
schemathesis.openapi.format(
    "date", st.one_of(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates()).map(date.isoformat)
)
Case = schemathesis.Case[Any]
Operation = APIOperation[Any, Any, Any, Any]
BASE = "http://pleegzicht.test" + PREFIX
EXAMPLES = drawn(3, 20)
#: of what takes an id and little else, alike for every kind
FEWER = drawn(1, 5)
#: what undoes comes last: the rest needs what is there
_ORDER = ("_zoek", "correctie", "goedkeuring", "beeindiging", "verplaatsing", "intrekking")
_DAYS = ("2026-06-01", "2026-09-15", "2026-10-01", "2026-11-02", "2026-12-01")
#: the first part of the paths below ``/v1``: each a test, so that workers share them
GROUPS = sorted(
    {soort.meervoud for soort in SOORTEN.values()}
    | {
        "afwezigheden",
        "belnummers",
        "caseloads",
        "ik",
        "importen",
        "medewerkers",
        "noodtoegangen",
        "normen",
        "open",
        "openapi.json",
        "organisaties",
        "ruisfactoren",
        "samenvoegingen",
        "bespreeklijst",
        "kwartaaltoetsen",
        "extra-inzetten",
        "gebeurtenissen",
        "inzagen",
        "toezicht",
        "toetsopdrachten",
        "toezichtsmandaten",
        "vernietigingen",
        "webhooks",
        "bewaarblokkades",
        "bewaarbeleid",
        "teams",
        "termijnen",
        "wijzigingen",
    }
)


@pytest.fixture(scope="module")
def spoiled(dienst: Dienst) -> World:
    with standing_still():
        return oversee_world(dienst, audit_world(dienst, build_world(dienst)))


@pytest.fixture(scope="module")
def document(dienst: Dienst) -> dict[str, Any]:
    """Return the document without sign-in: ours is on every request, and an invented one is no invalid input."""
    found = json.loads(json.dumps(describe(dienst.api)))
    for item in found["paths"].values():
        for operation in item.values():
            operation.pop("security", None)
    del found["components"]["securitySchemes"]
    return dict(found)


@pytest.fixture(scope="module")
def schema(document: dict[str, Any]) -> BaseSchema:
    return schemathesis.openapi.from_dict(document)


def operation_of(schema: BaseSchema, route: Route) -> Operation:
    found: Operation = schema[route.path][route.method]
    return found


def send(dienst: Dienst, user: Gebruiker, case: Case) -> Response:
    """Send a case as a user and check the answer against the document."""
    prepared = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
    headers = {**prepared.headers, **user.headers}
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body
    assert body is None or isinstance(body, bytes)
    pairs = [(name, value if isinstance(value, str) else value.decode("latin-1")) for name, value in headers.items()]
    answer = dienst.client.request(case.method, prepared.path_url, content=body, headers=pairs)
    look_at(answer)
    case.validate_response(answer, checks=list(CHECKS))
    return answer


def ids_of(world: World, kind: str) -> list[str]:
    """Return ids of a kind that the teamleider sees (nobody's who signs in here), and one that does not exist."""
    own = world.medewerkers["inspecteur"] if kind == "medewerker" else world.files["eigen"].get(kind, NOBODY)
    return [own, own, own, world.files["niemand"].get(kind, own), NOBODY]


# What succeeds is as documented


def test_what_is_accepted_is_as_documented(world: World, dienst: Dienst, schema: BaseSchema, *, heel: bool) -> None:
    for (method, path), make in asked_writes(world, heel=heel).items():
        verzoek = make()
        uid = verzoek.path.split("/")[2] if "{id}" in path else None
        operation = schema[path][method]
        body: Any = {"body": verzoek.body, "media_type": "application/json"} if verzoek.body is not None else {}
        headers = {"If-Match": verzoek.etag} if verzoek.etag else {}
        case = operation.Case(path_parameters={"id": uid} if uid else {}, headers=headers, **body)
        answer = send(dienst, verzoek.user, case)
        assert answer.status_code in (200, 201, 202), (method, path, answer.text)


def test_what_is_read_is_as_documented(world: World, dienst: Dienst, schema: BaseSchema) -> None:
    for route in (one for one in routes(dienst.api) if one.method == "GET"):
        uid = {"id": ids_of(world, KINDS[route.path.split("/")[1]])[0]} if "{id}" in route.path else {}
        uid |= {"naam": "navolgbaar"} if "{naam}" in route.path else {}
        uid |= {"pseudoniem": world.files["eigen"]["pseudoniem"]} if "{pseudoniem}" in route.path else {}
        answer = send(dienst, who(route, world), operation_of(schema, route).Case(path_parameters=uid))
        assert answer.status_code == 200, str(route)


# What is generated


def lifelike(world: World, route: Route, user: Gebruiker, case: Case, rng: Random) -> None:
    """Put ids, days and a version in a case where it has such, that it may get past the door."""
    if _is_uuid(case.path_parameters.get("id")):
        kind = KINDS[route.path.split("/")[1]]
        case.path_parameters["id"] = uid = rng.choice(ids_of(world, kind))
        if "If-Match" in case.headers or rng.random() < 0.5:
            found = user.get(f"/{route.path.split('/')[1]}/{uid}")
            case.headers["If-Match"] = found.headers.get("etag", '"x"')
    if not isinstance(case.body, dict):
        return
    for name, value in case.body.items():
        if name.endswith("Id") and _is_uuid(value):
            case.body[name] = (
                world.teams["noord"] if name == "teamId" else rng.choice(ids_of(world, name.removesuffix("Id")))
            )
        elif _is_day(value) and rng.random() < 0.8:
            case.body[name] = rng.choice(_DAYS)


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False


def _is_day(value: object) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-"


def examples(operation: Operation, mode: GenerationMode, number: int) -> Iterator[tuple[Case, Random]]:
    """Yield generated cases, each with a source of chance of its own."""
    found: list[tuple[Case, int]] = []

    @seed(1)
    @given(case=operation.as_strategy(generation_mode=mode), chance=st.integers(0, 2**32))
    @settings(max_examples=number, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
    def gather(case: Case, chance: int) -> None:
        found.append((case, chance))

    try:
        gather()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # nothing of this operation can be made invalid
    yield from ((case, Random(chance)) for case, chance in found)


def in_order(group: str, dienst: Dienst) -> list[Route]:
    own = [route for route in routes(dienst.api) if route.path.split("/")[1] == group]
    return sorted(
        own,
        key=lambda route: (
            route.method,
            _ORDER.index(last) + 1 if (last := route.path.split("/")[-1]) in _ORDER else 0,
        ),
    )


def number_of(route: Route) -> int:
    """Return how many examples of each mode an operation gets."""
    alike = "{id}" in route.path and (not route.has_body or route.path.endswith(("/intrekking", "/verplaatsing")))
    return FEWER if alike else EXAMPLES


@pytest.mark.parametrize("method", ["GET", "PATCH", "POST"])
@pytest.mark.parametrize("group", GROUPS)
def test_whatever_is_sent_the_answer_is_documented(
    spoiled: World, dienst: Dienst, schema: BaseSchema, group: str, method: str
) -> None:
    for route in (one for one in in_order(group, dienst) if one.method == method):
        user = who(route, spoiled)
        for mode in GenerationMode:
            for case, rng in examples(operation_of(schema, route), mode, number_of(route)):
                if mode is GenerationMode.POSITIVE:
                    lifelike(spoiled, route, user, case, rng)
                elif _is_uuid(case.path_parameters.get("id")):
                    case.path_parameters["id"] = ids_of(spoiled, KINDS[group])[0]
                answer = send(dienst, user, case)
                assert answer.status_code != 401


def test_the_groups_are_the_whole_document(document: dict[str, Any]) -> None:
    assert {path.split("/")[1] for path in document["paths"]} == set(GROUPS)


# Planted faults


def test_an_undocumented_answer_is_found(dienst: Dienst, spoiled: World, document: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(document))
    del broken["paths"]["/kindgesprekken/{id}"]["get"]["responses"]["404"]
    case = schemathesis.openapi.from_dict(broken)["/kindgesprekken/{id}"]["GET"].Case(path_parameters={"id": NOBODY})
    with pytest.raises(BaseException, match="Undocumented"):
        send(dienst, spoiled["teamleider"], case)


def test_an_undocumented_field_is_found(dienst: Dienst, spoiled: World, document: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(document))
    broken["components"]["schemas"]["IkOut"]["properties"]["rollen"] = {"type": "string"}
    case = schemathesis.openapi.from_dict(broken)["/ik"]["GET"].Case()
    with pytest.raises(BaseException, match="is not of type"):
        send(dienst, spoiled["teamleider"], case)


def test_what_is_accepted_though_forbidden_is_found(dienst: Dienst, spoiled: World, document: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(document))
    broken["components"]["schemas"]["TeamIn"]["properties"]["naam"]["maxLength"] = 3
    broken["paths"]["/teams"]["post"]["parameters"] = []
    operation = schemathesis.openapi.from_dict(broken)["/teams"]["POST"]
    case = next(case for case, _ in examples(operation, GenerationMode.NEGATIVE, 50) if _is_a_long_name(case.body))
    with pytest.raises(BaseException, match="Invalid data should have been rejected"):
        send(dienst, spoiled["beheerder"], case)


def _is_a_long_name(body: object) -> bool:
    naam = body.get("naam") if isinstance(body, dict) and len(body) == 1 else None
    return isinstance(naam, str) and 3 < len(naam.strip()) <= 200 and naam.isprintable()
