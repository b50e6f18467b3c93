"""The change log on a page: who wrote what about a child and why, and never what people wrote."""

from app.queries.wijzigingen.rijen import VASTGELEGD
from app.routers.pages.woorden.wijzigingen import HANDELINGEN, ZAKEN
from app.terms import Wijzigingshandeling
from tests.api.client import Dienst
from tests.api.files import ALLEEN
from tests.api.world import World, place_child
from tests.paginas.conftest import bladeraar, titel

_STEM = "Kanarie in de boom"


def test_a_correction_shows_who_changed_what_and_why(dienst: Dienst, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    kind, talk = ids["pleegkind"], {**ALLEEN, "plaatsingId": ids["plaatsing"], "datum": "2026-10-30"}
    made = world["begeleider"].made(f"/pleegkinderen/{kind}/kindgesprekken", {**talk, "stemVanHetKind": _STEM})
    body = {"reden": "Verkeerd onthouden", "vorm": "telefoon", "stemVanHetKind": "Anders"}
    world["begeleider"].post(f"/kindgesprekken/{made.id}/correctie", body, etag=made.etag)
    other = place_child(world["teamleider"])["pleegkind"]  # of whom the last changes are
    naam = world["beheerder"].read(f"/medewerkers/{world.medewerkers['begeleider']}")["naam"]
    page = bladeraar(dienst, world["beheerder"]).read(f"/wijzigingen?pleegkind={kind}")
    first = page.split("<tbody>")[1].split("</tr>")[0]
    assert "Gesprek met het kind gewijzigd" in first
    assert "Verkeerd onthouden" in first
    assert naam in first
    assert "Hoe was het: fysiek werd <b>telefoon</b>" in first
    assert "tekst die hier niet staat" in first
    assert _STEM not in page
    child = world["begeleider"].read(f"/pleegkinderen/{kind}")
    assert child["achternaam"] not in titel(page)
    assert f'href="/kinderen/{other}"' in bladeraar(dienst, world["beheerder"]).read("/wijzigingen")


def test_it_is_reached_from_the_child_and_only_for_who_may(dienst: Dienst, world: World) -> None:
    kind = world.files["eigen"]["pleegkind"]
    assert f'href="/wijzigingen?pleegkind={kind}"' in bladeraar(dienst, world["beheerder"]).read(f"/kinderen/{kind}")
    own = bladeraar(dienst, world["begeleider"])
    assert "/wijzigingen" not in own.read(f"/kinderen/{kind}")
    assert own.get(f"/wijzigingen?pleegkind={kind}").status_code == 403
    everything = bladeraar(dienst, world["kwaliteit"]).read("/wijzigingen?limit=200")
    assert f'href="/kinderen/{kind}"' in everything
    assert world.files["vreemd"]["pleegkind"] not in everything


def test_everything_that_the_log_follows_has_a_word() -> None:
    assert ZAKEN.keys() == set(VASTGELEGD)
    assert HANDELINGEN.keys() == set(Wijzigingshandeling)
