"""``pleegzicht werk``: what is due runs once across machines, a failure holds nothing up, and it is seen."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text

from app.jobs import uitvoeren
from app.jobs.periode import always, hourly, nightly, weekly
from app.jobs.taken import TAKEN, Taak, Taakuitkomst, Werkplaats
from app.jobs.uitvoeren import NA_MISLUKKEN, Gedaan, run_due
from app.models import Account, Medewerker, Taakstand
from app.terms import Taaknaam
from tests.jobs.conftest import NU, Wereld, secret_words

MAANDAG = datetime(2026, 11, 30, 6, tzinfo=UTC)  # seven in the morning in Amsterdam


def run(wereld: Wereld, taken: Sequence[Taak], nu: datetime = NU) -> list[Gedaan]:
    return list(run_due(wereld.plaats, [wereld.organisatie_id], taken, nu))


def stand(wereld: Wereld, naam: str) -> Taakstand:
    with wereld.session() as session:
        return session.scalars(select(Taakstand).where(Taakstand.taak == naam)).one()


def test_the_command_names_every_job() -> None:
    assert [taak.naam for taak in TAKEN] == list(Taaknaam)


@pytest.mark.parametrize(
    ("nu", "uur", "nacht", "week"),
    [
        # the clock goes forward on 29 March and back on 25 October 2026
        ("2026-03-29T00:59Z", "2026-03-29T00:00Z", "2026-03-28T02:00Z", "2026-03-23T06:00Z"),
        ("2026-03-29T01:00Z", "2026-03-29T01:00Z", "2026-03-29T01:00Z", "2026-03-23T06:00Z"),
        ("2026-03-30T04:59Z", "2026-03-30T04:00Z", "2026-03-30T01:00Z", "2026-03-23T06:00Z"),
        ("2026-03-30T05:00Z", "2026-03-30T05:00Z", "2026-03-30T01:00Z", "2026-03-30T05:00Z"),
        ("2026-10-26T05:59Z", "2026-10-26T05:00Z", "2026-10-26T02:00Z", "2026-10-19T05:00Z"),
        ("2026-10-26T06:00Z", "2026-10-26T06:00Z", "2026-10-26T02:00Z", "2026-10-26T06:00Z"),
    ],
)
def test_due_is_by_the_clock_on_the_wall(nu: str, uur: str, nacht: str, week: str) -> None:
    moment = datetime.fromisoformat(nu)
    found = [always(moment), hourly(moment), nightly(3)(moment), weekly(0, 7)(moment)]
    assert found == [moment, *(datetime.fromisoformat(one) for one in (uur, nacht, week))]


def test_what_succeeded_runs_again_when_it_is_due_again(wereld: Wereld) -> None:
    ran: list[datetime] = []

    def note(_plaats: Werkplaats, _organisatie: int, nu: datetime) -> Taakuitkomst:
        ran.append(nu)
        return Taakuitkomst("goed", 2)

    taak = Taak("proef", hourly, note)
    (done,) = run(wereld, [taak])
    assert (done.uitkomst, done.in_orde) == (Taakuitkomst("goed", 2), False)
    assert run(wereld, [taak], NU + timedelta(minutes=59)) == []
    run(wereld, [taak], NU + timedelta(minutes=60))
    assert ran == [NU, NU + timedelta(hours=1)]
    found = stand(wereld, "proef")
    assert (found.gelukt_op, found.bevindingen, found.verslag) == (NU + timedelta(hours=1), 2, "goed")


def test_what_failed_is_seen_and_tried_again_and_holds_nothing_up(wereld: Wereld) -> None:
    ran: list[str] = []

    def fail(_plaats: Werkplaats, _organisatie: int, _nu: datetime) -> Taakuitkomst:
        ran.append("fail")
        raise ValueError("Jan de Vries")

    stuk = Taak("stuk", hourly, fail)
    heel = Taak("heel", hourly, lambda *_: Taakuitkomst("goed"))
    assert [(one.naam, one.fout) for one in run(wereld, [stuk, heel])] == [("stuk", "ValueError"), ("heel", "")]
    found = stand(wereld, "stuk")
    assert (found.gelukt_op, found.geeindigd_op, found.verslag) == (None, NU, "mislukt: ValueError")
    run(wereld, [stuk], NU + NA_MISLUKKEN - timedelta(seconds=1))
    assert len(ran) == 1
    run(wereld, [stuk], NU + NA_MISLUKKEN)
    assert len(ran) == 2


def test_a_clock_that_ran_fast_holds_nothing_up_once_it_is_right(wereld: Wereld) -> None:
    taak = Taak("snel", hourly, lambda *_: Taakuitkomst("goed"))
    run(wereld, [taak], NU + timedelta(days=1))
    assert len(run(wereld, [taak], NU)) == 1
    run(wereld, [taak], NU + timedelta(hours=1, minutes=4))  # two machines are never quite the same
    assert run(wereld, [taak], NU + timedelta(hours=1)) == []


def test_what_comes_after_a_long_job_is_done_at_its_own_time(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[datetime] = []
    passed = iter((0.0, 0.0, 0.0, 45 * 60.0 + 12))

    def note(_plaats: Werkplaats, _organisatie: int, nu: datetime) -> Taakuitkomst:
        ran.append(nu)
        return Taakuitkomst("goed")

    monkeypatch.setattr(uitvoeren, "time", SimpleNamespace(monotonic=lambda: next(passed)))
    run(wereld, [Taak(naam, always, note) for naam in ("eerst", "lang", "daarna")])
    assert ran == [NU, NU, NU + timedelta(minutes=45)]
    assert stand(wereld, "daarna").begonnen_op == NU + timedelta(minutes=45)


def test_of_one_job_one_runs_at_a_time(wereld: Wereld) -> None:
    inside, go_on, ran = threading.Event(), threading.Event(), []

    def wait(_plaats: Werkplaats, _organisatie: int, _nu: datetime) -> Taakuitkomst:
        ran.append(1)
        inside.set()
        assert go_on.wait(60)
        return Taakuitkomst("goed")

    taak = Taak("lang", always, wait)
    first = threading.Thread(target=run, args=(wereld, [taak]))
    first.start()
    assert inside.wait(60)
    assert run(wereld, [taak], NU + timedelta(days=1)) == []
    go_on.set()
    first.join()
    assert len(ran) == 1
    assert len(run(wereld, [taak], NU + timedelta(days=1))) == 1


def test_all_jobs_run_on_the_demo_and_find_nothing(wereld: Wereld) -> None:
    done = run(wereld, TAKEN)
    assert [(one.naam, one.fout) for one in done] == [(taak.naam, "") for taak in TAKEN]
    assert {one.naam: one.uitkomst.bevindingen for one in done if one.uitkomst and one.uitkomst.bevindingen} == {}
    words = secret_words(wereld)
    owner = wereld.plaats.engines.owner()
    with owner.connect() as connection:
        said = connection.scalars(text("SELECT verslag FROM taakstand")).all()
    owner.dispose()
    assert [word for word in words for one in said if word in one.split()] == []


def overviews(wereld: Wereld) -> list[tuple[str, str]]:
    """Return to whom an overview went, sorted, and what it said."""
    found = []
    for address, mail in wereld.post.taken:
        body = mail.get_body(("plain",))
        assert body is not None
        if mail["Subject"] == "Uw weekoverzicht van Pleegzicht":
            found.append((address.partition("@")[0], body.get_content()))
    return sorted(found)


def test_on_monday_everybody_gets_one_overview_of_counts(wereld: Wereld) -> None:
    week = [taak for taak in TAKEN if taak.naam in ("weekbericht", "berichten")]
    run(wereld, week, MAANDAG - timedelta(days=1))  # the first run ever is late for the Monday before
    first = [who for who, _ in overviews(wereld)]
    assert first == ["begeleider", "begeleider2", "gedragswetenschapper", "kwaliteit", "teamleider"]
    run(wereld, week, MAANDAG)
    assert [who for who, _ in overviews(wereld)] == sorted(first * 2)
    run(wereld, week, MAANDAG + timedelta(minutes=5))
    assert len(overviews(wereld)) == 10
    for _, said in overviews(wereld):
        assert "Kinderen in uw lijst: " in said
        assert "Te laat: " in said
        assert [word for word in secret_words(wereld) if word in said.replace(".", " ").split()] == []


def test_the_overview_comes_also_when_there_is_nothing_to_say(wereld: Wereld) -> None:
    """Somebody who guides nobody hears that, so that silence means that something is broken."""
    lonely = wereld.record(
        Medewerker, naam="Nieuw", email="nieuw@voorbeeld.test", rol="pleegzorgbegeleider", team_id=None
    )
    with wereld.session() as session:
        session.add(
            Account(
                organisatie_id=wereld.organisatie_id, medewerker_id=lonely.feit_id, issuer="https://x.test", subject="n"
            )
        )
        session.commit()
    run(wereld, [taak for taak in TAKEN if taak.naam in ("weekbericht", "berichten")], MAANDAG)
    (said,) = [said for who, said in overviews(wereld) if who == "nieuw"]
    assert "Kinderen in uw lijst: 0." in said
    wereld.correct(lonely, withdraw=True)
