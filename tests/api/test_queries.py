"""How often the database is asked: a list costs the same however long it is, and what is not yours costs what is not.

Counted at psycopg's cursor: hot reads pass SQLAlchemy by.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.queries.oordelen.bewaard import read_samenvattingen
from app.queries.pleegkinderen import lijst
from tests.api.bodies import KINDS
from tests.api.client import NOBODY, PREFIX, Dienst, Gebruiker
from tests.api.conftest import DemoUser
from tests.api.database import counting_queries
from tests.api.routes import Route, routes
from tests.api.world import World

MOST = 6
#: of a past with follow-up: for whom somebody should have acted then is asked first, since no stored judgement says it
MOST_OF_THE_PAST = 7
LISTS = (
    "/pleegkinderen", "/pleegkinderen?stand=te_laat", "/pleegkinderen?stand=te_laat&peildatum=2026-09-01",
    "/pleegkinderen?bekendOp=2026-09-01T00:00:00Z",
    "/pleegkinderen?stand=te_laat&peildatum=2026-10-20", "/pleegkinderen?bekendOp=2026-10-20T00:00:00Z",
    "/termijnen", "/termijnen?stand=op_tijd", "/termijnen?mijn=true",
    "/termijnen?peildatum=2026-09-01", "/termijnen?bekendOp=2026-09-01T00:00:00Z", "/plaatsingen", "/pleeggezinnen",
    "/medewerkers", "/teams", "/belnummers", "/afwezigheden", "/afwezigheden?lopend=true", "/organisaties",
    "/normen", "/bewaarbeleid",
    "/ruisfactoren", "/bespreeklijst", "/bespreeklijst?bekendOp=2026-09-01T00:00:00Z", "/extra-inzetten",
    "/noodtoegangen", "/acties", "/acties?mijn=true&gedaan=false&metZorg=true", "/signalen",
    "/uitzonderingen?stand=wacht", "/uitzonderingen", "/samenvoegingen", "/samenvoegingen?kanNog=true&vanAnderen=true",
    "/uitstellen", "/uitstellen?mijn=true&lopend=false&metZorg=true",
    "/caseloads", "/termijnen?zonderBegeleider=true",
    "/extra-inzetten?mijn=true", "/extra-inzetten?zonderEigenaar=true&afgesloten=true",
)  # fmt: skip
#: of a calamiteit among them the rule is asked, of however many
MORE_OF_SOME = frozenset({"/signalen"})
#: for which not everybody has the right
LISTS_OF_BEHEERDER = (
    "/kwartaaltoetsen", "/toezichtsmandaten", "/webhooks", "/inzagen", "/wijzigingen", "/vernietigingen",
    "/bewaarblokkades", "/importen",
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_list_is_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what happens after one answer in a hundred."""
    monkeypatch.setattr("app.web.recheck.EVERY", 10**9)


@pytest.fixture(autouse=True, scope="module")
def log_is_open(demo: DemoUser, module_at_work: None) -> None:
    """Let the log have a connection: opening one asks the server who it is."""
    demo("kwaliteit").rows("/pleegkinderen?limit=1")


def cost(user: Gebruiker, path: str) -> tuple[int, int, str | None]:
    """Return the statements, the results, and the address of the next page."""
    with counting_queries(user) as seen:
        answer = user.get(path)
    assert answer.status_code == 200, path
    onward = answer.links.get("next")
    return len(seen), len(answer.json()["resultaten"]), onward["url"].removeprefix(PREFIX) if onward else None


def with_limit(path: str, limit: int) -> str:
    return f"{path}{'&' if '?' in path else '?'}limit={limit}"


@pytest.mark.parametrize("path", LISTS_OF_BEHEERDER)
def test_a_list_of_the_beheerder_costs_little(demo: DemoUser, path: str) -> None:
    for limit in (1, 25, 200):
        assert 0 < cost(demo("beheerder"), with_limit(path, limit))[0] <= MOST


@pytest.mark.parametrize("name", ["begeleider", "teamleider", "kwaliteit"])
@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_however_long_it_is(demo: DemoUser, name: str, path: str) -> None:
    user = demo(name)
    most = MOST_OF_THE_PAST if "2026-10-20" in path else MOST
    if path in ("/normen", "/ruisfactoren", "/bewaarbeleid"):
        assert cost(user, path)[0] <= MOST
        return
    one, many, all_ = (cost(user, with_limit(path, limit)) for limit in (1, 25, 200))
    assert 0 < one[0] <= most
    assert 0 < many[0] <= most
    assert many[0] == all_[0]
    if many[1] > 1 and one[1] == 1 and path not in MORE_OF_SOME:
        assert many[0] == one[0]
    if one[2]:
        assert cost(user, one[2])[0] <= most  # the next page


def test_norms_of_its_own_are_read_where_an_organisatie_has_any(demo: DemoUser) -> None:
    """Whether it has, a list says along with what is judged by them."""
    for path in ("/termijnen", "/pleegkinderen"):
        with counting_queries(demo("kwaliteit")) as seen:
            assert demo("kwaliteit").rows(path)
        assert [sql for sql in seen if "FROM eigen_norm" in sql and "AS eigen_normen" not in sql] == [], path


def test_the_lists_are_long_enough_to_tell(demo: DemoUser) -> None:
    for path in ("/pleegkinderen", "/termijnen", "/plaatsingen", "/pleeggezinnen"):
        assert cost(demo("kwaliteit"), with_limit(path, 25))[1] == 25


def test_the_lists_of_one_child_too(demo: DemoUser) -> None:
    user = demo("teamleider")
    children = user.rows("/pleegkinderen?limit=3")
    for child in children:
        for below in ("termijnen", "tijdlijn", "kindgesprekken", "huisbezoeken", "veiligheidschecks", "maatregelen"):
            path = f"/pleegkinderen/{child['id']}/{below}"
            assert cost(user, path)[0] <= MOST, below


def test_every_list_of_the_route_table_is_counted(dienst: Dienst) -> None:
    flat = {route.path for route in routes(dienst.api) if route.method == "GET" and "{" not in route.path}
    elsewhere = ("/toezicht/", "/open/")  # counted with the inspecteur's, and below
    ours = {path for path in flat if not path.startswith(elsewhere)}
    assert ours - {"/ik", "/ik/agenda", "/openapi.json"} == {
        path.partition("?")[0] for path in (*LISTS, *LISTS_OF_BEHEERDER)
    }


def test_what_is_open_to_everybody_costs_two_statements(dienst: Dienst) -> None:
    paths = {route.path for route in routes(dienst.api) if route.method == "GET" and route.path.startswith("/open/")}
    paths = {path.replace("{naam}", "navolgbaar") for path in paths}
    for path in paths:
        dienst.client.request("GET", f"/v1{path}", content=None, headers=[])  # a first connection asks more
        with counting_queries() as seen:
            assert dienst.client.request("GET", f"/v1{path}", content=None, headers=[]).status_code == 200
        assert len(seen) <= 2, (path, seen)


def test_who_may_not_ask_costs_one_statement(world: World) -> None:
    for path in ("/pleegkinderen", "/termijnen", "/plaatsingen"):
        with counting_queries(world["inspecteur"]) as seen:
            assert world["inspecteur"].get(path).status_code == 403
        assert len(seen) == 1


#: what everybody of the organisatie with the right sees
OF_ORGANISATIE = {
    "medewerker",
    "webhook",
    "afwezigheid",
    "kwartaaltoets",
    "toetsopdracht",
    "toezichtsmandaat",
    "vernietiging",
    "bewaarblokkade",
}


def with_an_id(dienst: Dienst) -> Iterator[Route]:
    return (route for route in routes(dienst.api) if route.method == "GET" and "{id}" in route.path)


@pytest.mark.parametrize("name", ["begeleider", "teamleider_zuid", "vreemde_kwaliteit"])
def test_a_foreign_id_costs_what_a_non_existent_one_costs(world: World, dienst: Dienst, name: str) -> None:
    """Not only the same bytes: as many statements, and the same ones."""
    for route in with_an_id(dienst):
        kind, costs = KINDS[route.path.split("/")[1]], []
        if route.permission and not world[name].may(route.permission):
            continue
        for uid in (NOBODY, world.files["eigen" if kind in OF_ORGANISATIE else "team"].get(kind, "")):
            if kind in OF_ORGANISATIE and name != "vreemde_kwaliteit":
                continue  # of the same organisatie
            with counting_queries(world[name]) as seen:
                assert world[name].get(route.path.replace("{id}", uid)).status_code == 404, str(route)
            costs.append(seen)
        assert costs[:1] == costs[1:], str(route)


def test_a_foreign_owner_costs_the_same_when_writing(world: World) -> None:
    user, costs = world["teamleider_zuid"], []
    for uid in (NOBODY, world.files["eigen"]["pleegkind"]):
        with counting_queries(user) as seen:
            assert user.post(f"/pleegkinderen/{uid}/ontwikkelbeelden", {"datum": "2026-10-01"}).status_code == 404
        costs.append(seen)
    assert costs[0] == costs[1]


def test_one_child_costs_little(world: World) -> None:
    user, ids = world["begeleider"], world.files["eigen"]
    for path, most in (
        (f"/pleegkinderen/{ids['pleegkind']}", 2),
        (f"/kindgesprekken/{ids['kindgesprek']}", 2),
        ("/ik", 1),
    ):
        with counting_queries(user) as seen:
            assert user.get(path).status_code == 200
        assert len(seen) <= most, path


def test_the_count_sees_a_query_per_row(demo: DemoUser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: children judged one by one."""

    def one_by_one(session: Session, organisatie_id: int, kinderen: list[int], *more: Any) -> dict[int, Any]:
        each = [read_samenvattingen(session, organisatie_id, [kind], *more) for kind in kinderen]
        return {kind: found for lines in each for kind, found in lines.items()}

    monkeypatch.setattr(lijst, "read_samenvattingen", one_by_one)
    user = demo("kwaliteit")
    one, many = cost(user, with_limit("/pleegkinderen", 1)), cost(user, with_limit("/pleegkinderen", 25))
    assert many[0] > one[0] + 20
    assert many[0] > MOST
