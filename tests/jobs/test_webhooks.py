"""A webhook is told once that something asks for attention: signed, read by others' programs, and naming nobody."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from standardwebhooks import WebhookVerificationError

from app.jobs.taken import TAKEN
from app.jobs.uitvoeren import run_due
from app.models import Bericht, Gebeurtenis, Webhook, WebhookEinde
from app.queries.berichten import read_waiting
from app.security.webhooksleutel import webhook_secret
from app.services.berichten import vraag
from app.services.berichten.afloop import POGINGEN
from app.terms import Berichtreden, Bezorgafloop
from tests.jobs.conftest import NU, STRAKS, Wereld, secret_words
from tests.jobs.ontvanger import Ontvanger, receiving
from tests.jobs.test_berichten import alles, onveilig, overleg


@pytest.fixture
def ontvanger() -> Iterator[Ontvanger]:
    with receiving() as box:
        yield box


@pytest.fixture
def haak(wereld: Wereld, ontvanger: Ontvanger) -> Iterator[Webhook]:
    """Yield a webhook of the demo that leads to the receiver; it ends with the test."""
    door = wereld.medewerker("beheerder")
    own: dict[str, Any] = {"organisatie_id": wereld.organisatie_id}
    with wereld.session() as session:
        made = Webhook(uid=uuid4(), adres=ontvanger.adres, vastgelegd_op=NU, vastgelegd_door=door, **own)
        session.add(made)
        session.commit()
    yield made
    end(wereld, made)


def end(wereld: Wereld, haak: Webhook) -> None:
    with wereld.session() as session:
        of = select(WebhookEinde).where(WebhookEinde.webhook_id == haak.id)
        if session.scalars(of).first() is None:
            door = wereld.medewerker("beheerder")
            own: dict[str, Any] = {"organisatie_id": wereld.organisatie_id}
            session.add(WebhookEinde(webhook_id=haak.id, op=NU, door=door, reden="klaar", **own))
            session.commit()


def first(wereld: Wereld) -> Gebeurtenis:
    with wereld.session() as session:
        return session.scalars(select(Gebeurtenis).order_by(Gebeurtenis.id).limit(1)).one()


def test_an_event_is_signed_and_read_by_the_sdk(wereld: Wereld, ontvanger: Ontvanger, haak: Webhook) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    assert wereld.deliver().verstuurd == 3  # by mail
    assert wereld.tell().verstuurd == 1
    geheim = webhook_secret(wereld.secrets, haak.uid)
    (event,) = ontvanger.events(geheim)
    uid = str(first(wereld).uid)
    assert (event.get_id(), event.get_subject(), event.get_data()) == (uid, uid, None)
    assert (event.get_type(), event.get_source()) == ("nl.pleegzicht.aandacht-gevraagd", "https://pz.test")
    assert event.get_time() == NU
    assert event.get_attributes()["dataref"] == f"https://pz.test/v1/gebeurtenissen/{uid}"
    assert ontvanger.got[0][1]["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert wereld.tell(NU + timedelta(hours=1)).verstuurd == 0


def test_who_has_another_secret_knows_that_it_is_not_theirs(
    wereld: Wereld, ontvanger: Ontvanger, haak: Webhook
) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    wereld.deliver()
    wereld.tell()
    with pytest.raises(WebhookVerificationError):
        ontvanger.events(webhook_secret(wereld.secrets, uuid4()))


def test_nobody_is_told_of_what_was_done_meanwhile(wereld: Wereld, ontvanger: Ontvanger, haak: Webhook) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    check = onveilig(wereld, plaatsing)
    wereld.deliver()
    overleg(wereld, plaatsing, check)
    assert (wereld.tell().vervallen, ontvanger.got) == (1, [])


def test_where_nobody_has_a_mail_address_the_webhook_is_told_and_the_mail_waits(
    wereld: Wereld, ontvanger: Ontvanger, haak: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    with monkeypatch.context() as nobody:
        nobody.setattr(vraag, "list_carers", lambda *_: {})
        for _ in range(2):
            assert (wereld.deliver().vervallen, wereld.post.taken) == (0, [])
        assert wereld.tell().verstuurd == 1
        assert waits_since(wereld) is not None
    assert wereld.deliver().verstuurd == 3
    assert waits_since(wereld) is None
    assert (wereld.tell().verstuurd, len(ontvanger.got)) == (0, 1)


def waits_since(wereld: Wereld) -> datetime | None:
    owner = wereld.plaats.engines.owner()
    with owner.connect() as connection:
        oudste = read_waiting(connection, STRAKS, mail=True).oudste
    owner.dispose()
    return oudste


def test_a_webhook_that_ended_is_told_nothing(wereld: Wereld, ontvanger: Ontvanger, haak: Webhook) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    wereld.deliver()
    end(wereld, haak)
    assert (wereld.tell().vervallen, ontvanger.got) == (1, [])
    onveilig(wereld, wereld.plaatsing_of("begeleider", 1))
    wereld.deliver()
    assert (str(wereld.tell()), ontvanger.got) == (
        "0 verstuurd, 0 vervallen, 0 uitgesteld, 0 mislukt, 0 onbezorgbaar", []
    )  # fmt: skip


@pytest.mark.parametrize("status", [302, 404, 500])
def test_what_is_not_taken_is_tried_later_and_later_and_then_given_up(
    wereld: Wereld, ontvanger: Ontvanger, haak: Webhook, status: int
) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    wereld.deliver()
    ontvanger.status, ontvanger.headers = status, {"Location": ontvanger.adres}
    nu, waited, one = STRAKS, [], first(wereld)
    for _ in range(POGINGEN):
        wereld.tell(nu)
        one = first(wereld)
        waited.append(int((one.volgende_op - nu).total_seconds()) // 60)
        nu = max(one.volgende_op, nu)
    assert waited[:-1] == [1, 2, 4, 8, 16, 32, 64, 128, 240]
    assert (one.afloop, one.fout, one.pogingen) == (Bezorgafloop.ONBEZORGBAAR, f"http {status}", POGINGEN)
    assert len(ontvanger.got) == POGINGEN
    ids = {event.get_id() for event in ontvanger.events(webhook_secret(wereld.secrets, haak.uid))}
    assert ids == {str(one.uid)}
    assert wereld.tell(nu + timedelta(days=1)).verstuurd == 0


def test_who_says_gone_is_not_asked_again(wereld: Wereld, ontvanger: Ontvanger, haak: Webhook) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    wereld.deliver()
    ontvanger.status = 410
    assert wereld.tell().onbezorgbaar == 1


def test_one_that_does_not_answer_is_asked_once_in_a_run(wereld: Wereld, ontvanger: Ontvanger, haak: Webhook) -> None:
    for place in range(3):
        onveilig(wereld, wereld.plaatsing_of("begeleider", place))
    wereld.deliver()
    ontvanger.status = 503
    assert (wereld.tell().mislukt, len(ontvanger.got)) == (1, 1)
    ontvanger.status = 200
    assert wereld.tell(STRAKS + timedelta(seconds=5)).verstuurd == 2


def test_the_job_tells_without_a_mail_server(wereld: Wereld, ontvanger: Ontvanger, haak: Webhook) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    plaats = replace(wereld.plaats, kanalen={})
    jobs = [taak for taak in TAKEN if taak.naam in ("berichten", "webhooks")]
    done = {one.naam: one for one in run_due(plaats, [wereld.organisatie_id], jobs, STRAKS)}
    assert str(done["webhooks"].uitkomst).count("1 verstuurd") == 1
    assert len(ontvanger.got) == 1


def test_everything_the_demo_can_cause_names_nobody(wereld: Wereld, ontvanger: Ontvanger, haak: Webhook) -> None:
    """Sent over a real connection, and searched for every name, number, id, reason and address: headers as well."""
    alles(wereld, 3)
    with wereld.session() as session:
        assert set(session.scalars(select(Bericht.reden))) == set(Berichtreden) - {Berichtreden.WEEKBERICHT}
        facts = {str(uid) for uid in session.scalars(select(Bericht.feit_uid))}
        session.execute(update(Bericht).values(vanaf=datetime(2026, 11, 25, 9, tzinfo=UTC)))
        session.commit()
    wereld.deliver(datetime(2026, 11, 27, 6, tzinfo=UTC))
    late = wereld.deliver(datetime(2026, 11, 27, 6, tzinfo=UTC))
    assert late.verstuurd == 0
    told = wereld.tell(datetime(2026, 11, 27, 6, tzinfo=UTC))
    assert told.verstuurd == len(ontvanger.got) >= 12
    wereld.deliver(datetime(2027, 1, 10, 6, tzinfo=UTC))
    assert wereld.tell(datetime(2027, 1, 10, 6, tzinfo=UTC)).verstuurd == 2  # before the uitzondering ends
    reasons = {
        "onthulling",
        "onveilig",
        "calamiteit",
        "vgb",
        "letsel",
        "geweld",
        "opvolging",
        "pleegkind",
        "signaal",
        "zichtplan",
    }
    words = secret_words(wereld) | reasons | facts | {"zichtplan", "uitzondering"}
    said = ontvanger.words
    assert [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE)] == []
    subjects = [event.get_subject() for event in ontvanger.events(webhook_secret(wereld.secrets, haak.uid))]
    assert all(UUID(str(subject)) for subject in subjects)
    assert len(set(subjects)) == len(subjects)
