"""What is made of an audit beside a request: asked for, the same as the request itself gives, and there for a day."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast
from unittest import mock

import pytest
from sqlalchemy import Connection, Engine, text

from app.jobs import toetsopdrachten as job
from app.jobs.toetsopdrachten import Makerij, RechtVervallen
from app.services.beheer.onderhoud import forget_toetsopdrachten
from app.services.kwartaaltoetsen import opdrachten as service
from tests.api.bodies import Json
from tests.api.client import NOBODY, NU, Dienst, standing_still
from tests.api.opdrachten import ASYNC, order_build, order_export, read, werk
from tests.api.toetswereld import Q3, Audit, small_audit
from tests.api.world import World

FORMATEN = ("csv", "json", "xlsx", "pdf")


@pytest.fixture
def audit(dienst: Dienst, world: World) -> Audit:
    """Return an organisatie that has asked for nothing yet."""
    return small_audit(dienst, world)


@contextmanager
def during(name: str, look: Callable[[], None]) -> Iterator[None]:
    """Look just before one thing that the job calls is done, once."""
    real, looked = getattr(job, name), list[int]()

    def watched(*given: Any, **named: Any) -> Any:
        if not looked:
            looked.append(1)
            look()
        return real(*given, **named)

    with mock.patch.object(job, name, watched):
        yield


def test_who_does_not_want_to_wait_gets_the_same_audit(audit: Audit, dienst: Dienst) -> None:
    asked = order_build(audit.kwaliteit)
    assert (asked["stand"], asked["soort"], asked["resultaat"]) == ("wacht", "opbouw", None)
    assert audit.kwaliteit.rows("/kwartaaltoetsen") == []
    assert werk(dienst, audit.kwaliteit) == {"gemaakt": 1}
    made = read(audit.kwaliteit, asked)
    assert (made["stand"], made["gedaan"], made["totaal"], made["fout"]) == ("gemaakt", 2, 2, None)
    toets = audit.kwaliteit.read(made["resultaat"].removeprefix("/v1"))
    again = audit.build().shown  # by the request itself
    said = {"versie", "bekendOp", "aangemaaktOp"}
    assert {name: toets[name] for name in toets if name not in said} == {
        name: again[name] for name in again if name not in said
    }
    assert toets["aangemaaktDoor"] == audit.world.medewerkers["kwaliteit"]


def test_every_file_is_that_of_the_request_byte_for_byte(audit: Audit, dienst: Dienst) -> None:
    toets = audit.freeze(audit.build())
    asked = {formaat: order_export(audit.kwaliteit, toets.id, formaat) for formaat in FORMATEN}
    named = order_export(audit.kwaliteit, toets.id, "xlsx", namen=True)
    assert werk(dienst, audit.kwaliteit) == {"gemaakt": 5}
    for formaat, opdracht in asked.items():
        given = audit.kwaliteit.get(read(audit.kwaliteit, opdracht)["resultaat"].removeprefix("/v1"))
        direct = audit.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/export?formaat={formaat}")
        assert given.content == direct.content
        same = ("content-type", "content-disposition", "repr-digest", "x-toets-digest", "x-toets-vastgesteld-door")
        assert [given.headers[name] for name in same] == [direct.headers[name] for name in same]
    with_names = read(audit.kwaliteit, named)["resultaat"].removeprefix("/v1")
    shown = audit.kwaliteit.get(with_names).content
    assert audit.kwaliteit.get(with_names.removesuffix("?namen=true")).status_code == 404
    assert shown == audit.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/export?formaat=xlsx&namen=true").content
    assert shown != audit.export(toets, "xlsx")


def test_nobody_reads_a_file_or_a_child_in_the_table(audit: Audit, dienst: Dienst) -> None:
    toets = audit.build()
    opdracht = order_export(audit.kwaliteit, toets.id, "json")
    werk(dienst, audit.kwaliteit)
    with dienst.owner.connect() as connection:
        row = connection.execute(text("SELECT * FROM toetsopdracht WHERE uid = :uid"), {"uid": opdracht["id"]}).one()
    kind = audit.kind.ids["pleegkind"]
    assert kind.encode() in audit.kwaliteit.get(f"/toetsopdrachten/{opdracht['id']}/export").content
    assert row.bestand
    assert kind.encode() not in bytes(row.bestand)
    assert kind not in str(row)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [({"kwartaal": "2099-Q1"}, 400, "ongeldige_invoer"), ({**Q3, "vervangt": NOBODY}, 404, "niet_gevonden")],
)
def test_what_would_be_refused_is_refused_at_once(audit: Audit, body: Json, status: int, code: str) -> None:
    answer = audit.kwaliteit.ask("POST", "/kwartaaltoetsen", body, **ASYNC)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "preference-applied" not in answer.headers


@pytest.mark.parametrize("prefer", ["wait=5", "return=minimal", "x-respond-async"])
def test_another_preference_changes_nothing(audit: Audit, prefer: str) -> None:
    answer = audit.kwaliteit.ask("POST", "/kwartaaltoetsen", Q3, Prefer=prefer)
    assert answer.status_code == 201
    assert "preference-applied" not in answer.headers


def test_a_preference_among_others_is_heard(audit: Audit) -> None:
    answer = audit.kwaliteit.ask("POST", "/kwartaaltoetsen", Q3, Prefer="return=minimal, Respond-Async; wait=3")
    assert answer.status_code == 202


def test_the_same_is_asked_once(audit: Audit, dienst: Dienst) -> None:
    first = order_build(audit.kwaliteit)
    assert order_build(audit.kwaliteit)["id"] == first["id"]
    assert order_build(audit.kwaliteit, kwartaal="2026-Q2")["id"] != first["id"]
    assert werk(dienst, audit.kwaliteit) == {"gemaakt": 2}
    assert order_build(audit.kwaliteit)["id"] != first["id"]  # with what is known by now


def test_with_a_key_the_first_answer_comes_again(audit: Audit) -> None:
    def ask() -> Any:
        return audit.kwaliteit.ask("POST", "/kwartaaltoetsen", Q3, key="een", **ASYNC)

    first, second = ask(), ask()
    assert first.content == second.content
    assert (second.status_code, second.headers["preference-applied"]) == (202, "respond-async")


def test_there_is_an_end_to_what_is_asked(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MEESTE", 1)
    order_build(audit.kwaliteit)
    answer = audit.kwaliteit.ask("POST", "/kwartaaltoetsen", {"kwartaal": "2026-Q2"}, **ASYNC)
    assert (answer.status_code, answer.json()["code"]) == (409, "te_veel_opdrachten")


def test_how_far_it_is_is_seen_before_it_is_committed(
    audit: Audit, dienst: Dienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "_OFTEN", 0.0)
    toets, seen = audit.build(), list[Json]()
    opdracht = order_export(audit.kwaliteit, toets.id, "json")
    with during("list_kinderen_of_toets", lambda: seen.append(read(audit.kwaliteit, opdracht))):
        werk(dienst, audit.kwaliteit)
    (middle,) = seen
    assert (middle["stand"], middle["gedaan"], middle["totaal"]) == ("bezig", 2, 2)
    build = order_build(audit.kwaliteit)
    with mock.patch.object(Makerij, "end", _looking(lambda: seen.append(read(audit.kwaliteit, build)))):
        werk(dienst, audit.kwaliteit)
    assert (seen[1]["stand"], seen[1]["gedaan"], seen[1]["totaal"]) == ("bezig", 2, 2)
    assert audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}")["versie"] > toets.shown["versie"]


def _looking(look: Callable[[], None]) -> Callable[..., None]:
    real = Makerij.end

    def watched(*given: Any, **named: Any) -> None:
        look()
        real(*given, **named)

    return watched


@pytest.mark.parametrize("change", [{"rol": "teamleider"}, None])
def test_who_may_not_any_more_gets_nothing(audit: Audit, dienst: Dienst, change: Json | None) -> None:
    toets = audit.build()
    orders = [order_export(audit.kwaliteit, toets.id), order_build(audit.kwaliteit)]
    beheerder, me = audit.world["beheerder"], f"/medewerkers/{audit.world.medewerkers['kwaliteit']}"
    etag = beheerder.get(me).headers["etag"]
    if change:
        assert beheerder.patch(me, {**change, "wijzigingsreden": "ander werk"}, etag=etag).status_code == 200
    else:
        assert beheerder.post(f"{me}/intrekking", {"reden": "uit dienst"}, etag=etag).status_code in (200, 201)
    with mock.patch.object(job, "open_toetsbestand", side_effect=AssertionError("it was read")):
        assert werk(dienst, beheerder) == {"geweigerd": 2}
    with dienst.owner.connect() as connection:
        rows = connection.execute(
            text("SELECT fout, bestand FROM toetsopdracht WHERE uid = ANY(:uids)"), {"uids": [o["id"] for o in orders]}
        ).all()
    assert [tuple(row) for row in rows] == [(RechtVervallen.detail, None)] * 2


def test_the_access_log_has_who_looked_at_whom_as_the_request_itself(audit: Audit, dienst: Dienst) -> None:
    toets = audit.build()
    asked = audit.kwaliteit.post(f"/kwartaaltoetsen/{toets.id}/export", {"formaat": "csv"})
    werk(dienst, audit.kwaliteit)
    fetched = audit.kwaliteit.get(f"/toetsopdrachten/{asked.json()['id']}/export")
    direct = audit.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/export?formaat=csv")
    of_request = audit.world["beheerder"].look_of(direct)
    of_file = audit.world["beheerder"].look_of(fetched)
    request = asked.headers["x-request-id"]
    looks = [one for one in audit.world["beheerder"].walk("/inzagen?limit=200") if one["verzoekId"] == request]
    made = next(one for one in looks if one["handeling"].startswith("GET"))
    assert of_request is not None
    assert of_file is not None
    for name in ("soort", "handeling", "onderwerp", "doel", "uitkomst", "medewerker", "client"):
        assert made[name] == of_request[name], name
    for one in (made, of_file):
        assert sorted(one["pleegkinderen"]) == sorted(of_request["pleegkinderen"])
    assert audit.kind.ids["pleegkind"] in made["pleegkinderen"]
    assert of_file["soort"] == "export"


def test_nothing_can_be_had_that_the_log_does_not_have(audit: Audit, dienst: Dienst) -> None:
    opdracht = order_export(audit.kwaliteit, audit.build().id)
    with mock.patch.object(job, "record_outcome", side_effect=ValueError):
        assert werk(dienst, audit.kwaliteit) == {"later": 1}
    assert audit.kwaliteit.get(f"/toetsopdrachten/{opdracht['id']}/export").status_code == 404
    assert werk(dienst, audit.kwaliteit) == {"gemaakt": 1}


def test_of_another_organisatie_there_is_nothing(audit: Audit, dienst: Dienst, world: World) -> None:
    opdracht = order_export(audit.kwaliteit, audit.build().id)
    stranger = world["vreemde_kwaliteit"]
    assert werk(dienst, stranger) == {}
    werk(dienst, audit.kwaliteit)
    for path in (f"/toetsopdrachten/{opdracht['id']}", f"/toetsopdrachten/{opdracht['id']}/export"):
        assert stranger.get(path).content == stranger.get(path.replace(opdracht["id"], NOBODY)).content
        assert stranger.get(path).status_code == 404
        assert audit.world["teamleider"].get(path).status_code == 403
    toets = audit.kwaliteit.rows("/kwartaaltoetsen")[0]["id"]
    assert stranger.post(f"/kwartaaltoetsen/{toets}/export", {}).status_code == 404


def test_after_a_day_it_is_gone(audit: Audit, dienst: Dienst) -> None:
    opdracht = order_export(audit.kwaliteit, audit.build().id)
    waits = order_build(audit.kwaliteit)
    with mock.patch.object(Makerij, "open_orders", _first(Makerij.open_orders)):
        werk(dienst, audit.kwaliteit)
    path = f"/toetsopdrachten/{opdracht['id']}"
    day = NU + timedelta(days=1)
    with standing_still(day - timedelta(seconds=1)):
        assert audit.kwaliteit.again().get(f"{path}/export").status_code == 200
    assert forget_toetsopdrachten(dienst.owner, day - timedelta(seconds=1)) == 0
    with standing_still(day):
        assert audit.kwaliteit.again().get(path).status_code == 404
        assert audit.kwaliteit.again().get(f"{path}/export").status_code == 404
    with _undone(dienst.owner) as (engine, connection):
        assert forget_toetsopdrachten(engine, day) >= 1
        still = set(connection.scalars(text("SELECT uid::text FROM toetsopdracht")))
    assert (opdracht["id"] in still, waits["id"] in still) == (False, True)


@contextmanager
def _undone(owner: Engine) -> Iterator[tuple[Engine, Connection]]:
    """Yield an engine of which nothing stays: other tests have orders too."""
    with owner.connect() as connection:
        yield cast("Engine", SimpleNamespace(begin=lambda: nullcontext(connection))), connection
        connection.rollback()


def _first(real: Any) -> Any:
    return lambda maker: real(maker)[:1]


def test_a_file_that_is_too_large_says_so(audit: Audit, dienst: Dienst, monkeypatch: pytest.MonkeyPatch) -> None:
    opdracht = order_export(audit.kwaliteit, audit.build().id)
    monkeypatch.setattr(job, "MEESTE_BYTES", 10)
    assert werk(dienst, audit.kwaliteit) == {"geweigerd": 1}
    assert "te groot" in read(audit.kwaliteit, opdracht)["fout"]
