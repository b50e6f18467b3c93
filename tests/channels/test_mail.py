"""A mail goes over a connection as protected as the settings say, or not at all; what went wrong names nobody."""

import email.policy
from email.parser import BytesParser
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller

from app.channels.mail import Mailserver, compose
from app.services.berichten.afloop import NietBezorgd
from app.services.berichten.brieven import attention
from app.terms import Mailbeveiliging
from tests.jobs.conftest import Postbus, smtp

__all__ = ["smtp"]

KENMERK = UUID("018f0000-0000-7000-8000-000000000001")
BRIEF = attention("https://pz.test/?a=1&b=2")


def server(port: int, beveiliging: Mailbeveiliging = Mailbeveiliging.GEEN, gebruiker: str = "") -> Mailserver:
    return Mailserver("127.0.0.1", port, "pleegzicht@aanbieder.test", beveiliging, gebruiker, "geheim")


def test_the_same_letter_has_the_same_mark_at_every_try() -> None:
    one, two = (compose("pleegzicht@aanbieder.test", "a@x.test", KENMERK, BRIEF) for _ in range(2))
    assert one["Message-ID"] == two["Message-ID"] == f"<{KENMERK}@aanbieder.test>"
    html = one.get_body(("html",))
    assert html is not None
    assert 'href="https://pz.test/?a=1&amp;b=2"' in html.get_content()
    assert one["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("beveiliging", [Mailbeveiliging.STARTTLS, Mailbeveiliging.TLS])
def test_a_server_without_the_protection_that_was_asked_gets_nothing(
    smtp: tuple[Controller, Postbus], beveiliging: Mailbeveiliging
) -> None:
    controller, box = smtp
    port = controller.port
    with pytest.raises(NietBezorgd) as refused:
        server(port, beveiliging).send("a@x.test", KENMERK, BRIEF)
    assert not refused.value.blijvend
    assert box.taken == []
    server(port).send("a@x.test", KENMERK, BRIEF)
    assert [address for address, _ in box.taken] == ["a@x.test"]
    box.taken.clear()


def test_no_password_goes_to_who_does_not_ask_for_one(smtp: tuple[Controller, Postbus]) -> None:
    controller, box = smtp
    with pytest.raises(NietBezorgd):
        server(controller.port, gebruiker="pleegzicht").send("a@x.test", KENMERK, BRIEF)
    assert box.taken == []


@pytest.mark.parametrize(
    "aan",
    ["a@x.test\nBcc: b@x.test", "a@x.test, b@x.test", "geen adres", "a@", "", "a@x..test", "=?utf-8?q?b?=@x.test"],
)
def test_what_is_no_address_is_refused(smtp: tuple[Controller, Postbus], aan: str) -> None:
    controller, box = smtp
    with pytest.raises(NietBezorgd) as refused:
        server(controller.port).send(aan, KENMERK, BRIEF)
    assert (refused.value.fout, refused.value.blijvend) == ("adres", True)
    assert box.taken == []


def test_who_is_not_there_is_tried_again() -> None:
    with pytest.raises(NietBezorgd) as refused:
        server(1).send("a@x.test", KENMERK, BRIEF)
    assert (refused.value.fout, refused.value.blijvend) == ("ConnectionRefusedError", False)


def test_a_strict_reader_finds_nothing_wrong_with_it() -> None:
    """Every header and part read by a parser that raises at the first defect, from the bytes that are sent."""
    sent = compose("pleegzicht@aanbieder.test", "a@x.test", KENMERK, BRIEF).as_bytes(policy=email.policy.SMTP)
    assert sent.isascii()
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    assert b"\n" not in sent.replace(b"\r\n", b"")
    mail = BytesParser(policy=email.policy.strict).parsebytes(sent)
    parts = list(mail.walk())
    assert [one.get_content_type() for one in parts] == ["multipart/alternative", "text/plain", "text/html"]
    assert [one.defects for one in parts] == [[], [], []]
    assert [(name, value.defects) for one in parts for name, value in one.items() if value.defects] == []
    assert mail["Date"].datetime.tzinfo is not None
    assert [one.addr_spec for one in (*mail["From"].addresses, *mail["To"].addresses)] == [
        "pleegzicht@aanbieder.test", "a@x.test"
    ]  # fmt: skip
    names = mail.keys()
    assert len(names) == len({name.lower() for name in names})
