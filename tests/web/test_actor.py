"""Who gets in, and may they; and no route without a permission."""

from unittest import mock

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from app import clock
from app.access.permissions import Permission
from app.db.engines import Engines
from app.main import bare_api
from app.security.demo_issuer import issue_token
from app.security.secrets import Secrets
from app.web.actor import MayWrite, Public
from app.web.openapi import describe
from app.web.route import ApiRoute, dependants, permission_of
from tests.api.database import counting_queries
from tests.web.conftest import Gebruiker, Revoke


def test_i_am_who_i_am(client: TestClient, begeleider: Gebruiker) -> None:
    answer = client.get("/v1/ik", headers=begeleider.headers).json()
    assert answer["medewerker"]["naam"] == "Noor"
    assert answer["rollen"] == ["pleegzorgbegeleider"]
    assert answer["organisatie"]["code"] == begeleider.subject.upper()
    assert "kindgesprek:record" in answer["rechten"]
    assert answer["rechten"] == sorted(answer["rechten"])


SCHEMES = ["", "Bearer", "Bearer ", "Basic {}", "bearer{}", "{}", "Bearer {} x", "Bearer  {}", "Token {}"]


@pytest.mark.parametrize("value", SCHEMES)
def test_any_other_authorization_is_401(client: TestClient, begeleider: Gebruiker, value: str) -> None:
    token = begeleider.headers["Authorization"].removeprefix("Bearer ")
    answer = client.get("/v1/ik", headers={"Authorization": value.format(token)})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_two_authorizations_are_401(client: TestClient, begeleider: Gebruiker) -> None:
    twice = [("Authorization", begeleider.headers["Authorization"])] * 2
    assert client.get("/v1/ik", headers=twice).status_code == 401


def test_the_scheme_is_case_insensitive(client: TestClient, begeleider: Gebruiker) -> None:
    value = begeleider.headers["Authorization"].replace("Bearer", "bEaReR")
    assert client.get("/v1/ik", headers={"Authorization": value}).status_code == 200


def test_a_good_token_of_somebody_unknown_is_401(client: TestClient, secrets: Secrets) -> None:
    token = issue_token("niemand", clock.now(), secrets)
    assert client.get("/v1/ik", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_revoked_account_is_401_at_once(client: TestClient, begeleider: Gebruiker, revoke: Revoke) -> None:
    assert client.get("/v1/ik", headers=begeleider.headers).status_code == 200
    revoke(begeleider)
    assert client.get("/v1/ik", headers=begeleider.headers).status_code == 401


def test_every_401_has_the_same_bytes(client: TestClient, secrets: Secrets) -> None:
    unknown = issue_token("niemand", clock.now(), secrets)
    values = ["", "Bearer x", f"Bearer {unknown}", "Basic x"]
    assert len({client.get("/v1/ik", headers={"Authorization": value}).content for value in values}) == 1


def test_without_the_permission_it_is_403_and_nothing_is_done(client: TestClient, kwaliteit: Gebruiker) -> None:
    body = {"naam": "x", "eersteDatum": "2026-01-01"}
    assert client.post("/v1/dingen", json=body, headers=kwaliteit.headers).status_code == 403
    assert client.get("/v1/dingen", headers=kwaliteit.headers).json() == {"resultaten": []}


@pytest.mark.parametrize(("method", "path", "most"), [("GET", "/v1/ik", 1), ("GET", "/v1/dingen", 2)])
def test_the_actor_costs_one_statement(
    client: TestClient, begeleider: Gebruiker, method: str, path: str, most: int
) -> None:
    assert client.request(method, path, headers=begeleider.headers).status_code == 200  # which organisatie it is of
    with counting_queries() as statements:
        assert client.request(method, path, headers=begeleider.headers).status_code == 200
    assert len(statements) == most, statements


def unguarded(api: FastAPI) -> list[str]:
    """Return the routes that name no permission and are not marked public, and writers that only read."""
    found = []
    for context in iter_route_contexts(api.routes):
        named = permission_of(context.dependant) if hasattr(context, "dependant") else None
        writes = bool((context.methods or set()) - {"GET", "HEAD"})
        on_write_session = any(isinstance(one.call, MayWrite) for one in dependants(context.dependant))
        if named is None or (writes and isinstance(named, Permission) and not on_write_session):
            found.append(f"{sorted(context.methods or ())} {context.path}")
    return found


def test_every_route_names_its_permission(api: FastAPI) -> None:
    contexts = list(iter_route_contexts(api.routes))
    described = sum(len(item) for item in describe(api)["paths"].values())
    assert sum(bool(context.include_in_schema) for context in contexts) == described == 7
    assert unguarded(api) == []


def test_the_walk_sees_a_route_without_a_permission() -> None:
    """The planted fault."""
    bare = APIRouter(route_class=ApiRoute)

    @bare.get("/open")
    async def forgotten() -> None:
        return None

    api = bare_api()
    api.include_router(bare, prefix="/v1")
    assert unguarded(api) == ["['GET'] /v1/open"]


def test_a_public_route_says_so(api: FastAPI) -> None:
    public = [
        context.path
        for context in iter_route_contexts(api.routes)
        if isinstance(permission_of(context.dependant), Public)
    ]
    assert "/v1/openapi.json" in public
    assert "/v1/ik" not in public


def test_a_write_route_and_its_actor_share_one_session(
    web_engines: Engines, client: TestClient, begeleider: Gebruiker
) -> None:
    body, headers = {"naam": "x", "eersteDatum": "2026-01-01"}, {**begeleider.headers, "Idempotency-Key": "een"}
    pools = [web_engines.write.pool, web_engines.app.pool]
    counted = [mock.patch.object(pool, "connect", wraps=pool.connect) for pool in pools]
    with counted[0] as write, counted[1] as read:
        assert client.post("/v1/dingen", json=body, headers=headers).status_code == 201
    assert (write.call_count, read.call_count) == (1, 0)
