"""What was asked of an audit is made once, in the order of asking, however many workers, and whoever is killed."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest

from app.db.sessions import make_engine, reading
from app.jobs import toetsopdrachten as job
from app.jobs.toetsopdrachten import MISLUKT, Makerij, Overgenomen
from app.jobs.uitvoeren import _alone
from app.queries.accounts.actor import get_actor_by_account
from app.queries.kwartaaltoetsen.opdrachten import MEESTE_POGINGEN
from app.services.kwartaaltoetsen import toetsen
from tests.api.client import NU, Dienst
from tests.api.opdrachten import maker_of, order_build, read, werk
from tests.api.toetswereld import Audit, small_audit
from tests.api.world import World


@pytest.fixture
def audit(dienst: Dienst, world: World) -> Audit:
    """Return an organisatie that has asked for nothing yet."""
    return small_audit(dienst, world)


@contextmanager
def failing(error: BaseException, times: int = 99) -> Iterator[list[int]]:
    """Let building fail so many times."""
    real, tried = toetsen.request_toets, list[int]()

    def fails(*given: Any, **named: Any) -> Any:
        tried.append(1)
        if len(tried) <= times:
            raise error
        return real(*given, **named)

    with mock.patch.object(job, "request_toets", fails):
        yield tried


def test_in_the_order_of_asking(audit: Audit, dienst: Dienst) -> None:
    order_build(audit.kwaliteit, kwartaal="2026-Q2")
    order_build(audit.kwaliteit, kwartaal="2026-Q1")
    order_build(audit.kwaliteit, kwartaal="2026-Q3")
    built: list[str] = []
    real = toetsen.request_toets

    def watched(session: Any, verzoek: Any, kwartaal: Any, vervangt: Any) -> Any:
        built.append(str(kwartaal))
        return real(session, verzoek, kwartaal, vervangt)

    with mock.patch.object(job, "request_toets", watched):
        werk(dienst, audit.kwaliteit)
    assert built == ["2026-Q2", "2026-Q1", "2026-Q3"]


def test_two_workers_make_it_once(audit: Audit, dienst: Dienst) -> None:
    """Also where nothing keeps the second one away: what the attempt before made is then rolled back."""
    opdracht = order_build(audit.kwaliteit)
    inside, go_on, first = threading.Event(), threading.Event(), list[Counter[str]]()

    def wait() -> None:
        inside.set()
        assert go_on.wait(60)

    with mock.patch.object(Makerij, "end", _once(wait)):
        slow = threading.Thread(target=lambda: first.append(werk(dienst, audit.kwaliteit)))
        slow.start()
        assert inside.wait(60)
        assert werk(dienst, audit.kwaliteit) == {"later": 1}  # its audit is still being built
        go_on.set()
        slow.join()
    assert first == [{"later": 1}]
    assert audit.kwaliteit.rows("/kwartaaltoetsen") == []
    assert werk(dienst, audit.kwaliteit) == {"gemaakt": 1}
    (toets,) = audit.kwaliteit.rows("/kwartaaltoetsen")
    assert read(audit.kwaliteit, opdracht)["resultaat"] == f"/v1/kwartaaltoetsen/{toets['id']}"
    assert toets["versie"] == 1


def _once(wait: Callable[[], None]) -> Callable[..., None]:
    """Return the end of an attempt, of which the first waits."""
    real, ended = Makerij.end, list[int]()

    def watched(*given: Any, **named: Any) -> None:
        ended.append(1)
        if len(ended) == 1:
            wait()
        real(*given, **named)

    return watched


def test_the_job_lets_one_at_a_time_at_the_orders_of_an_organisatie(audit: Audit, dienst: Dienst) -> None:
    """The lock of ``run_due``: a second worker does not even begin."""
    locks = make_engine(dienst.engines.url, long_work=True, pool_size=2, autocommit=True)
    with _alone(locks, "toetsopdrachten 1") as first, _alone(locks, "toetsopdrachten 1") as second:
        assert (first, second) == (True, False)
    locks.dispose()


def test_an_order_whose_worker_was_killed_is_taken_up_again(audit: Audit, dienst: Dienst) -> None:
    opdracht = order_build(audit.kwaliteit)
    with failing(KeyboardInterrupt(), 1), pytest.raises(KeyboardInterrupt):
        werk(dienst, audit.kwaliteit)
    assert read(audit.kwaliteit, opdracht)["stand"] == "bezig"
    assert werk(dienst, audit.kwaliteit) == {"gemaakt": 1}
    assert read(audit.kwaliteit, opdracht)["stand"] == "gemaakt"


def test_a_worker_that_is_killed_by_its_order_is_not_killed_for_ever(audit: Audit, dienst: Dienst) -> None:
    opdracht = order_build(audit.kwaliteit)
    with failing(KeyboardInterrupt()) as tried:
        for _ in range(MEESTE_POGINGEN):
            with pytest.raises(KeyboardInterrupt):
                werk(dienst, audit.kwaliteit)
        assert werk(dienst, audit.kwaliteit) == {"mislukt": 1}
    assert len(tried) == MEESTE_POGINGEN
    assert read(audit.kwaliteit, opdracht)["fout"] == MISLUKT


def test_what_fails_is_tried_three_times_and_says_so(audit: Audit, dienst: Dienst) -> None:
    opdracht = order_build(audit.kwaliteit)
    other = order_build(audit.kwaliteit, kwartaal="2026-Q2")
    with failing(ValueError("Jan de Vries"), 1):
        assert werk(dienst, audit.kwaliteit) == {"later": 1, "gemaakt": 1}
    assert read(audit.kwaliteit, other)["stand"] == "gemaakt"
    with failing(ValueError("Jan de Vries")):
        assert werk(dienst, audit.kwaliteit) == {"later": 1}
        assert werk(dienst, audit.kwaliteit) == {"mislukt": 1}
        assert werk(dienst, audit.kwaliteit) == {}
    found = read(audit.kwaliteit, opdracht)
    assert (found["stand"], found["fout"], found["resultaat"]) == ("mislukt", MISLUKT, None)


def test_what_was_overtaken_says_why_and_is_not_tried_again(audit: Audit, dienst: Dienst) -> None:
    opdracht = order_build(audit.kwaliteit)
    audit.freeze(audit.build())
    assert werk(dienst, audit.kwaliteit) == {"geweigerd": 1}
    assert "al vastgesteld" in read(audit.kwaliteit, opdracht)["fout"]


def test_no_next_order_is_begun_when_its_time_is_over(
    audit: Audit, dienst: Dienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_build(audit.kwaliteit)
    order_build(audit.kwaliteit, kwartaal="2026-Q2")
    monkeypatch.setattr(job, "BEURT", 0.0)
    assert werk(dienst, audit.kwaliteit) == {"gemaakt": 1}
    assert werk(dienst, audit.kwaliteit) == {"gemaakt": 1}


def test_an_attempt_that_was_taken_over_writes_nothing(audit: Audit, dienst: Dienst) -> None:
    order_build(audit.kwaliteit)
    maker = maker_of(dienst, audit.kwaliteit)
    (key,) = maker.open_orders()
    old, new = maker.claim(key), maker.claim(key)
    assert old is not None
    assert new is not None
    with pytest.raises(Overgenomen):
        job._build(maker, old, _actor(maker, old))
    assert audit.kwaliteit.rows("/kwartaaltoetsen") == []
    job._build(maker, new, _actor(maker, new))
    assert maker.claim(key) is None


def _actor(maker: Makerij, opdracht: Any) -> Any:
    with reading(maker.engines.work, maker.namens) as session:
        found = get_actor_by_account(session, job._namens(opdracht), NU.date())
    assert found is not None
    return found
