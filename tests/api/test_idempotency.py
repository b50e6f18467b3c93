"""Exactly once, for every POST that there is: the matrix is made from the route table.

``make drill-tests`` asks every one, the suite a choice of those that every kind of fact has alike.
"""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Idempotentie
from app.web import idempotency
from tests.api.client import NU, Dienst, standing_still, without_id
from tests.api.database import count_rows, more_rows
from tests.api.posts import asked_writes, every_write
from tests.api.routes import routes
from tests.api.verzoek import Verzoek
from tests.api.world import World


def test_the_matrix_has_every_write_of_the_route_table(world: World, dienst: Dienst) -> None:
    writes = {(route.method, route.path) for route in routes(dienst.api) if route.method != "GET"}
    assert set(every_write(world)) == writes
    assert {method for method, _ in writes} == {"POST", "PATCH"}


def exactly_once(dienst: Dienst, verzoek: Verzoek, key: str) -> list[str]:
    """Send one request three times, the third with another body; return what is wrong with the answers."""
    before = count_rows(dienst.owner)
    first = verzoek.send(key=key)
    once = count_rows(dienst.owner)
    second = verzoek.send(key=key)
    other = verzoek.with_body(verzoek.changed).send(key=key)
    found = {
        "not accepted": first.status_code not in (200, 201, 202),
        "nothing kept": more_rows(before, once).get("idempotentie") != 1,
        "another answer": without_id(first) != without_id(second),
        "another body accepted": (other.status_code, other.json().get("code")) != (422, "sleutel_hergebruikt"),
        "written again": more_rows(once, count_rows(dienst.owner)) != {},
    }
    return [what for what, wrong in found.items() if wrong]


def test_every_post_is_done_once(world: World, dienst: Dienst, *, heel: bool) -> None:
    wrong: dict[str, list[str]] = {}
    for (method, path), make in asked_writes(world, heel=heel).items():
        if method == "POST":
            found = exactly_once(dienst, make(), key=f"{path} {method}")
            wrong |= {path: found} if found else {}
    assert wrong == {}


def test_the_key_of_another_never_matches(world: World) -> None:
    """Nor does one's own on another path."""
    verzoek = every_write(world)["POST", "/pleegkinderen/{id}/kindgesprekken"]()
    first = verzoek.send(key="gedeeld").json()
    other = world["begeleider"].post(verzoek.path, verzoek.body, key="gedeeld")
    assert other.status_code == 201
    assert other.json()["id"] != first["id"]
    elsewhere = world["teamleider"].post(f"/kindgesprekken/{first['id']}/intrekking", {"reden": "x"}, key="gedeeld")
    assert elsewhere.status_code == 422


def test_a_replay_after_access_was_lost_is_refused(lean_world: World) -> None:
    world = lean_world
    verzoek = every_write(world)["POST", "/pleegkinderen/{id}/kindgesprekken"]()
    begeleider = world["begeleider"]
    assert begeleider.post(verzoek.path, verzoek.body, key="k").status_code == 201
    path = f"/begeleidingen/{world.files['eigen']['begeleiding']}"
    etag = world["teamleider"].get(path).headers["etag"]
    world["teamleider"].made(f"{path}/correctie", {"reden": "weg", "tot": "2026-11-01"}, etag=etag)
    assert begeleider.post(verzoek.path, verzoek.body, key="k").status_code == 201  # to be read for 90 days
    with standing_still(NU + timedelta(days=91)):
        replay = begeleider.again().post(verzoek.path, verzoek.body, key="k")
    assert (replay.status_code, replay.json()["code"]) == (404, "niet_gevonden")


def test_a_search_is_no_way_around_it(lean_world: World, dienst: Dienst) -> None:
    """A search that is repeated after access was lost finds nothing, and no answer with names was kept."""
    world, body = lean_world, {"naam": "Voorbeeld"}
    begeleider = world["begeleider"]
    assert len(begeleider.post("/pleegkinderen/_zoek", body, key="z").json()["resultaten"]) == 1
    path = f"/begeleidingen/{world.files['eigen']['begeleiding']}"
    etag = world["teamleider"].get(path).headers["etag"]
    world["teamleider"].made(f"{path}/correctie", {"reden": "weg", "tot": "2026-11-01"}, etag=etag)
    with standing_still(NU + timedelta(days=91)):  # of a file that was theirs one finds the way for 90 days
        assert begeleider.again().post("/pleegkinderen/_zoek", body, key="z").json() == {"resultaten": []}
    assert begeleider.post("/pleegkinderen/_zoek", {"naam": "Anders"}, key="z").status_code == 422
    with Session(dienst.owner) as session:
        kept = (
            select(func.count())
            .select_from(Idempotentie)
            .where(Idempotentie.sleutel == "z", Idempotentie.antwoord != b"{}")
        )
        assert session.execute(kept).scalar_one() == 0


def test_what_was_refused_leaves_its_key_free(world: World) -> None:
    verzoek = every_write(world)["POST", "/pleegkinderen/{id}/kindgesprekken"]()
    late = {**(verzoek.body or {}), "datum": "2026-11-03"}
    assert verzoek.with_body(late).send(key="vrij").status_code == 400
    assert verzoek.send(key="vrij").status_code == 201


def test_the_matrix_sees_a_key_that_is_not_kept(world: World, dienst: Dienst, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: every request is new."""
    monkeypatch.setattr(idempotency.OnceOnly, "_claim", lambda _: True)
    verzoek = every_write(world)["POST", "/pleegkinderen/{id}/kindgesprekken"]()
    found = exactly_once(dienst, verzoek, key="nooit bewaard")
    assert {"nothing kept", "another answer", "another body accepted", "written again"} <= set(found)
