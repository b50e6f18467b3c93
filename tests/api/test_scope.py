"""Nobody sees what is not theirs: every route × everybody × every relation to a child.

What may be seen is written down here once more, by hand: it is the other opinion about ``app.access``.
"""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from sqlalchemy import true

from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.queries.feiten import regels
from tests.api.bodies import KINDS, SOORTEN_VAN_FEIT, waarheen
from tests.api.client import NOBODY, Dienst, without_id
from tests.api.database import count_rows, more_rows
from tests.api.routes import Route, routes
from tests.api.world import RELATIES, World

#: user → whose files they see
SEES = {
    "begeleider": {"eigen"},
    "collega": {"team"},
    "gedragswetenschapper": {"eigen", "team", "niemand"},
    "teamleider": {"eigen", "team", "niemand"},
    "begeleider_zuid": {"organisatie"},
    "teamleider_zuid": {"organisatie", "niemand"},
    "teamloos": set(),
    "kwaliteit": {"eigen", "team", "organisatie", "niemand"},
    "beheerder": {"eigen", "team", "organisatie", "niemand"},
    "inspecteur": set(),
    "vreemde_begeleider": {"vreemd"},
    "vreemde_teamleider": {"vreemd"},
    "vreemde_kwaliteit": {"vreemd"},
    "vreemde_beheerder": {"vreemd"},
}
#: who sees a family in which no child was placed yet: those who match children with families
SEES_LOS = {"gedragswetenschapper", "teamleider", "teamleider_zuid", "kwaliteit", "beheerder"}
#: who searches by name, and not by BSN
BY_NAME_ONLY = {"begeleider", "collega", "gedragswetenschapper", "begeleider_zuid", "teamloos", "vreemde_begeleider"}
STRANGERS = {user for user in SEES if user.startswith("vreemde_")}
NO_FILES = {"inspecteur"}
#: who may open files, and sees only what they opened themselves
OPENERS = {"begeleider", "collega", "gedragswetenschapper", "begeleider_zuid", "teamloos", "vreemde_begeleider"}
#: what reads files under a mandate
TOEZICHT = {
    "/toezicht/dossiers/{pseudoniem}", "/toezicht/kengetallen", "/toezicht/kwartaaltoetsen",
    "/toezicht/kwartaaltoetsen/{id}/export",
    "/toezicht/kwartaaltoetsen/{id}/regels", "/toezicht/steekproef", "/toezicht/termijnen",
}  # fmt: skip
#: what everybody of the organisatie with the right sees
OF_ORGANISATIE = {
    "medewerker", "team", "norm", "afwezigheid", "kwartaaltoets", "toezichtsmandaat", "vernietiging", "bewaarblokkade",
    "toetsopdracht",
}  # fmt: skip
GEZIN = {"pleeggezin", "gezinslid", "vgb", "evaluatie"}
LISTS = {"pleegkinderen": "pleegkind", "plaatsingen": "plaatsing", "pleeggezinnen": "pleeggezin"}


@pytest.fixture(scope="module")
def world(untouched_world: World) -> World:
    """Here every list is compared whole, so nobody else adds to this world."""
    return untouched_world


def kind_of(route: Route) -> str:
    """Return the kind that the id in the path is of."""
    return KINDS[route.path.split("/")[1]]


def listed_kind(route: Route) -> str | None:
    """Return the kind that a list below an id shows, or None."""
    return KINDS.get(route.path.split("/")[-1])


def may_see(user: str, relatie: str, kind: str) -> bool:
    if kind == "noodtoegang" and user in OPENERS:
        return False  # of these only the waarnemer opened any
    if kind in OF_ORGANISATIE and user not in NO_FILES:
        return (relatie == "vreemd") == (user in STRANGERS)
    return user in SEES_LOS if relatie == "los" else relatie in SEES[user]


def targets(world: World, kind: str) -> Iterator[tuple[str, str]]:
    """Yield relation and id of everything of a kind."""
    for relatie in (*RELATIES, "los"):
        if kind in world.files[relatie]:
            yield relatie, world.files[relatie][kind]


def by_id(api: FastAPI) -> list[Route]:
    return [one for one in routes(api) if one.method == "GET" and "{id}" in one.path]


def surprises(world: World, among: list[Route], name: str) -> tuple[int, list[str]]:
    """Return how many cells of the matrix were tried for a user, and those that are not as they should be."""
    user, cells, wrong = world[name], 0, []
    for route in among:
        absent = without_id(user.get(route.path.replace("{id}", NOBODY)))
        for relatie, uid in targets(world, kind_of(route)):
            cells += 1
            answer = user.get(route.path.replace("{id}", uid))
            if route.permission is not None and not user.may(route.permission):
                right = answer.status_code == 403
            elif may_see(name, relatie, kind_of(route)):
                right = answer.status_code == 200 and shows(answer.json(), world, relatie, route)
            else:
                right = answer.status_code == 404 and without_id(answer) == absent
            wrong += [] if right else [f"{route} {relatie}: {answer.status_code}"]
    return cells, wrong


def shows(shown: dict[str, object], world: World, relatie: str, route: Route) -> bool:
    """Tell whether an answer is about this file and no other; what is in an audit has tests of its own."""
    if kind_of(route) in ("kwartaaltoets", "toetsopdracht"):
        return True
    if "resultaten" not in shown:
        return shown["id"] == world.files[relatie][kind_of(route)]
    kind, found = listed_kind(route), shown["resultaten"]
    assert isinstance(found, list)
    if kind is not None:
        wanted = world.files[relatie].get(kind)
        return [one["id"] for one in found] == ([wanted] if wanted else [])
    if route.path.endswith("/termijnen"):
        return {one["pleegkindId"] for one in found} == {world.files[relatie]["pleegkind"]}
    return {one["id"] for one in found} <= set(world.files[relatie].values())  # the timeline


# who gets which status is the matrix of tests/beleid, for every rol and relation; here that an answer is of this file
@pytest.mark.parametrize("name", ["begeleider", "vreemde_kwaliteit"])
def test_one_sees_what_is_ones_own_and_404_for_the_rest(world: World, dienst: Dienst, name: str) -> None:
    cells, wrong = surprises(world, by_id(dienst.api), name)
    assert wrong == []
    assert cells > 170


def test_the_matrix_sees_a_scope_that_is_gone(world: World, dienst: Dienst, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: facts by id without the condition on who asks."""
    monkeypatch.setattr(regels, "visible_feiten", lambda *_, **__: true())
    regels._one.cache_clear()
    try:
        facts = [one for one in by_id(dienst.api) if one.path in ("/kindgesprekken/{id}", "/vgbs/{id}")]
        wrong = surprises(world, facts, "collega")[1]
    finally:
        regels._one.cache_clear()
    assert {"GET /kindgesprekken/{id} eigen: 200", "GET /vgbs/{id} los: 200"} <= set(wrong)


# Lists


@pytest.mark.parametrize("name", [user for user in SEES if user not in NO_FILES])
@pytest.mark.parametrize("plural", LISTS)
def test_a_list_holds_what_is_visible_and_nothing_else(world: World, name: str, plural: str) -> None:
    kind = LISTS[plural]
    found = [one["id"] for one in world[name].walk(f"/{plural}?limit=2")]
    wanted = {uid for relatie, uid in targets(world, kind) if may_see(name, relatie, kind)}
    assert len(found) == len(set(found))
    assert set(found) == wanted


@pytest.mark.parametrize("name", [user for user in SEES if user not in NO_FILES])
def test_the_overdue_list_is_about_the_same_children(world: World, name: str) -> None:
    found: set[str] = set()
    for stand in ("te_laat", "uitzondering", "nadert", "op_tijd"):
        found |= {one["pleegkindId"] for one in world[name].walk(f"/termijnen?stand={stand}&limit=5")}
    assert found == {world.files[relatie]["pleegkind"] for relatie in SEES[name]}


@pytest.mark.parametrize("query", ["peildatum=2026-10-20", "bekendOp=2030-01-01T00:00:00Z"])
@pytest.mark.parametrize("path", ["/pleegkinderen?", "/pleegkinderen?stand=te_laat&", "/termijnen?stand=op_tijd&"])
def test_the_past_is_not_wider(world: World, path: str, query: str) -> None:
    for name in ("begeleider", "teamleider_zuid", "vreemde_kwaliteit"):
        found = {one.get("pleegkindId", one.get("id", "")) for one in world[name].walk(path + query)}
        assert found <= {world.files[relatie]["pleegkind"] for relatie in SEES[name]}


@pytest.mark.parametrize("path", ["/pleegkinderen", "/termijnen"])
def test_a_filter_on_others_shows_nothing_of_theirs(world: World, path: str) -> None:
    for name in ("begeleider", "teamleider", "vreemde_kwaliteit"):
        own = {world.files[relatie]["pleegkind"] for relatie in SEES[name]}
        for query in (f"team={world.teams['zuid']}", f"begeleider={world.medewerkers['begeleider_zuid']}"):
            found = world[name].walk(f"{path}?{query}")
            assert {one.get("pleegkindId") or one["id"] for one in found} <= own, (name, query)
            assert found == [], (name, query)


def test_a_filter_keeps_what_it_names(world: World) -> None:
    for query, relaties in (
        (f"team={world.teams['noord']}", {"eigen", "team"}),
        (f"begeleider={world.medewerkers['collega']}", {"team"}),
    ):
        found = {one["id"] for one in world["kwaliteit"].walk(f"/pleegkinderen?{query}")}
        assert found == {world.files[relatie]["pleegkind"] for relatie in relaties}


def test_mine_are_the_children_that_i_guide(world: World) -> None:
    for name, relaties in (("begeleider", {"eigen"}), ("teamleider", set()), ("kwaliteit", set())):
        found = {one["pleegkindId"] for one in world[name].walk("/termijnen?mijn=true&stand=op_tijd")}
        assert found == {world.files[relatie]["pleegkind"] for relatie in relaties}, name


@pytest.mark.parametrize("name", SEES)
def test_organisatie_teams_and_medewerkers_are_ones_own(world: World, name: str) -> None:
    user, strange = world[name], name in STRANGERS
    assert len(user.rows("/organisaties")) == 1
    if not user.may(Permission.MEDEWERKER_READ):
        assert (user.get("/teams").status_code, user.get("/medewerkers").status_code) == (403, 403)
        return
    teams = {team: uid for team, uid in world.teams.items() if (team == "elders") == strange}
    assert {one["id"] for one in user.walk("/teams?limit=1")} == set(teams.values())
    people = {uid for wie, uid in world.medewerkers.items() if wie.startswith("vreemde_") == strange}
    assert {one["id"] for one in user.walk("/medewerkers?limit=4")} == people


def test_an_inspecteur_sees_nothing_here(world: World, dienst: Dienst) -> None:
    user = world["inspecteur"]
    answers = {}
    for route in (one for one in routes(dienst.api) if one.method == "GET" and one.permission):
        path = route.path.replace("{id}", NOBODY).replace("{pseudoniem}", f"pleegkind-{'a' * 32}")
        answers[route.path] = user.get(path).status_code
    assert {path for path, status in answers.items() if status != 403} == {
        "/ik",
        "/bewaarbeleid",
        "/normen",
        "/organisaties",
        "/ruisfactoren",
        # Of an organisatie that is no inspectie: no mandate, so there is nothing.
        "/toezicht/organisaties",
        "/toezicht/inzagen",
        *TOEZICHT,
    }
    assert {answers[path] for path in TOEZICHT} == {404}
    assert user.rows("/toezicht/organisaties") == user.rows("/toezicht/inzagen") == []
    assert user.post("/pleegkinderen/_zoek", {"naam": "Voorbeeld"}).status_code == 403


@pytest.mark.parametrize("name", [user for user in SEES if user not in NO_FILES])
def test_a_search_finds_only_what_is_visible(world: World, name: str) -> None:
    found = world[name].post("/pleegkinderen/_zoek", {"naam": "voorbeeld"}).json()["resultaten"]
    assert {one["id"] for one in found} == {world.files[relatie]["pleegkind"] for relatie in SEES[name]}


def test_a_bsn_is_found_by_those_who_see_the_child_and_have_the_right(world: World) -> None:
    body = {**SOORTEN_VAN_FEIT["pleegkind"].body({}), "achternaam": "Metbsn", "bsn": "123456782"}
    ids = {"pleegkind": world["vreemde_beheerder"].made("/pleegkinderen", body).id}
    assert "123456782" not in world["vreemde_beheerder"].get(f"/pleegkinderen/{ids['pleegkind']}").text
    for name in SEES.keys() - NO_FILES:
        answer = world[name].post("/pleegkinderen/_zoek", {"bsn": "123456782"})
        if name in BY_NAME_ONLY:
            assert answer.status_code == 403, name
            continue
        found = answer.json()["resultaten"]
        assert [one["id"] for one in found] == ([ids["pleegkind"]] if name in STRANGERS else []), name
    etag = world["vreemde_beheerder"].get(f"/pleegkinderen/{ids['pleegkind']}").headers["etag"]
    world["vreemde_beheerder"].made(f"/pleegkinderen/{ids['pleegkind']}/intrekking", {"reden": "klaar"}, etag=etag)


# Writing


def writes_with_an_id(api: FastAPI) -> list[Route]:
    return [route for route in routes(api) if route.method in ("POST", "PATCH") and "{id}" in route.path]


def a_valid_body(route: Route, world: World, relatie: str) -> object:
    """Return what would be accepted from somebody who may."""
    last, kind = route.path.split("/")[-1], kind_of(route)
    if KINDS.get(last) in SOORTEN_VAN_FEIT and route.method == "POST":
        ids = {**world.files["eigen"], **world.files[relatie], "medewerker": world.medewerkers["begeleider"]}
        return SOORTEN_VAN_FEIT[KINDS[last]].body(ids)
    if last == "beeindiging":
        ends = {
            "norm": {"vanaf": "2020-01-01", "reden": "klaar"},
            "afwezigheid": {"tot": "2026-11-20", "reden": "eerder terug"},
            "webhook": {"reden": "een ander adres"},
        }
        return ends.get(kind, {"tot": "2026-11-01", "eindreden": "naar huis"})
    if route.method == "PATCH":
        return {"naam": "Anders"} if kind == "medewerker" else SOORTEN_VAN_FEIT[kind].wijziging
    plaatsing = {**world.files["eigen"], **world.files[relatie]}["plaatsing"]
    steps: dict[str, object] = {
        "bezoeken": {"plaatsingId": plaatsing, "datum": "2026-11-02", "huisbezoek": {"kindGezien": True}},
        "afwezigheden": {"vervangerId": world.medewerkers["collega"], "van": "2026-11-02"},
        "belnummers": {"functie": "Teamleider", "telefoonnummer": "010 1234567", "uren": "altijd"},
        "hernoeming": {"naam": "Anders"},
        "samenvoeging": {"opgegaanIn": world.teams["zuid"]}
        if kind == "team"
        else {"anderKindId": world.files["team"]["pleegkind"], "reden": "vergissing"},
        "sluiting": {},
        "bespreking": {"toelichting": "Terecht geopend."},
        "oordeel": {"oordeel": "goedgekeurd"},
    }
    if last in steps:
        return steps[last]
    if last in ("overdracht", "afsluiting"):
        over = {"pleegkindId": world.files[relatie]["pleegkind"], "medewerkerId": world.medewerkers["collega"]}
        children, owner = {"kinderen": [{**over, "van": "2026-11-02"}]}, {"eigenaarId": over["medewerkerId"]}
        handed = children if kind == "medewerker" else owner
        return {"reden": "vergissing", **(handed if last == "overdracht" else {})}
    changes = SOORTEN_VAN_FEIT[kind].wijziging if last == "correctie" else {}
    if last == "verplaatsing":
        changes = waarheen(kind, world.files["eigen"])
    return {"reden": "vergissing", **changes} if route.has_body else None


@pytest.mark.parametrize(
    ("name", "relatie"),
    [
        ("teamleider_zuid", "eigen"),
        ("begeleider", "team"),
        ("beheerder", "vreemd"),
    ],
)
def test_nobody_writes_what_they_may_not(world: World, dienst: Dienst, name: str, relatie: str) -> None:
    """404 outside the scope, in the bytes for what does not exist; 403 without the right; and nothing is written."""
    user, before, wrong = world[name], count_rows(dienst.owner), []
    for route in writes_with_an_id(dienst.api):
        assert route.permission is not None
        if user.may(route.permission) and may_see(name, relatie, kind_of(route)):
            continue  # that is theirs to do
        uid = world.files[relatie].get(kind_of(route), world.medewerkers["vreemde_begeleider"])
        body = a_valid_body(route, world, relatie)
        own = user.ask(route.method, route.path.replace("{id}", uid), body, etag='"x-1"')
        absent = user.ask(route.method, route.path.replace("{id}", NOBODY), body, etag='"x-1"')
        wanted = 404 if route.permission in PERMISSIONS_OF_ROL[user.rol] else 403
        if not own.status_code == absent.status_code == wanted or without_id(own) != without_id(absent):
            wrong.append(f"{route}: {own.status_code}, {absent.status_code}")
    assert wrong == []
    assert more_rows(before, count_rows(dienst.owner)) == {}
