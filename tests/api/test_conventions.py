"""The manners of HTTP and of the design rules, over the whole route table of the real application.

What holds for every answer (security headers, API-Version, problem+json, camelCase, UTC) is in ``client.look_at``.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response

from app.web.around.body_limit import MAX_BODY
from app.web.uploads import MAX_UPLOAD
from tests.api.aan_de_deur import empty, gets, path_of, that_stand_still, who, with_a_body, writes
from tests.api.client import NOBODY, PREFIX, Dienst, Gebruiker, look_at, without_id
from tests.api.posts import asked_writes, every_write
from tests.api.routes import routes
from tests.api.verzoek import Verzoek
from tests.api.world import World
from tests.keuze import of_turn

Json = dict[str, Any]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
_DATE, _INSTANT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


# Methods


def test_head_is_get_without_a_body(world: World, dienst: Dienst) -> None:
    for route in that_stand_still(dienst):
        user, path = who(route, world), path_of(route, world)
        get, head = user.get(path), user.ask("HEAD", path)
        assert (get.status_code, head.status_code, head.content) == (200, 200, b""), str(route)
        assert _headers(head) == _headers(get), str(route)
        assert int(head.headers["content-length"]) == len(get.content), str(route)


def _headers(answer: Response) -> dict[str, str]:
    """Return the headers; a cursor is encrypted anew each time."""
    kept = without_id(answer)[1]
    return {name: re.sub(r"cursor=[\w-]+", "cursor", value) for name, value in kept.items()}


def test_head_is_refused_as_get_is(world: World, dienst: Dienst) -> None:
    nobody = Gebruiker(dienst.client, "", world["inspecteur"].rol, {})
    for route in (one for one in gets(dienst) if one.permission):
        assert nobody.ask("HEAD", path_of(route, world)).status_code == 401
        if "{id}" in route.path:
            assert who(route, world).ask("HEAD", route.path.replace("{id}", NOBODY)).status_code == 404


def test_another_method_is_405_and_says_which_there_are(world: World, dienst: Dienst, *, heel: bool) -> None:
    known: dict[str, set[str]] = {}
    for route in routes(dienst.api):
        known.setdefault(route.path, set()).update({route.method, "HEAD"} if route.method == "GET" else {route.method})
    for turn, (path, allowed) in enumerate(known.items()):
        others = sorted({*METHODS, "HEAD"} - allowed)
        for method in others if heel else of_turn(others, turn, 2):
            answer = world["teamleider"].ask(method, path.replace("{id}", NOBODY))
            if path.endswith("/_zoek"):  # an address of /pleegkinderen/{id} too
                assert set(answer.headers.get("allow", "GET").split(", ")) <= {"POST", "GET", "HEAD", "PATCH"}
                continue
            assert answer.status_code == 405, (method, path)
            assert answer.headers["allow"] == ", ".join(sorted(allowed)), (method, path)


def test_a_trailing_slash_is_404(world: World, dienst: Dienst) -> None:
    bodies = set()
    for route in routes(dienst.api):
        answer = who(route, world).ask(route.method, path_of(route, world) + "/", empty(route))
        assert answer.status_code == 404, str(route)
        bodies.add(answer.content)
    assert len(bodies) == 1


def test_health_is_outside_and_says_little(dienst: Dienst) -> None:
    for path in ("/livez", "/readyz"):
        answer = dienst.client.request("GET", path, content=None, headers=[])
        look_at(answer)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


# What goes in


def test_a_body_that_is_no_json_is_415(world: World, dienst: Dienst, *, heel: bool) -> None:
    other = ("text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data")
    for turn, route in enumerate(with_a_body(dienst)):
        for media in other if heel else of_turn(other, turn, 1):
            answer = who(route, world).ask(route.method, path_of(route, world), b"{}", Content_Type=media)
            assert answer.status_code == 415, (str(route), media)


def test_what_cannot_be_given_is_406(world: World, dienst: Dienst, *, heel: bool) -> None:
    never = ("text/html", "application/xml", "application/json;q=0")
    for turn, route in enumerate(routes(dienst.api)):
        for accept in never if heel else of_turn(never, turn, 1):
            answer = who(route, world).ask(route.method, path_of(route, world), empty(route), Accept=accept)
            assert answer.status_code == 406, (str(route), accept)


def test_json_is_given_to_who_asks_for_it(world: World) -> None:
    for accept in ("application/json", "*/*", "application/*", "text/html, application/json;q=0.1"):
        assert world["teamleider"].get("/ik", Accept=accept).status_code == 200


def test_a_body_that_is_too_large_is_413(world: World, dienst: Dienst) -> None:
    """Announced, and not announced but sent in parts."""
    for route in writes(dienst):
        most = MAX_UPLOAD * 4 // 3 if route.path == "/importen" else MAX_BODY
        large = [b'{"reden": "' + b"x" * (most - 10), b"x" * 20, b'"}']
        user, path = who(route, world), path_of(route, world)
        headers = {**user.headers, "Content-Type": "application/json"}
        announced = user.ask(route.method, path, b"{}", Content_Length=str(most + 1))
        assert announced.status_code == 413, str(route)
        streamed = dienst.client.stream(route.method, PREFIX + path, parts=large, headers=list(headers.items()))
        look_at(streamed)
        assert streamed.status_code == 413, str(route)


def test_unknown_query_keys_are_400(world: World, dienst: Dienst) -> None:
    for route in routes(dienst.api):
        path = path_of(route, world) + "?onbekendeSleutel=1"
        answer = who(route, world).ask(route.method, path, empty(route))
        assert answer.status_code == 400, str(route)
        assert {"query"} <= {fault["in"] for fault in answer.json()["errors"]}, str(route)


def test_an_id_that_is_none_is_400(world: World, dienst: Dienst) -> None:
    for route in (one for one in routes(dienst.api) if "{id}" in one.path):
        path = route.path.replace("{id}", "geen-id")
        answer = who(route, world).ask(route.method, path, empty(route))
        assert answer.status_code == 400, str(route)
        assert ("path", "id") in {(fault["in"], fault["name"]) for fault in answer.json()["errors"]}, str(route)


# What comes out


#: answers about what is there, or about many things at once
MAKES_NOTHING = frozenset({"/pleegkinderen/_zoek", "/pleeggezinnen/_zoek", "/importen"})
#: 202: it is made later, and how far it is has no version (``test_toetsopdrachten.py``)
MADE_LATER = frozenset({"/kwartaaltoetsen/{id}/export"})


def test_what_is_made_says_where_it_is_and_which_version(world: World, *, heel: bool) -> None:
    """201 with Location and ETag, and there the same is found; a team, a norm and a calendar have no address here."""
    without_address = {"teams", "normen", "ik"}
    for (method, template), make in asked_writes(world, heel=heel, turn=1).items():
        if method != "POST" or template in MAKES_NOTHING | MADE_LATER:
            continue
        verzoek = make()
        answer = verzoek.send()
        assert answer.status_code == 201, (template, answer.text)
        if template == "/pleegkinderen/{id}/bezoeken":  # several facts, each with an address of its own
            continue
        noun = template.split("/")[1]
        assert ("location" in answer.headers) == (noun not in without_address), template
        has_a_version = noun not in {"teams", "ik"} and template != "/medewerkers/{id}/overdracht"
        assert ("etag" in answer.headers) == has_a_version, template
        if noun in without_address or not has_a_version:
            continue
        assert answer.headers["location"] == f"/v1/{_where(template, verzoek, answer.json()['id'])}"
        found = verzoek.user.get(answer.headers["location"].removeprefix(PREFIX))
        if found.status_code == 404:  # withdrawn, or no longer theirs
            assert template.endswith("/intrekking"), template
            continue
        told = answer.json()
        if template == "/medewerkers/{id}/intrekking":  # what is left with who leaves is said once, at leaving
            told["openstaand"] = None
        assert (found.json(), found.headers["etag"]) == (told, answer.headers["etag"]), template


def _where(template: str, verzoek: Verzoek, uid: str) -> str:
    """Return where what a POST made is found."""
    if template == "/pleegkinderen/{id}/samenvoeging":  # a step with a child that is a proposal of its own
        return f"samenvoegingen/{uid}"
    if template.startswith("/kwartaaltoetsen/{id}/publicatie"):  # an audit has one, under the audit
        return f"kwartaaltoetsen/{verzoek.path.split('/')[2]}/publicatie"
    return f"{template.split('/')[-1 if verzoek.is_new else 1]}/{uid}"


def test_what_is_changed_has_a_new_etag(world: World) -> None:
    for (method, template), make in every_write(world).items():
        if method == "PATCH":
            verzoek = make()
            answer = verzoek.send()
            assert answer.status_code == 200, template
            assert answer.headers["etag"] != verzoek.etag, template
            assert verzoek.user.get(verzoek.path).headers["etag"] == answer.headers["etag"], template


def test_who_has_this_version_gets_304(world: World, dienst: Dienst) -> None:
    ones = [one for one in gets(dienst) if one.path.endswith("/{id}") and one.path != "/toetsopdrachten/{id}"]
    for route in ones:
        user, path = who(route, world), path_of(route, world)
        tag = user.get(path).headers["etag"]
        answer = user.get(path, If_None_Match=tag)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag), str(route)
        assert user.get(path, If_None_Match='"iets-anders"').status_code == 200
    assert len(ones) == 35


def test_a_list_is_pages_that_link_to_each_other(world: World, dienst: Dienst, document: Json) -> None:
    """Forth and back again, and the first page is the list without cursor; where there is more than one result."""
    walked = 0
    for route in that_stand_still(dienst):
        path = path_of(route, world)
        if "Link" not in document["paths"][route.path]["get"]["responses"]["200"].get("headers", {}):
            continue
        user = world["kwaliteit"] if route.permission else world["teamleider"]
        user = user if route.permission is None or user.may(route.permission) else who(route, world)
        whole = user.get(f"{path}?limit=200")
        wanted = whole.json()["resultaten"]
        if len(wanted) < 2:
            continue
        walked += 1
        third = -(-len(wanted) // 3)
        pages = [user.get(f"{path}?limit={third}")]
        while len(pages) * third < len(wanted):
            pages.append(user.get(pages[-1].links["next"]["url"].removeprefix(PREFIX)))
        found = [one for page in pages for one in page.json()["resultaten"]]
        assert found[: len(wanted)] == wanted, path
        if "next" not in whole.links:
            assert (found, "next" in pages[-1].links) == (wanted, False), path
        back = user.get(pages[1].links["prev"]["url"].removeprefix(PREFIX))
        assert back.json() == pages[0].json(), path
        assert pages[1].links["first"]["url"] == f"{PREFIX}{path}?limit={third}", path
    assert walked >= 6


def test_cursors_belong_to_their_list(world: World) -> None:
    user = world["kwaliteit"]
    link = user.get("/pleegkinderen?limit=1").links["next"]["url"]
    cursor = link.split("cursor=")[1]
    for path in (
        "/medewerkers",
        "/plaatsingen",
        "/termijnen",
        f"/pleegkinderen/{world.files['eigen']['pleegkind']}/tijdlijn",
    ):
        refused = user.get(f"{path}?cursor={cursor}")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "ongeldige_cursor"), path


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "limit=1&limit=2", "cursor=x", "cursor="])
def test_a_page_that_cannot_be_is_400(world: World, dienst: Dienst, query: str) -> None:
    for path in ("/pleegkinderen", "/termijnen", "/plaatsingen", "/teams"):
        assert world["teamleider"].get(f"{path}?{query}").status_code == 400, path


def test_dates_are_dates_and_instants_are_utc(world: World, dienst: Dienst, document: Json) -> None:
    """Every field that the document calls a date or an instant, in every answer to a GET."""
    seen: set[str] = set()
    for route in gets(dienst):
        if route.permission is None:
            continue
        schema = document["paths"][route.path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        shown = who(route, world).read(path_of(route, world))
        for form, value in dated(document, schema, shown):
            assert (_DATE if form == "date" else _INSTANT).fullmatch(value), (str(route), form, value)
            seen.add(form)
    assert seen == {"date", "date-time"}


def dated(document: Json, schema: Json, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the form and value of everything dated in an answer."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for choice in schema.get("anyOf", ()):
        if value is not None:
            yield from dated(document, choice, value)
    if schema.get("format") in ("date", "date-time") and value is not None:
        yield schema["format"], value
    for name, below in schema.get("properties", {}).items() if isinstance(value, dict) else ():
        if name in value or name in schema.get("required", ()):  # what is left out when there is nothing to say
            yield from dated(document, below, value[name])
    for one in value if isinstance(value, list) and "items" in schema else ():
        yield from dated(document, schema["items"], one)


def test_any_offset_goes_in(world: World) -> None:
    path = f"/pleegkinderen/{world.files['eigen']['pleegkind']}/kindgesprekken"
    for moment in ("2026-11-02T10:00:00Z", "2026-11-02T11:00:00%2B01:00", "2026-11-02T05:00:00.000-05:00"):
        assert world["teamleider"].get(f"{path}?bekendOp={moment}").status_code == 200, moment
    for moment in ("2026-11-02T10:00:00", "2026-11-02", "1762077600", "nu", "2026-11-02T25:00:00Z"):
        assert world["teamleider"].get(f"{path}?bekendOp={moment}").status_code == 400, moment
    for day in ("2026-1-2", "20260102", "2026-02-30", "0", "2026-01-02T00:00:00Z", "1899-12-31", "2200-01-01"):
        assert world["teamleider"].get(f"/pleegkinderen?peildatum={day}").status_code == 400, day


def test_a_refusal_is_a_dutch_sentence(world: World) -> None:
    """No English from a library, for the most common faults."""
    path = f"/pleegkinderen/{world.files['eigen']['pleegkind']}/kindgesprekken"
    body = {"plaatsingId": 1, "datum": 0, "doorgegaan": 1, "vorm": "x", "themas": "x", "stemVanHetKind": ""}
    problem = json.loads(world["teamleider"].post(path, body).text)
    for sentence in (problem["detail"], *(fault["detail"] for fault in problem["errors"])):
        assert re.fullmatch(r"[A-Z].*\.", sentence), sentence
        assert not re.search(r"\b(the|should|must|input|valid|expected|field)\b", sentence), sentence
