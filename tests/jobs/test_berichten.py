"""What must be heard is heard once, by who has the child then, in words that say nothing of anybody."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from app.models import (
    Afwezigheid,
    Begeleiding,
    Bericht,
    Bezorging,
    Gezinslid,
    Kindgesprek,
    Opvolgstap,
    Plaatsing,
    Signaal,
    Uitzondering,
    Veiligheidscheck,
    Vgb,
)
from app.models.versions import holds
from app.services.berichten.afloop import POGINGEN
from app.services.berichten.weekbericht import announce_week
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import Berichtreden, Bezorgafloop
from tests.jobs.conftest import NU, STRAKS, VANDAAG, Wereld, secret_words

TEAM = ["begeleider", "gedragswetenschapper", "teamleider"]


def onveilig(wereld: Wereld, plaatsing: Plaatsing, **other: Any) -> Any:
    values = {"plaatsing_id": plaatsing.feit_id, "datum": VANDAAG, "uitkomst": "onveilig", "instrument": "ARIJ"}
    return wereld.record(Veiligheidscheck, **{**values, "medewerker_id": wereld.medewerker("begeleider"), **other})


def signaal(wereld: Wereld, plaatsing: Plaatsing, **other: Any) -> Any:
    values = {
        "pleegkind_id": plaatsing.pleegkind_id, "datum": VANDAAG, "bekend_geworden_op": VANDAAG, "soort": "melding",
        "vraagt_veiligheidscheck": False, "calamiteit": False, "bij_twijfel": False, "onthulling": False,
        "geweld": False, "letsel": False,
    }  # fmt: skip
    return wereld.record(Signaal, **{**values, **other})


def gesprek(wereld: Wereld, plaatsing: Plaatsing, **other: Any) -> Any:
    values = {
        "plaatsing_id": plaatsing.feit_id, "datum": VANDAAG, "doorgegaan": True, "alleen": True, "vorm": "fysiek",
        "veiligheid_besproken": True, "veilig_in_gezin": "nee", "medewerker_id": wereld.medewerker("begeleider"),
    }  # fmt: skip
    return wereld.record(Kindgesprek, **{**values, **other})


def ingetrokken_vgb(wereld: Wereld, plaatsing: Plaatsing, datum: date = VANDAAG) -> Any:
    with wereld.session() as session:
        lid = session.scalars(
            select(Gezinslid).where(
                Gezinslid.pleeggezin_id == plaatsing.pleeggezin_id, Gezinslid.rol == "pleegouder", holds(Gezinslid)
            )
        ).first()
    assert lid is not None
    return wereld.record(Vgb, gezinslid_id=lid.feit_id, status="ingetrokken", datum=datum)


def uitzondering(wereld: Wereld, plaatsing: Plaatsing, *, approved: bool = True, **other: Any) -> Any:
    values = {
        "pleegkind_id": plaatsing.pleegkind_id, "soort": "uitzondering", "normen": ["MDO"], "reden": "Verhuizing.",
        "borging": "Wekelijks contact met school.", "van": VANDAAG, "herzien_uiterlijk": VANDAAG + timedelta(days=60),
        "opgesteld_door": wereld.medewerker("begeleider"),
    }  # fmt: skip
    by = {"goedgekeurd_door": wereld.medewerker("gedragswetenschapper"), "goedkeurder_rol": "gedragswetenschapper"}
    return wereld.record(Uitzondering, **{**values, **(by if approved else {}), **other})


def overleg(wereld: Wereld, plaatsing: Plaatsing, check: Any) -> Any:
    return wereld.record(
        Opvolgstap, pleegkind_id=plaatsing.pleegkind_id, veiligheidscheck_id=check.feit_id, stap="overleg",
        met="gedragswetenschapper", datum=VANDAAG, medewerker_id=wereld.medewerker("begeleider"),
    )  # fmt: skip


def outbox(wereld: Wereld) -> list[Bericht]:
    with wereld.session() as session:
        return list(session.scalars(select(Bericht).order_by(Bericht.id)))


def first_bezorging(wereld: Wereld) -> Bezorging:
    with wereld.session() as session:
        return session.scalars(select(Bezorging).order_by(Bezorging.id).limit(1)).one()


def alles(wereld: Wereld, place: int) -> None:
    """Record whatever somebody hears of, for one child of each of two begeleiders."""
    for gebruiker in ("begeleider", "begeleider2"):
        plaatsing = wereld.plaatsing_of(gebruiker, place)
        onveilig(wereld, plaatsing)
        gesprek(wereld, plaatsing)
        signaal(wereld, plaatsing, onthulling=True)
        signaal(wereld, plaatsing, calamiteit=True, letsel=True, geweld=True)
        ingetrokken_vgb(wereld, plaatsing)
        uitzondering(wereld, plaatsing)


@pytest.mark.parametrize(
    "cause",
    [
        onveilig,
        gesprek,
        lambda wereld, plaatsing: signaal(wereld, plaatsing, onthulling=True),
        lambda wereld, plaatsing: signaal(wereld, plaatsing, calamiteit=True),
        ingetrokken_vgb,
    ],
    ids=["onveilig", "gesprek", "onthulling", "calamiteit", "vgb"],
)
def test_at_once_the_begeleider_and_the_team_hear_it_and_only_once(wereld: Wereld, cause: Any) -> None:
    cause(wereld, wereld.plaatsing_of("begeleider"))
    assert wereld.deliver().verstuurd == 3
    assert wereld.post.who == TEAM
    assert wereld.deliver(NU + timedelta(minutes=5)).verstuurd == 0
    assert len(wereld.post.taken) == 3


def test_what_asks_for_nothing_is_heard_by_nobody(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    onveilig(wereld, plaatsing, uitkomst="veilig")
    gesprek(wereld, plaatsing, veilig_in_gezin="ja")
    signaal(wereld, plaatsing)
    assert outbox(wereld) == []


def test_a_record_that_does_not_commit_announces_nothing(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    values = {"plaatsing_id": plaatsing.feit_id, "datum": VANDAAG, "uitkomst": "onveilig", "instrument": "ARIJ"}
    with wereld.session() as session:
        recording = begin_recording(session, wereld.organisatie_id, NU, None)
        record_feit(recording, Veiligheidscheck, {**values, "medewerker_id": wereld.medewerker("begeleider")})
        assert session.scalars(select(Bericht)).first() is not None
        session.rollback()
    assert outbox(wereld) == []


def test_who_was_spoken_to_meanwhile_hears_nothing(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    overleg(wereld, plaatsing, onveilig(wereld, plaatsing))
    assert (wereld.deliver().vervallen, wereld.post.taken) == (1, [])


def test_what_was_withdrawn_meanwhile_is_heard_by_nobody(wereld: Wereld) -> None:
    wereld.correct(onveilig(wereld, wereld.plaatsing_of("begeleider")), withdraw=True)
    assert (wereld.deliver().vervallen, wereld.post.taken) == (1, [])


def test_a_vgb_that_was_given_again_meanwhile_is_heard_by_nobody(wereld: Wereld) -> None:
    """Of every child of the family it is asked again."""
    plaatsing = wereld.plaatsing_of("begeleider")
    vgb = ingetrokken_vgb(wereld, plaatsing)
    again = wereld.record(Vgb, gezinslid_id=vgb.gezinslid_id, status="afgegeven", datum=VANDAAG)
    assert (wereld.deliver().vervallen, wereld.post.taken) == (1, [])
    wereld.correct(again, withdraw=True)
    wereld.correct(vgb, withdraw=True)


def test_only_who_has_the_child_now_hears_it(wereld: Wereld) -> None:
    """Also when it was addressed to somebody else, whose mail could not be delivered at first."""
    plaatsing = wereld.plaatsing_of("begeleider", 1)
    onveilig(wereld, plaatsing)
    wereld.post.refuse = "451 later"
    assert wereld.deliver().mislukt == 3
    before = wereld.begeleiding_of(plaatsing)
    ended = wereld.correct(before, tot=VANDAAG)
    new = wereld.record(
        Begeleiding, plaatsing_id=plaatsing.feit_id, medewerker_id=wereld.medewerker("begeleider2"), van=VANDAAG
    )
    wereld.post.refuse = ""
    done = wereld.deliver(NU + timedelta(minutes=2))
    assert "begeleider" not in wereld.post.who
    assert done.vervallen >= 1
    wereld.deliver(NU + timedelta(minutes=3))
    assert wereld.post.who == ["begeleider2", *TEAM[1:]]
    wereld.correct(new, withdraw=True)
    wereld.correct(ended, tot=None)


def test_who_has_the_child_again_hears_it_after_all(wereld: Wereld) -> None:
    """Given to somebody else by mistake while no mail could be delivered, and taken back before it could."""
    plaatsing = wereld.plaatsing_of("begeleider", 1)
    onveilig(wereld, plaatsing)
    wereld.post.refuse = "451 later"
    wereld.deliver()
    ended = wereld.correct(wereld.begeleiding_of(plaatsing), tot=VANDAAG)
    other = wereld.medewerker("begeleider2")
    new = wereld.record(Begeleiding, plaatsing_id=plaatsing.feit_id, medewerker_id=other, van=VANDAAG)
    for minutes in (2, 5):
        wereld.deliver(NU + timedelta(minutes=minutes))
    wereld.correct(new, withdraw=True)
    wereld.correct(ended, tot=None)
    wereld.post.refuse = ""
    for minutes in (30, 31):
        wereld.deliver(NU + timedelta(minutes=minutes))
    assert wereld.post.who == TEAM


def test_who_covers_hears_it_in_the_place_of_who_is_absent(wereld: Wereld) -> None:
    days = timedelta(days=60)  # when no other test delivers: an absence stays
    absent, cover = (wereld.medewerker(one) for one in ("begeleider", "begeleider2"))
    with wereld.session() as session:
        away = Afwezigheid(
            uid=uuid4(), organisatie_id=wereld.organisatie_id, medewerker_id=absent, vervanger_id=cover,
            van=VANDAAG + days, tot=VANDAAG + days + timedelta(days=1), vastgelegd_op=NU, vastgelegd_door=absent,
        )  # fmt: skip
        session.add(away)
        session.commit()
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    wereld.deliver(STRAKS + days)
    assert wereld.post.who == ["begeleider2", "gedragswetenschapper", "teamleider"]
    onveilig(wereld, wereld.plaatsing_of("begeleider", 1))
    wereld.deliver(STRAKS + days + timedelta(days=1))  # back again
    assert wereld.post.who.count("begeleider") == 1


def test_late_is_announced_with_its_day_and_heard_that_morning(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    check = onveilig(wereld, plaatsing, uitkomst="zorgen")
    (bericht,) = outbox(wereld)
    assert (bericht.reden, bericht.feit_uid) == (Berichtreden.OPVOLGING_LAAT, check.uid)
    assert bericht.vanaf == datetime(2026, 11, 27, 6, tzinfo=UTC)  # a day to talk about it, then seven in the morning
    assert wereld.deliver(bericht.vanaf - timedelta(seconds=1)).verstuurd == 0
    assert wereld.deliver(bericht.vanaf).verstuurd == 3
    assert wereld.post.who == TEAM
    assert wereld.deliver(bericht.vanaf + timedelta(days=3)).verstuurd == 0


def test_a_message_that_came_too_early_waits_for_its_day(wereld: Wereld) -> None:
    """The rule decides, not the day that was written down."""
    onveilig(wereld, wereld.plaatsing_of("begeleider"), uitkomst="zorgen")
    with wereld.session() as session:
        session.execute(update(Bericht).values(vanaf=NU))
        session.commit()
    assert wereld.deliver().uitgesteld == 1
    assert [one.vanaf for one in outbox(wereld)] == [datetime(2026, 11, 27, 6, tzinfo=UTC)]


def test_four_that_deliver_at_once_send_each_once(wereld: Wereld) -> None:
    for place in range(6):
        onveilig(wereld, wereld.plaatsing_of("begeleider", place))
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: wereld.deliver(), range(4)))
    wereld.deliver(STRAKS + timedelta(seconds=1))
    with wereld.session() as session:
        rows = session.scalars(select(Bezorging)).all()
    assert {one.afloop for one in rows} == {Bezorgafloop.VERSTUURD}
    assert len(rows) == 18
    assert sum(one.verstuurd for one in done) <= 18
    marks = [mail["Message-ID"] for _, mail in wereld.post.taken]
    assert len(marks) == len(set(marks))
    told = {mark.partition("@")[0].strip("<") for mark in marks}
    assert told <= {str(one.kenmerk) for one in rows}
    assert {one.pogingen for one in rows} == {1}


def test_what_fails_is_tried_later_and_later_and_then_given_up(wereld: Wereld) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    wereld.post.refuse = "451 later"
    nu, waited = STRAKS, []
    for _ in range(POGINGEN):
        wereld.deliver(nu)
        one = first_bezorging(wereld)
        waited.append(int((one.volgende_op - nu).total_seconds()) // 60)
        nu = max(one.volgende_op, nu)
    assert waited[:-1] == [1, 2, 4, 8, 16, 32, 64, 128, 240]
    one = first_bezorging(wereld)
    assert (one.afloop, one.fout, one.pogingen) == (Bezorgafloop.ONBEZORGBAAR, "smtp 451", POGINGEN)
    wereld.post.refuse = ""
    assert wereld.deliver(nu + timedelta(days=1)).verstuurd == 0


def test_an_address_that_does_not_exist_is_given_up_at_once(wereld: Wereld) -> None:
    onveilig(wereld, wereld.plaatsing_of("begeleider"))
    wereld.post.refuse = "550 nobody"
    assert wereld.deliver().onbezorgbaar == 3


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skip = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.skip = tag == "title"

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.found += data.split()


def _parts(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def names_nobody(wereld: Wereld) -> None:
    """Look for every name, part of a name, number, id, reason and address in all of every mail that was taken."""
    reasons = {"onthulling", "onveilig", "calamiteit", "vgb", "letsel", "geweld", "opvolging", "pleegkind"}
    facts = {str(one.feit_uid) for one in outbox(wereld)}
    words = secret_words(wereld) | reasons | facts
    assert facts
    for address, mail in wereld.post.taken:
        plain, html = _parts(mail)
        head = "\n".join(f"{name}: {value}" for name, value in mail.items() if name != "To")
        assert mail["To"] == address
        told = f"{head}\n{plain}\n{html}"
        assert [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", told, re.IGNORECASE)] == []
        reader = _Words()
        reader.feed(html)
        assert reader.found == plain.split()
        assert re.findall(r"https?://\S+", plain) == ["https://pz.test/"]


def test_everything_the_demo_can_cause_names_nobody(wereld: Wereld) -> None:
    """Sent by a real server's protocol: what is heard at once, what got late, what ends, and the week."""
    alles(wereld, 2)
    with wereld.session() as session:
        announce_week(session, wereld.organisatie_id, wereld.plaats.kanalen, NU)
        session.commit()
    assert {one.reden for one in outbox(wereld)} == set(Berichtreden)
    wereld.deliver()
    assert sum("weekoverzicht" in str(mail["Subject"]) for _, mail in wereld.post.taken) == 5
    wereld.deliver(datetime(2026, 11, 27, 6, tzinfo=UTC))
    assert wereld.deliver(datetime(2027, 1, 10, 6, tzinfo=UTC)).verstuurd >= 3  # before the uitzondering ends
    assert set(wereld.post.who) == {*TEAM, "begeleider2", "kwaliteit"}
    names_nobody(wereld)
    at_once = [mail for _, mail in wereld.post.taken if "weekoverzicht" not in str(mail["Subject"])]
    assert {str(mail["Subject"]) for mail in at_once} == {"Er is iets dat vandaag aandacht vraagt."}
    assert all("Er is iets dat vandaag aandacht vraagt." in _parts(mail)[0] for mail in at_once)
