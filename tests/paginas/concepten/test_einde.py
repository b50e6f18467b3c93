"""What is typed goes after twelve hours, or when its session is ended."""

import re
import secrets
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.db import sessions as db
from app.queries.accounts.actor import get_actor
from app.queries.accounts.sessies import IDLE, find_sessie
from app.queries.concepten import BEWAARD
from app.routers.pages.formulieren.formulier import FORMULIEREN
from app.security.demo_issuer import ISSUER
from app.services.beheer.onderhoud import forget_concepten
from app.services.concepten import drop_concept, keep_concept
from app.services.sessies import end_sessie
from tests.api.client import NU, Dienst, standing_still
from tests.api.world import World
from tests.paginas.concepten.conftest import BEZOEK, IN_HET_VELD, Geval, concepten
from tests.paginas.conftest import Bladeraar, bladeraar


def typed_before(dienst: Dienst, world: World, geval: Geval, by: timedelta) -> Bladeraar:
    """Let somebody type so long ago, and return their browser of then."""
    with standing_still(NU - by):
        then = bladeraar(dienst, world["begeleider"])
        assert then.post(geval.adres, geval.velden()).status_code == 200
    return then


def test_until_twelve_hours_it_is_there(geval: Geval, dienst: Dienst, world: World) -> None:
    typed_before(dienst, world, geval, BEWAARD - timedelta(seconds=1))
    assert IN_HET_VELD in bladeraar(dienst, world["begeleider"]).read(geval.opent)
    assert forget_concepten(dienst.owner, NU) == 0


def test_after_twelve_hours_it_is_shown_to_nobody_and_goes(geval: Geval, dienst: Dienst, world: World) -> None:
    typed_before(dienst, world, geval, BEWAARD)
    later = bladeraar(dienst, world["begeleider"])
    assert "Concept van" not in later.read(geval.opent)
    assert "U bent afgemeld" in later.post("/afmelden", {}).text  # nothing to warn of
    assert forget_concepten(dienst.owner, NU) == 0  # signing out took it
    typed_before(dienst, world, geval, BEWAARD)
    bladeraar(dienst, world["begeleider"]).post(f"/concepten/bezoek/{uuid4()}", dict(BEZOEK))
    assert len(concepten(dienst)) == 1  # who types again takes away what is old
    typed_before(dienst, world, geval, BEWAARD)
    assert forget_concepten(dienst.owner, NU) == 1


def test_a_session_that_ends_by_itself_keeps_it(geval: Geval, dienst: Dienst, world: World) -> None:
    then = typed_before(dienst, world, geval, IDLE)
    assert then.get(geval.opent).status_code == 401
    assert IN_HET_VELD in bladeraar(dienst, world["begeleider"]).read(geval.opent)


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
    assert IN_HET_VELD in begeleider.read(geval.opent)  # nothing happened yet
    done = begeleider.post(path, {"zeker": "ja"})
    assert "U bent afgemeld" in done.text
    assert begeleider.get("/ik").status_code == 401
    assert "Concept van" not in bladeraar(dienst, world["begeleider"]).read(geval.opent)
    assert IN_HET_VELD in colleague.read(geval.opent)


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
