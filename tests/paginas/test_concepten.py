"""What is typed is kept until it is sent: for who typed it alone, unreadable to all others, and for twelve hours."""

import re
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app import clock
from app.db import sessions as db
from app.db.namens import Namens, act_for
from app.queries.accounts import get_actor
from app.queries.concepten import BEWAARD
from app.queries.sessies import IDLE, find_sessie
from app.routers.pages.concepten import GROOTSTE
from app.routers.pages.formulier import FORMULIEREN
from app.security.conceptsleutel import Conceptsleutel, Plek
from app.security.demo_issuer import ISSUER
from app.security.secrets import load_secrets
from app.services.beheer.onderhoud import forget_concepten
from app.services.concepten import MEESTE, drop_concept, keep_concept
from app.services.sessies import end_sessie
from tests.api.client import NOBODY, NU, Dienst, standing_still
from tests.api.database import count_rows, more_looks, more_rows
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_WOORDEN = "Ik wil\nvaker naar <b>opa</b>."
_IN_HET_VELD = "Ik wil\nvaker naar &lt;b&gt;opa&lt;/b&gt;.</textarea>"


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


@pytest.fixture(autouse=True)
def nothing_typed(dienst: Dienst, service_at_work: None) -> Iterator[None]:
    yield
    with dienst.owner.begin() as connection:
        connection.execute(text("DELETE FROM concept"))


@dataclass
class Geval:
    """A form that keeps what is typed: where it opens, where it is sent, and a field of it with words in it."""

    formulier: str
    over: str
    opent: str
    naar: str
    veld: str
    rest: dict[str, str]

    @property
    def adres(self) -> str:
        return f"/concepten/{self.formulier}/{self.over}"

    def velden(self, **over: str) -> dict[str, str]:
        return {**self.rest, self.veld: _WOORDEN, "sleutel": str(uuid4()), **over}


_BEZOEK = {"wanneer": "2026-11-02", "hoe": "thuis", "gezien": "ja", "gesprek": "alleen", "veiligheid": "ja"}
_GESPREK = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True, "datum": "2026-10-12"}


@pytest.fixture(params=["bezoek", "actie", "uitzondering", "bespreking", "verbetering-kindgesprek"])
def geval(request: pytest.FixtureRequest, world: World) -> Geval:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    kind = ids["pleegkind"]
    if request.param == "bezoek":
        return Geval("bezoek", kind, f"/kinderen/{kind}/bezoek", f"/kinderen/{kind}/bezoek", "woorden", _BEZOEK)
    if request.param == "actie":
        rest = {"uiterlijk": "2026-11-20"}
        return Geval("actie", kind, f"/kinderen/{kind}/actie", f"/kinderen/{kind}/actie", "omschrijving", rest)
    if request.param == "uitzondering":
        rest = {"norm-KAG-R": "ja", "borging": "Elke week bellen.", "van": "2026-11-02", "tot": "2026-12-01"}
        path = f"/kinderen/{kind}/uitzondering"
        return Geval("uitzondering", kind, path, path, "reden", rest)
    if request.param == "bespreking":
        path, rest = f"/kinderen/{kind}/bespreking", {"datum": "2026-11-02", "multi": "ja"}
        return Geval("bespreking", kind, path, path, "conclusie", rest)
    body = {**_GESPREK, "plaatsingId": ids["plaatsing"]}
    feit = world["begeleider"].made(f"/pleegkinderen/{kind}/kindgesprekken", body).id
    path, rest = f"/feiten/kindgesprek/{feit}", {"versie": "1", "reden": "aangevuld"}
    return Geval("verbetering-kindgesprek", feit, path, f"{path}/correctie", "stem_van_het_kind", rest)


def concepten(dienst: Dienst) -> list[Any]:
    with dienst.owner.connect() as connection:
        return list(connection.execute(text("SELECT plaats, inhoud FROM concept ORDER BY id")))


# Kept, and there again


def test_what_was_typed_is_there_when_the_form_is_opened_again(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst, world: World
) -> None:
    velden = geval.velden()
    kept = begeleider.post(geval.adres, velden)
    assert (kept.status_code, kept.text) == (200, "10:00")
    for browser in (begeleider, bladeraar(dienst, world["begeleider"])):  # on another machine as well
        page = browser.read(geval.opent)
        assert "<b>Concept van 10:00.</b>" in page
        assert _IN_HET_VELD in page
        assert f'name="sleutel" value="{velden["sleutel"]}"' in page
        assert f'data-concept="{geval.adres}"' in page
        assert re.search(rf'<form action="{geval.naar}" method="post"[^>]* autocomplete="off"', page)  # going back
    begeleider.post(geval.adres, {**velden, geval.veld: "Toch niet."})
    assert "Toch niet.</textarea>" in begeleider.read(geval.opent)
    assert len(concepten(dienst)) == 1


def test_a_colleague_with_the_same_child_sees_nothing_of_it(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst, world: World
) -> None:
    begeleider.post(geval.adres, geval.velden())
    colleague = bladeraar(dienst, world["teamleider"])
    page = colleague.read(geval.opent)
    assert "Concept van" not in page
    assert "opa" not in page
    colleague.post(f"{geval.adres}/weg", {})
    assert _IN_HET_VELD in begeleider.read(geval.opent)


def test_a_form_that_was_sent_has_no_concept_any_more_and_a_refused_one_has(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst
) -> None:
    velden = geval.velden()
    begeleider.post(geval.adres, velden)
    wrong = {"wanneer": "2027-01-01", "uiterlijk": "ooit", "tot": "ooit", "multi": "", "reden": ""}
    again = begeleider.post(geval.naar, {**velden, **{k: v for k, v in wrong.items() if k in geval.rest}})
    assert again.status_code == 400, again.text
    assert "data-los" in again.text
    assert _IN_HET_VELD in again.text
    assert len(concepten(dienst)) == 1
    before = count_rows(dienst.owner)
    answers = [begeleider.post(geval.naar, velden) for _ in range(3)]  # tapped twice, and a retry
    assert {(one.status_code, one.headers["location"]) for one in answers} == {(303, answers[0].headers["location"])}
    made = more_rows(before, count_rows(dienst.owner))
    assert (made["concept"], made["idempotentie"], made["wijzigingspakket"]) == (-1, 1, 1)
    assert "Concept van" not in begeleider.read(geval.opent)


def test_the_same_words_are_the_same_form_however_a_browser_ends_its_lines(begeleider: Bladeraar, geval: Geval) -> None:
    velden = geval.velden()
    first = begeleider.post(geval.naar, velden)
    again = begeleider.post(geval.naar, {**velden, geval.veld: _WOORDEN.replace("\n", "\r\n")})
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    other = begeleider.post(geval.naar, {**velden, geval.veld: "Iets anders."})
    assert other.status_code == 422
    assert "Dit is al bewaard." in other.text
    assert "Iets anders.</textarea>" in other.text


def test_a_text_that_arrives_after_its_form_was_sent_is_not_kept(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst
) -> None:
    velden = geval.velden()
    begeleider.post(geval.naar, velden)
    late = begeleider.post(geval.adres, velden)
    assert (late.status_code, late.text) == (204, "")
    assert concepten(dienst) == []


def test_who_throws_it_away_begins_anew(begeleider: Bladeraar, geval: Geval) -> None:
    begeleider.post(geval.adres, geval.velden())
    answer = begeleider.post(f"{geval.adres}/weg", {})
    assert (answer.status_code, answer.headers["location"]) == (303, geval.opent)
    page = begeleider.read(geval.opent)
    assert "Concept van" not in page
    assert "opa" not in page


def test_a_day_that_was_yesterday_when_it_was_typed_is_still_that_day(begeleider: Bladeraar, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    begeleider.post(f"/concepten/bezoek/{kind}", {**_BEZOEK, "wanneer": "2026-10-31"})
    page = begeleider.read(f"/kinderen/{kind}/bezoek")
    assert re.search(r'name="wanneer" value="anders"[^>]* checked', page)
    assert 'name="datum" value="2026-10-31"' in page


# Whose it is, and what anybody else can make of it


def test_nothing_of_it_can_be_read_in_the_database_and_no_log_tells_of_it(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst
) -> None:
    token, before = begeleider.token("/ik"), count_rows(dienst.owner)
    begeleider.ask("POST", geval.adres, {"formulier": token, **geval.velden()})
    after = count_rows(dienst.owner)
    assert more_rows(before, after) == {"concept": 1}
    assert more_looks(before, after) == {}  # nobody was shown a file
    ((plaats, inhoud),) = concepten(dienst)
    for secret in (b"opa", geval.veld.encode(), geval.over.encode(), UUID(geval.over).bytes, geval.formulier.encode()):
        assert secret not in bytes(plaats) + bytes(inhoud)


def test_a_text_opens_for_its_medewerker_form_and_child_alone(tmp_path: Path) -> None:
    keys, others = (load_secrets(tmp_path / name, create=True) for name in ("deze.json", "andere.json"))
    wie, plek = uuid4(), Plek("bezoek", uuid4())
    slot = Conceptsleutel(keys, wie)
    closed = slot.close(plek, {"woorden": "Ik mis oma."})
    assert slot.open(slot.plaats(plek), closed) == (plek, {"woorden": "Ik mis oma."})
    for other in (Plek("actie", plek.over), Plek("bezoek", uuid4())):
        assert slot.open(slot.plaats(other), closed) is None
    strangers = [Conceptsleutel(keys, uuid4()), Conceptsleutel(others, wie)]
    for stranger in strangers:
        assert stranger.open(slot.plaats(plek), closed) is None
        assert stranger.open(stranger.plaats(plek), closed) is None
        assert stranger.plaats(plek) != slot.plaats(plek)
    assert slot.open(slot.plaats(plek), closed[:-1]) is None
    assert len({slot.merk, *(one.merk for one in strangers)}) == 3


def test_the_database_shows_it_to_no_colleague(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst, world: World
) -> None:
    begeleider.post(geval.adres, geval.velden())
    seen = []
    for wie in ("begeleider", "teamleider", "begeleider_zuid"):
        with db.unit_of_work(dienst.engine) as session:
            actor = get_actor(session, ISSUER, world[wie].subject, clock.today())
            assert actor is not None
            seen.append(session.scalar(text("SELECT count(*) FROM concept")))
            gone = text("DELETE FROM concept WHERE medewerker_id <> :ik RETURNING id")
            assert session.execute(gone, {"ik": actor.medewerker_id}).all() == []
            act_for(session, Namens(actor.organisatie_id))
            assert session.scalar(text("SELECT count(*) FROM concept")) == 0  # nor to a command
    assert seen == [1, 0, 0]


def test_only_a_page_of_ours_keeps_anything(begeleider: Bladeraar, geval: Geval, dienst: Dienst) -> None:
    assert begeleider.ask("POST", geval.adres, geval.velden()).status_code == 403
    assert begeleider.post(geval.adres, geval.velden(), Sec_Fetch_Site="cross-site").status_code == 403
    assert Bladeraar(dienst, "x" * 43).ask("POST", geval.adres, {"formulier": "x"}).status_code in (401, 403)
    assert begeleider.get(geval.adres).status_code in (404, 405)
    assert concepten(dienst) == []


def test_there_is_no_telling_whether_a_child_exists(begeleider: Bladeraar, world: World) -> None:
    own, foreign = (world.files[one]["pleegkind"] for one in ("eigen", "organisatie"))
    answers = [begeleider.post(f"/concepten/bezoek/{one}", dict(_BEZOEK)) for one in (own, foreign, NOBODY)]
    assert {(one.status_code, one.text) for one in answers} == {(200, "10:00")}
    assert begeleider.get(f"/kinderen/{foreign}/bezoek").status_code == 404
    assert begeleider.post(f"/concepten/gedicht/{own}", dict(_BEZOEK)).status_code == 404


def test_there_is_an_end_to_how_much_is_kept(begeleider: Bladeraar, dienst: Dienst) -> None:
    token = begeleider.token("/ik")

    def keep(uid: object, woorden: str = "Ik") -> int:
        sent = {"formulier": token, "woorden": woorden}
        return int(begeleider.ask("POST", f"/concepten/bezoek/{uid}", sent).status_code)

    first = uuid4()
    assert keep(first, "x" * GROOTSTE) == 413
    assert keep(first, "x" * (GROOTSTE - 200)) == 200
    assert [keep(uuid4()) for _ in range(MEESTE - 1)] == [200] * (MEESTE - 1)
    assert keep(uuid4()) == 409
    assert keep(first, "Ik nog iets.") == 200
    assert len(concepten(dienst)) == MEESTE


# When it goes


def typed_before(dienst: Dienst, world: World, geval: Geval, by: timedelta) -> Bladeraar:
    """Let somebody type so long ago, and return their browser of then."""
    with standing_still(NU - by):
        then = bladeraar(dienst, world["begeleider"])
        assert then.post(geval.adres, geval.velden()).status_code == 200
    return then


def test_until_twelve_hours_it_is_there(geval: Geval, dienst: Dienst, world: World) -> None:
    typed_before(dienst, world, geval, BEWAARD - timedelta(seconds=1))
    assert _IN_HET_VELD in bladeraar(dienst, world["begeleider"]).read(geval.opent)
    assert forget_concepten(dienst.owner, NU) == 0


def test_after_twelve_hours_it_is_shown_to_nobody_and_goes(geval: Geval, dienst: Dienst, world: World) -> None:
    typed_before(dienst, world, geval, BEWAARD)
    later = bladeraar(dienst, world["begeleider"])
    assert "Concept van" not in later.read(geval.opent)
    assert "U bent afgemeld" in later.post("/afmelden", {}).text  # nothing to warn of
    assert forget_concepten(dienst.owner, NU) == 0  # signing out took it
    typed_before(dienst, world, geval, BEWAARD)
    bladeraar(dienst, world["begeleider"]).post(f"/concepten/bezoek/{uuid4()}", dict(_BEZOEK))
    assert len(concepten(dienst)) == 1  # who types again takes away what is old
    typed_before(dienst, world, geval, BEWAARD)
    assert forget_concepten(dienst.owner, NU) == 1


def test_a_session_that_ends_by_itself_keeps_it(geval: Geval, dienst: Dienst, world: World) -> None:
    then = typed_before(dienst, world, geval, IDLE)
    assert then.get(geval.opent).status_code == 401
    assert _IN_HET_VELD in bladeraar(dienst, world["begeleider"]).read(geval.opent)


@pytest.mark.parametrize("path", ["/afmelden", "/afmelden/overal"])
def test_signing_out_warns_first_and_takes_it_away(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst, world: World, path: str
) -> None:
    begeleider.post(geval.adres, geval.velden())
    colleague = bladeraar(dienst, world["teamleider"])
    colleague.post(geval.adres, geval.velden())
    warned = begeleider.post(path, {})
    assert "U hebt nog niet alles verstuurd" in warned.text
    assert f'<a href="{geval.opent}">{FORMULIEREN[geval.formulier][0]}</a>, concept van 10:00' in warned.text
    assert "opa" not in warned.text
    assert _IN_HET_VELD in begeleider.read(geval.opent)  # nothing happened yet
    done = begeleider.post(path, {"zeker": "ja"})
    assert "U bent afgemeld" in done.text
    assert begeleider.get("/ik").status_code == 401
    assert "Concept van" not in bladeraar(dienst, world["begeleider"]).read(geval.opent)
    assert _IN_HET_VELD in colleague.read(geval.opent)


def test_who_has_nothing_unsent_signs_out_at_once(begeleider: Bladeraar) -> None:
    assert "U bent afgemeld" in begeleider.post("/afmelden", {}).text


@pytest.mark.parametrize("zo", ["verstuurd", "afgemeld"])
def test_a_text_on_its_way_does_not_outlive_its_sending_or_signing_out(
    dienst: Dienst, world: World, begeleider: Bladeraar, zo: str
) -> None:
    """Both at once: the one that keeps waits for the one that takes away, and then sees what it did."""
    plaats, sleutel = secrets.token_bytes(32), str(uuid4())
    came: list[object] = []

    def keep() -> None:
        with db.unit_of_work(dienst.engine) as session:
            sessie = find_sessie(session, begeleider.cookie, NU)
            actor = get_actor(session, ISSUER, world["begeleider"].subject, NU.date())
            assert sessie is not None
            assert actor is not None
            try:
                came.append(keep_concept(session, actor, sessie, plaats, b"x", sleutel=sleutel, nu=NU))
            except Exception as refused:  # noqa: BLE001 - what it is, is looked at below
                came.append(type(refused).__name__)

    with db.unit_of_work(dienst.engine) as session:
        sessie = find_sessie(session, begeleider.cookie, NU)
        actor = get_actor(session, ISSUER, world["begeleider"].subject, NU.date())
        assert sessie is not None
        assert actor is not None
        claim = text(
            "INSERT INTO idempotentie (organisatie_id, account_id, sleutel, verzoek_hash, aangemaakt_op) "
            "VALUES (:organisatie, :account, :sleutel, 'x', :op)"
        )
        if zo == "verstuurd":
            own = {"organisatie": actor.organisatie_id, "account": actor.account_id, "sleutel": sleutel, "op": NU}
            session.execute(claim, own)
        drop_concept(session, actor, plaats)
        if zo == "afgemeld":
            end_sessie(session, sessie, NU)
        thread = threading.Thread(target=keep)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()  # it waits
    thread.join(10)
    assert came == [False if zo == "verstuurd" else "NotSignedIn"]
    assert concepten(dienst) == []


# A form that is refused before its page can show it again


def test_what_was_written_is_given_back_with_any_refusal(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst, world: World
) -> None:
    old, own = begeleider.token("/ik"), {"Sec_Fetch_Site": "same-origin"}
    sent = {"formulier": old, **geval.velden()}
    gone, again = Bladeraar(dienst, "x" * 43), bladeraar(dienst, world["begeleider"])
    absent = geval.naar.replace(geval.over, NOBODY)
    answers = [
        (gone.ask("POST", geval.naar, sent, **own), 401),
        (again.ask("POST", geval.naar, sent, **own), 403),  # of the session before
        (begeleider.ask("POST", absent, sent, **own), 404),
    ]
    for answer, status in answers:
        assert answer.status_code == status
        assert "Wat u typte is hier nog" in answer.text
        assert _IN_HET_VELD in answer.text
    for site in ({}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "none"}):
        assert "opa" not in gone.ask("POST", geval.naar, sent, **site).text


# What the scripts need of every page


def test_every_page_says_whose_it_is_and_how_long_the_session_lasts(dienst: Dienst, world: World) -> None:
    merken = set()
    for wie in ("begeleider", "teamleider", "begeleider"):
        page = bladeraar(dienst, world[wie]).read("/ik")
        found = re.search(r'<body[^>]* data-merk="([0-9a-f]{32})"', page)
        assert found
        merken.add(found[1])
        assert 'data-stil="1740" data-nog="43200"' in page
    assert len(merken) == 2
