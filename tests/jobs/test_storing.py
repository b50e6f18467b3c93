"""When something breaks halfway: nobody is told twice in other words, and what breaks for one holds up no other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession
from sqlalchemy import select

from app.channels.mail import Mailserver
from app.models import Bericht, Bezorging
from app.services.berichten import bezorgen
from app.services.berichten.aankondigen import morning_of
from app.services.berichten.afloop import NietBezorgd
from app.services.berichten.bezorgen import Bezorgronde
from app.services.berichten.brieven import Brief, attention
from app.services.berichten.vraag import ask_again
from app.terms import Berichtkanaal, Berichtreden, Bezorgafloop, Mailbeveiliging
from tests.jobs.conftest import NU, STRAKS, Wereld, free_port
from tests.jobs.test_berichten import TEAM, onveilig

KENMERK = UUID("018f0000-0000-7000-8000-000000000001")


class Gedood(BaseException):
    """The process is gone."""


@dataclass
class Kanaal:
    """Takes every message, and is killed or fails for some."""

    dodelijk: bool = False
    stuk_voor: str = ""
    taken: list[tuple[str, UUID]] = field(default_factory=list)

    def send(self, aan: str, kenmerk: UUID, brief: Brief) -> None:
        if self.stuk_voor and aan.startswith(self.stuk_voor):
            raise ValueError(aan)
        self.taken.append((aan.partition("@")[0], kenmerk))
        if self.dodelijk:
            raise Gedood


def ronde(wereld: Wereld, kanaal: Kanaal) -> Bezorgronde:
    ways = {Berichtkanaal.MAIL: kanaal}
    return Bezorgronde(wereld.plaats.engines.work, wereld.organisatie_id, ways, "https://pz.test/")


def test_who_is_killed_between_sending_and_writing_it_down_sends_the_same_again(wereld: Wereld) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    kanaal = Kanaal(dodelijk=True)
    with pytest.raises(Gedood):
        ronde(wereld, kanaal).deliver(STRAKS)
    kanaal.dodelijk = False
    assert ronde(wereld, kanaal).deliver(STRAKS).verstuurd == 3
    first, *rest = kanaal.taken
    assert first in rest
    assert sorted(who for who, _ in rest) == TEAM
    assert len({mark for _, mark in kanaal.taken}) == 3


@pytest.mark.parametrize("who", TEAM)
def test_a_fault_at_one_person_holds_up_nobody_else_and_is_said(wereld: Wereld, who: str) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    kanaal = Kanaal(stuk_voor=f"{who}@")
    with pytest.raises(ValueError, match=who):
        ronde(wereld, kanaal).deliver(STRAKS)
    assert sorted(name for name, _ in kanaal.taken) == [one for one in TEAM if one != who]
    kanaal.stuk_voor = ""
    ronde(wereld, kanaal).deliver(STRAKS)
    assert sorted(who for who, _ in kanaal.taken) == TEAM


def test_a_fault_in_the_verdict_of_one_message_holds_up_no_other(wereld: Wereld) -> None:
    broken = onveilig(wereld, wereld.plaatsing_of("begeleider"))
    onveilig(wereld, wereld.plaatsing_of("begeleider", 1))

    def ask_or_break(session: Any, bericht: Bericht, vandaag: date) -> Any:
        if bericht.feit_uid == broken.uid:
            raise ValueError
        return ask_again(session, bericht, vandaag)

    kanaal = Kanaal()
    with mock.patch.object(bezorgen, "ask_again", ask_or_break), pytest.raises(ValueError):  # noqa: PT011 — it has no text
        ronde(wereld, kanaal).deliver(STRAKS)
    assert sorted(who for who, _ in kanaal.taken) == TEAM
    with wereld.session() as session:
        at_once = select(Bericht.feit_uid).where(Bericht.reden == Berichtreden.ONVEILIG, Bericht.afloop.is_(None))
        assert session.scalars(at_once).all() == [broken.uid]


class Halverwege:
    """A mail server that breaks off: while it takes a mail, or at the farewell."""

    def __init__(self, data: str = "250 OK", quit_: str = "221 Bye") -> None:
        self.data, self.quit, self.taken = data, quit_, 0

    async def handle_DATA(self, server: SMTP, _session: SmtpSession, _envelope: Envelope) -> str:  # noqa: N802 — aiosmtpd's
        if not self.data:
            assert server.transport is not None
            server.transport.close()
            return "250 OK"
        self.taken += self.data.startswith("250")
        return self.data

    async def handle_QUIT(self, _server: SMTP, _session: SmtpSession, _envelope: Envelope) -> str:  # noqa: N802 — aiosmtpd's
        return self.quit


@pytest.fixture
def server() -> Iterator[Any]:
    started: list[Controller] = []

    def start(box: Halverwege) -> Mailserver:
        started.append(Controller(box, hostname="127.0.0.1", port=free_port()))
        started[-1].start()
        return Mailserver("127.0.0.1", started[-1].port, "p@x.test", Mailbeveiliging.GEEN)

    yield start
    for one in started:
        one.stop()


def test_what_was_taken_is_taken_however_the_farewell_goes(server: Any) -> None:
    box = Halverwege(quit_="421 too busy")
    server(box).send("a@x.test", KENMERK, attention("https://pz.test/"))
    assert box.taken == 1


@pytest.mark.parametrize(
    ("data", "fout"), [("", "SMTPServerDisconnected"), ("452 disk full", "smtp 452"), ("554 spam", "smtp 554")]
)
def test_what_broke_off_or_was_refused_halfway_is_tried_again(server: Any, data: str, fout: str) -> None:
    box = Halverwege(data)
    with pytest.raises(NietBezorgd) as refused:
        server(box).send("a@x.test", KENMERK, attention("https://pz.test/"))
    assert (refused.value.fout, refused.value.blijvend, box.taken) == (fout, False, 0)


def test_of_three_mails_the_one_that_broke_off_is_tried_again_with_its_own_mark(wereld: Wereld) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    wereld.post.breaks = "gedragswetenschapper@"
    done = wereld.deliver()
    assert (done.verstuurd, done.mislukt, wereld.post.who) == (2, 1, ["begeleider", "teamleider"])
    wereld.post.breaks = ""
    assert wereld.deliver(NU + timedelta(minutes=2)).verstuurd == 1
    assert wereld.post.who == TEAM
    with wereld.session() as session:
        rows = session.scalars(select(Bezorging)).all()
    assert {one.afloop for one in rows} == {Bezorgafloop.VERSTUURD}
    marks = {mail["Message-ID"].partition("@")[0].strip("<") for _, mail in wereld.post.taken}
    assert marks == {str(one.kenmerk) for one in rows}


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        (date(2026, 3, 28), "2026-03-28T06:00Z"), (date(2026, 3, 29), "2026-03-29T05:00Z"),
        (date(2026, 7, 1), "2026-07-01T05:00Z"), (date(2026, 10, 24), "2026-10-24T05:00Z"),
        (date(2026, 10, 25), "2026-10-25T06:00Z"),
    ],
)  # fmt: skip
def test_the_morning_is_seven_on_the_clock_of_the_wall(day: date, instant: str) -> None:
    assert morning_of(day).astimezone(UTC) == datetime.fromisoformat(instant)
