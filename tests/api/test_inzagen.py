"""No reading without a trace: the intent before the data, the outcome before the answer, and both to be read back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, text

from app.db import sessions
from app.queries.termijnen.lijst import list_termijnen
from app.routers.api import toezicht as routes_of
from app.services.inzagen import logboek
from app.web import spoor
from app.web import toezicht as door
from tests.api.client import Dienst, Gebruiker
from tests.api.conftest import DemoUser
from tests.api.database import count_rows, counting_statements, more_looks
from tests.api.toezicht import Onderzoek, investigate

MOST = 6


@pytest.fixture(scope="module")
def onderzoek(demo: DemoUser, dienst: Dienst, module_at_work: None) -> Onderzoek:
    return investigate(demo, dienst)


@pytest.fixture
def paths(onderzoek: Onderzoek) -> list[str]:
    """Return one address of every route that reads files."""
    dossier = onderzoek.inspecteur.rows("/toezicht/termijnen?limit=1")[0]["dossier"]
    return [
        "/toezicht/kengetallen",
        "/toezicht/kwartaaltoetsen",
        f"/toezicht/kwartaaltoetsen/{onderzoek.toets}/regels?limit=5",
        "/toezicht/termijnen?limit=5",
        "/toezicht/termijnen?limit=5&peildatum=2026-08-01",
        "/toezicht/steekproef?omvang=5",
        f"/toezicht/dossiers/{dossier}",
    ]


def newest(user: Gebruiker, path: str = "/inzagen") -> dict[str, Any]:
    """Return the last look that was not at the log itself."""
    looks = user.rows(f"{path}?limit=5")
    return dict(next(look for look in looks if look["handeling"] != "GET /v1/inzagen"))


# What the log says


def test_a_look_is_one_intent_and_one_outcome(onderzoek: Onderzoek, paths: list[str], dienst: Dienst) -> None:
    for path in paths:
        before = count_rows(dienst.owner)
        answer = onderzoek.inspecteur.get(path)
        assert answer.status_code == 200, path
        assert more_looks(before, count_rows(dienst.owner)) == {"inzage": 1, "inzage_afloop": 1}, path
        seen = newest(onderzoek.beheerder)
        assert seen["verzoekId"] == answer.headers["x-request-id"], path
        assert seen["handeling"].split("{")[0] in f"GET /v1{path}", path
        assert (seen["naam"], seen["rol"], seen["uitkomst"]) == ("Carla Hendriks", "inspecteur", "getoond")
        assert seen["doel"].startswith("Thematisch toezicht")
        assert "Inspectie" in seen["namens"]


def test_what_was_looked_at_is_listed_for_the_organisatie(onderzoek: Onderzoek, paths: list[str]) -> None:
    """Which children, not only which address: those in the answer, and no other."""
    for path in paths:
        shown = onderzoek.inspecteur.read(path)
        seen = newest(onderzoek.kwaliteit)["pleegkinderen"]
        rows = shown.get("resultaten", shown.get("regels", [shown]))
        wanted = {row["dossier"] for row in rows if "dossier" in row}
        if not wanted:
            assert seen is None, path
            continue
        assert {onderzoek.namen.of("pleegkind", uid) for uid in seen} == wanted, path
        assert len(seen) == len(set(seen)), path


def test_who_saw_this_child(onderzoek: Onderzoek) -> None:
    kinderen = onderzoek.kwaliteit.rows("/pleegkinderen?limit=2")
    for kind in kinderen:
        onderzoek.inspecteur.read(f"/toezicht/dossiers/{onderzoek.namen.of('pleegkind', kind['id'])}")
    found = onderzoek.beheerder.walk(f"/inzagen?limit=50&pleegkind={kinderen[0]['id']}")
    assert found
    assert all(kinderen[0]["id"] in one["pleegkinderen"] for one in found)
    assert kinderen[1]["id"] in newest(onderzoek.beheerder)["pleegkinderen"]


def test_an_inspecteur_reads_back_the_same_looks_by_pseudonym(onderzoek: Onderzoek, paths: list[str]) -> None:
    for path in paths:
        onderzoek.inspecteur.read(path)
    own = onderzoek.inspecteur.rows(f"/toezicht/inzagen?limit={len(paths)}")
    logged = onderzoek.beheerder.rows(f"/inzagen?limit={2 * len(paths)}")
    theirs = [one for one in logged if one["mandaat"]][: len(paths)]
    assert [one["id"] for one in own] == [one["id"] for one in theirs]
    for mine, their in zip(own, theirs, strict=True):
        kinderen = their["pleegkinderen"]
        assert mine["dossiers"] == (kinderen and [onderzoek.namen.of("pleegkind", uid) for uid in kinderen])


def test_what_is_refused_or_not_there_is_logged_too(onderzoek: Onderzoek) -> None:
    unknown = onderzoek.namen.of("pleegkind", UUID(int=0))
    cursor = "A" * 40
    for path, status, uitkomst in (
        (f"/toezicht/dossiers/{unknown}", 404, "niet_gevonden"),
        (f"/toezicht/termijnen?cursor={cursor}", 400, "geweigerd"),
        ("/toezicht/kengetallen?kwartaal=1999-Q1", 404, "niet_gevonden"),
    ):
        assert onderzoek.inspecteur.get(path).status_code == status
        seen = newest(onderzoek.beheerder)
        assert (seen["uitkomst"], seen["pleegkinderen"]) == (uitkomst, None)


def test_only_who_may_reads_the_log(onderzoek: Onderzoek, demo: DemoUser) -> None:
    for naam in ("begeleider", "teamleider", "gedragswetenschapper", "inspecteur"):
        assert demo(naam).get("/inzagen").status_code == 403
    theirs = demo("buitenstaander").walk("/inzagen?limit=200")  # of another organisatie
    assert {one["namens"] for one in theirs} == {demo("buitenstaander").rows("/organisaties")[0]["naam"]}


# Before the data, or no data


def order_of(seen: list[str]) -> list[str]:
    """Return the statements in a word each."""
    words = {"INSERT INTO inzage_afloop": "afloop", "INSERT INTO inzage ": "intentie"}
    for table in ("kwartaaltoets", "termijn ", "pleegkind"):
        words[f"FROM {table}"] = "gegevens"
    return [next((word for start, word in words.items() if start in sql), "-") for sql in seen]


def in_order(seen: list[str]) -> bool:
    order = [word for word in order_of(seen) if word != "-"]
    return "gegevens" in order and order[0] == "intentie" and order[-1] == "afloop"


def test_the_intent_comes_before_the_data(onderzoek: Onderzoek, paths: list[str]) -> None:
    for path in paths:
        if "/regels" in path:
            continue  # it asks first whose audit it is, of the table of audits alone
        with counting_statements() as seen:
            onderzoek.inspecteur.read(path)
        assert in_order(seen), (path, order_of(seen))


def test_data_before_the_intent_is_found(onderzoek: Onderzoek, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: the intent is not written before, but with the outcome."""
    late: list[Any] = []
    intent, outcome = logboek.record_intent, logboek.record_outcome

    def postpone(*args: Any, **more: Any) -> object:
        late.append((args, more))
        return late

    monkeypatch.setattr(door, "record_intent", postpone)

    def both(engine: Engine, _: Any, *rest: Any, **besides: Any) -> None:
        args, more = late.pop()
        outcome(engine, intent(*args, **more), *rest, **besides)

    monkeypatch.setattr(spoor, "record_outcome", both)
    with counting_statements() as seen:
        onderzoek.inspecteur.read("/toezicht/termijnen")
    assert not in_order(seen)


def test_the_intent_is_committed_before_the_data_is_read(
    onderzoek: Onderzoek, dienst: Dienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen from another connection, at the moment at which the list is read."""
    before, during = count_rows(dienst.owner)["inzage"], []

    def spy(*args: Any, **more: Any) -> Any:
        during.append(count_rows(dienst.owner)["inzage"] - before)
        return list_termijnen(*args, **more)

    monkeypatch.setattr(routes_of, "list_termijnen", spy)
    onderzoek.inspecteur.read("/toezicht/termijnen")
    assert during == [1]


@contextmanager
def without_right(dienst: Dienst, table: str) -> Iterator[None]:
    """Take the app's right to write a table away for a while."""
    try:
        with dienst.owner.begin() as connection:
            connection.execute(text(f"REVOKE INSERT ON {table} FROM pleegzicht_app"))
        yield
    finally:
        with dienst.owner.begin() as connection:
            connection.execute(text(f"GRANT INSERT ON {table} TO pleegzicht_app"))


def refused_everywhere(onderzoek: Onderzoek, paths: list[str]) -> None:
    for path in paths:
        for method in ("GET", "HEAD"):
            answer = onderzoek.inspecteur.client.request(
                method, f"/v1{path}", content=None, headers=list(onderzoek.inspecteur.headers.items())
            )
            assert answer.status_code == 503, (method, path)
            assert b"pleegkind-" not in answer.content
            assert "retry-after" in answer.headers


def test_without_an_intent_nothing_is_read(onderzoek: Onderzoek, paths: list[str], dienst: Dienst) -> None:
    before = count_rows(dienst.owner)
    with without_right(dienst, "inzage"), counting_statements() as seen:
        refused_everywhere(onderzoek, paths)
    assert "gegevens" not in [word for sql, word in zip(seen, order_of(seen), strict=True) if "uid = " not in sql]
    assert more_looks(before, count_rows(dienst.owner)) == {}


def test_without_an_outcome_nothing_is_shown(onderzoek: Onderzoek, paths: list[str], dienst: Dienst) -> None:
    """The intents stay: they say that somebody began, and that nothing left."""
    before = count_rows(dienst.owner)
    with without_right(dienst, "inzage_afloop"):
        refused_everywhere(onderzoek, paths)
    assert more_looks(before, count_rows(dienst.owner)) == {"inzage": 2 * len(paths)}
    assert (newest(onderzoek.beheerder)["uitkomst"], newest(onderzoek.beheerder)["pleegkinderen"]) == (None, None)


def test_with_the_log_locked_nothing_is_shown(onderzoek: Onderzoek, paths: list[str], dienst: Dienst) -> None:
    impatient = sessions.make_engine(dienst.engine.url.render_as_string(hide_password=False), autocommit=True)

    @event.listens_for(impatient, "connect")
    def shorten(connection: Any, _: object) -> None:
        connection.execute("SET lock_timeout = '50ms'")
        connection.commit()

    with (
        mock.patch.object(dienst.engines, "log", impatient),
        dienst.owner.connect() as holder,
    ):
        holder.execute(text("LOCK TABLE inzage IN ACCESS EXCLUSIVE MODE"))
        refused_everywhere(onderzoek, paths)
    impatient.dispose()


def test_a_log_that_may_fail_is_found(
    onderzoek: Onderzoek, paths: list[str], dienst: Dienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: whoever swallows the error of the log shows the data."""
    monkeypatch.setattr(spoor, "record_outcome", lambda *_, **more: None)
    with without_right(dienst, "inzage_afloop"), pytest.raises(AssertionError):
        refused_everywhere(onderzoek, paths)


# What it costs


def test_a_list_costs_the_same_however_long_it_is(onderzoek: Onderzoek) -> None:
    """At most six statements, beside the two of the log."""
    lists = (
        "/toezicht/organisaties", "/toezicht/inzagen", "/toezicht/kwartaaltoetsen", "/toezicht/termijnen",
        "/toezicht/termijnen?peildatum=2026-08-01", f"/toezicht/kwartaaltoetsen/{onderzoek.toets}/regels",
    )  # fmt: skip
    for path in lists:
        onderzoek.inspecteur.read(path)  # a connection that is new is asked something first
        costs = []
        for limit in (1, 25):
            with counting_statements() as seen:
                onderzoek.inspecteur.read(f"{path}{'&' if '?' in path else '?'}limit={limit}")
            costs.append(len([word for word in order_of(seen) if word not in ("intentie", "afloop")]))
        assert costs[0] == costs[1] <= MOST, (path, costs)
    # A sample also counts what was recorded after the visit was announced.
    for path, more in (("/toezicht/kengetallen", 0), ("/toezicht/steekproef", 1)):
        onderzoek.inspecteur.read(path)
        with counting_statements() as seen:
            onderzoek.inspecteur.read(path)
        assert len(seen) <= MOST + 2 + more, (path, len(seen))


def test_a_pseudonym_is_found_without_a_stored_mapping(onderzoek: Onderzoek, dienst: Dienst) -> None:
    """Nowhere in the database is a pseudonym."""
    dossier = onderzoek.inspecteur.rows("/toezicht/termijnen?limit=1")[0]["dossier"]
    with dienst.owner.connect() as connection:
        for table in ("inzage", "inzage_afloop", "toezichtsmandaat", "idempotentie"):
            sql = f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE :pseudoniem"
            assert connection.execute(text(sql), {"pseudoniem": f"%{dossier[10:]}%"}).scalar_one() == 0
