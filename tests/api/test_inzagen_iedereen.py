"""Every look of everybody is in the access log, with the children whose files were in the answer."""

from collections.abc import Iterator

import pytest

from app.terms import Rol
from app.web import spoor
from app.web.spoor import UNLOGGED
from tests.api import client
from tests.api.bodies import KINDS
from tests.api.client import NOBODY, Dienst
from tests.api.routes import Route, routes
from tests.api.world import World

#: what answers for another organisatie, and the log itself: it says who was looked at, and nothing of them
_NOT_HERE = frozenset({"/toezicht", "/inzagen"})


def reads(dienst: Dienst) -> Iterator[Route]:
    """Yield every GET of the organisatie's own files."""
    for route in routes(dienst.api):
        if route.method == "GET" and route.permission and not route.path.startswith(tuple(_NOT_HERE)):
            yield route


def address(world: World, route: Route) -> str:
    kind = KINDS.get(route.path.split("/")[1], "")
    return route.path.replace("{id}", world.files["eigen"].get(kind, NOBODY))


def unseen(world: World, dienst: Dienst) -> list[str]:
    """Return every route that shows something of a child while the log does not say so."""
    children = {ids["pleegkind"]: ids["pleegkind"] for ids in world.files.values() if "pleegkind" in ids}
    wrong, shown = [], 0
    for route in reads(dienst):
        right = route.permission
        assert right is not None
        user = next(one for one in world.users.values() if one.may(right) and one.rol != Rol.INSPECTEUR)
        path = address(world, route)
        answer = user.get(path)
        if route.permission in UNLOGGED or answer.status_code == 404:
            continue
        look = world["beheerder"].look_of(answer)
        assert answer.status_code == 200, path
        if look is None or look["uitkomst"] != "getoond":
            wrong.append(f"{path}: not in the log")
            continue
        named = {uid for uid in children if uid in answer.text or uid in path}
        shown += bool(named)
        if not named <= set(look["pleegkinderen"] or ()):
            wrong.append(f"{path}: children that the log does not name")
    assert shown > 15
    return wrong


def test_every_read_is_in_the_log_with_its_children(world: World, dienst: Dienst) -> None:
    assert unseen(world, dienst) == []


@pytest.mark.parametrize("naam", ["kindgesprek", "veiligheidscheck", "huisbezoek", "begeleiding", "meldcodestap"])
def test_a_fact_of_a_child_is_a_look_at_the_child(world: World, naam: str) -> None:
    """Also where nothing in the answer says whose it is."""
    ids = world.files["eigen"]
    plural = next(plural for plural, kind in KINDS.items() if kind == naam)
    answer = world["begeleider"].get(f"/{plural}/{ids[naam]}")
    assert answer.status_code == 200
    look = world["beheerder"].look_of(answer)
    assert look is not None
    assert look["pleegkinderen"] == [ids["pleegkind"]]


def test_a_search_by_bsn_is_in_the_log_as_one_also_when_it_is_refused(world: World) -> None:
    for wie, bsn, status, uitkomst in (
        ("kwaliteit", "123456782", 200, "getoond"),
        ("begeleider", "123456782", 403, "geweigerd"),
        ("begeleider", "123456789", 403, "geweigerd"),  # no BSN: the refusal does not say so
        ("kwaliteit", "123456789", 400, "geweigerd"),
        ("inspecteur", "123456782", 403, "geweigerd"),
    ):
        answer = world[wie].post("/pleegkinderen/_zoek", {"bsn": bsn})
        assert answer.status_code == status, wie
        look = world["beheerder"].look_of(answer)
        assert look is not None, wie
        found = (look["soort"], look["handeling"], look["uitkomst"])
        assert found == ("zoeken", "POST /v1/pleegkinderen/_zoek#bsn", uitkomst)
        if wie == "begeleider":
            assert answer.json()["detail"] == "U heeft niet het recht om op BSN te zoeken. Zoek op naam."
            assert answer.headers["content-type"] == "application/problem+json"
    by_name = world["begeleider"].post("/pleegkinderen/_zoek", {"naam": "een naam die niemand heeft", "bsn": None})
    assert by_name.status_code == 200


def test_a_search_and_a_refusal_are_in_the_log(world: World) -> None:
    found = world["begeleider"].post("/pleegkinderen/_zoek", {"naam": "een naam die niemand heeft"})
    look = world["beheerder"].look_of(found)
    assert look is not None
    assert (look["soort"], look["uitkomst"], look["pleegkinderen"]) == ("zoeken", "getoond", None)
    refused = world["begeleider"].get("/inzagen")
    look = world["beheerder"].look_of(refused)
    assert look is not None
    assert (refused.status_code, look["uitkomst"]) == (403, "geweigerd")
    foreign = world["begeleider"].get(f"/pleegkinderen/{NOBODY}")
    look = world["beheerder"].look_of(foreign)
    assert look is not None
    assert (foreign.status_code, look["uitkomst"], look["onderwerp"]) == (404, "niet_gevonden", NOBODY)


def test_a_child_that_the_log_forgets_is_found(world: World, dienst: Dienst, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: no answer tells whom it shows. Both who searches all answers and this file see it."""
    monkeypatch.setattr(spoor, "_children", lambda *_: None)
    with pytest.raises(AssertionError):
        world["begeleider"].get("/pleegkinderen")
    monkeypatch.setattr(client, "look_for_children", lambda _: None)
    assert any("does not name" in one for one in unseen(world, dienst))
