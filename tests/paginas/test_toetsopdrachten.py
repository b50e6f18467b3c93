"""A large audit on pages: it is made beside the page, which says how far it is, with scripts and without."""

import re
from datetime import timedelta

import pytest

from app.jobs.toetsopdrachten import Makerij
from app.routers.pages.kwartaaltoetsen import toetsen as pages
from app.routers.pages.kwartaaltoetsen.opdrachten import LANG, said
from tests.api.client import NU, Dienst, standing_still
from tests.api.opdrachten import maker_of, werk
from tests.api.toetswereld import Audit, small_audit
from tests.api.world import World
from tests.paginas.conftest import bladeraar

Q3 = {"kwartaal": "2026-Q3"}


@pytest.fixture
def audit(dienst: Dienst, world: World, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """Return a small organisatie, in which two children are many."""
    monkeypatch.setattr(pages, "VEEL", 1)
    return small_audit(dienst, world)


def test_many_children_are_not_waited_for(dienst: Dienst, audit: Audit) -> None:
    kwaliteit = bladeraar(dienst, audit.kwaliteit)
    where = kwaliteit.post("/kwartaaltoetsen", Q3).headers["location"]
    assert re.fullmatch("/toetsopdrachten/[0-9a-f-]{36}", where)
    waits = kwaliteit.read(where)
    assert "De toets staat klaar om gemaakt te worden; dat begint meestal binnen een minuut." in waits
    assert f'href="{where}">Kijk opnieuw</a>' in waits
    assert re.search(r'<script type="module" src="/static/opdracht\.[0-9a-f]+\.js">', waits)
    assert where in kwaliteit.read("/kwartaaltoetsen")
    werk(dienst, audit.kwaliteit)
    made = kwaliteit.read(where)
    assert "De toets is gemaakt." in made
    assert "Kijk opnieuw" not in made
    assert "opdracht." not in made
    toets = re.search(r'href="(/kwartaaltoetsen/[0-9a-f-]{36})">Naar de toets', made)
    assert toets
    assert "Concept" in kwaliteit.read(toets[1])


def test_a_file_of_many_children_is_asked_for_and_fetched(dienst: Dienst, audit: Audit) -> None:
    toets, kwaliteit = audit.build(), bladeraar(dienst, audit.kwaliteit)
    page = kwaliteit.read(f"/kwartaaltoetsen/{toets.id}")
    assert "XLSX laten maken" in page
    assert "export?formaat" not in page
    path = f"/kwartaaltoetsen/{toets.id}/export"
    where = kwaliteit.post(path, {"formaat": "xlsx"}).headers["location"]
    werk(dienst, audit.kwaliteit)
    assert f'href="{where}/export"' in kwaliteit.read(where)
    given = kwaliteit.get(f"{where}/export")
    assert given.content == kwaliteit.get(f"{path}?formaat=xlsx").content
    assert given.headers["content-disposition"].startswith("attachment")
    assert kwaliteit.post(path, {"formaat": "exe"}).status_code == 400


def test_few_children_stay_as_they_were(dienst: Dienst, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "VEEL", 2)
    kwaliteit = bladeraar(dienst, audit.kwaliteit)
    where = kwaliteit.post("/kwartaaltoetsen", Q3).headers["location"]
    assert where.startswith("/kwartaaltoetsen/")
    page = kwaliteit.read(where)
    assert f"{where}/export?formaat=xlsx" in page
    assert "laten maken" not in page


def test_it_is_said_when_nobody_makes_what_waits(dienst: Dienst, audit: Audit) -> None:
    kwaliteit = bladeraar(dienst, audit.kwaliteit)
    where = kwaliteit.post("/kwartaaltoetsen", Q3).headers["location"]
    with standing_still(NU + LANG):
        late = kwaliteit.read(where)
    assert "dat is nog niet begonnen. Vraag de beheerder of pleegzicht werk draait" in late


def test_how_far_it_is_is_said_in_children(dienst: Dienst, audit: Audit) -> None:
    kwaliteit = bladeraar(dienst, audit.kwaliteit)
    where = kwaliteit.post("/kwartaaltoetsen", Q3).headers["location"]
    maker: Makerij = maker_of(dienst, audit.kwaliteit)
    opdracht = maker.claim(maker.open_orders()[0])
    assert opdracht is not None
    assert "De toets wordt gemaakt." in kwaliteit.read(where)
    maker.progress(opdracht)(1200, 3400, "")
    assert "De toets wordt gemaakt: 1.200 van 3.400 kinderen." in kwaliteit.read(where)
    maker.refuse(opdracht, "Het ging niet.")
    assert "Het ging niet." in kwaliteit.read(where)


def test_only_who_may_sees_it(dienst: Dienst, audit: Audit, world: World) -> None:
    where = bladeraar(dienst, audit.kwaliteit).post("/kwartaaltoetsen", Q3).headers["location"]
    assert bladeraar(dienst, audit.world["teamleider"]).get(where).status_code == 403
    assert where not in bladeraar(dienst, audit.world["teamleider"]).read("/kwartaaltoetsen")
    stranger = bladeraar(dienst, world["vreemde_kwaliteit"])
    assert stranger.get(where).status_code == 404
    assert stranger.get(f"{where}/export").status_code == 404
    assert where not in stranger.read("/kwartaaltoetsen")


def test_a_file_waits_in_words_of_its_own() -> None:
    waits = {"formaat": "pdf", "geeindigd_op": None, "begonnen_op": None, "gevraagd_op": NU}
    assert said(waits, NU + LANG - timedelta(seconds=1)).startswith("Het bestand staat klaar")
