"""On the page of a child and in the lists everybody reads what was put off, until when, by whom and why."""

import re

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import bladeraar

REDEN = "Het kind is op schoolkamp."


def test_what_is_put_off_is_read_on_the_page_and_in_the_lists(dienst: Dienst, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"], "2026-04-01")["pleegkind"]
    begeleider, leider = bladeraar(dienst, world["begeleider"]), bladeraar(dienst, world["teamleider"])
    assert f"/kinderen/{kind}/uitstel?norm=KAG-R" in begeleider.read(f"/kinderen/{kind}")
    path = f"/kinderen/{kind}/uitstel"
    form = begeleider.read(f"{path}?norm=KAG-R")
    assert re.search(r'value="norm KAG-R" checked', form)
    again = begeleider.post(path, {"wat": "norm KAG-R", "tot": "2027-01-01", "reden": REDEN})
    assert again.status_code == 400
    assert f"{REDEN}</textarea>" in again.text
    made = begeleider.post(path, {"wat": "norm KAG-R", "tot": "2026-11-12", "reden": REDEN})
    assert made.headers["location"] == f"/kinderen/{kind}#uitgesteld"
    until = "uitgesteld tot 12\N{NO-BREAK SPACE}november[^<:]* door [^<:]+(?:<span class=.naam-vol.>)?: "
    said = re.compile(f"{until}{re.escape(REDEN)}")
    for browser, page in ((begeleider, f"/kinderen/{kind}"), (begeleider, "/kinderen"), (leider, f"/kinderen/{kind}")):
        assert said.search(browser.read(page)), page
    assert f'<span class="naam-vol">: {REDEN}</span>' in begeleider.read("/kinderen")  # it may hold a name
    page = leider.read(f"/kinderen/{kind}")
    assert "Te laat" in page or "Nog nooit" in page
    end = re.search(r"/uitstellen/[0-9a-f-]{36}/einde", page)
    assert end
    assert leider.post(end[0], {"versie": "9"}).status_code == 412
    assert leider.post(end[0], {"versie": "1"}).headers["location"] == f"/kinderen/{kind}#uitgesteld"
    assert not said.search(begeleider.read(f"/kinderen/{kind}"))
    assert not said.search(begeleider.read("/kinderen"))


def test_what_must_be_done_after_a_worry_is_no_choice(dienst: Dienst, world: World) -> None:
    """Nor is it when somebody sends it all the same."""
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    kind = ids["pleegkind"]
    check = {"plaatsingId": ids["plaatsing"], "datum": "2026-11-02", "instrument": "LIRIK", "uitkomst": "zorgen"}
    world["begeleider"].made(f"/pleegkinderen/{kind}/veiligheidschecks", check)
    begeleider = bladeraar(dienst, world["begeleider"])
    assert "Overleg na een zorg" not in begeleider.read(f"/kinderen/{kind}/uitstel")
    refused = begeleider.post(f"/kinderen/{kind}/uitstel", {"wat": "norm OPV-O", "tot": "2026-11-12", "reden": REDEN})
    assert refused.status_code == 400
    assert "wordt nooit uitgesteld" in refused.text


def test_who_does_not_guide_the_child_finds_nothing(dienst: Dienst, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    assert bladeraar(dienst, world["begeleider_zuid"]).get(f"/kinderen/{kind}/uitstel").status_code == 404


def test_of_an_uitzondering_the_end_is_put_off_once_it_is_approved(dienst: Dienst, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    kind, begeleider = ids["pleegkind"], bladeraar(dienst, world["begeleider"])
    body = SOORTEN_VAN_FEIT["uitzondering"].body(ids)
    made = world["begeleider"].made(f"/pleegkinderen/{kind}/uitzonderingen", body)
    path = f"/kinderen/{kind}/uitstel"
    assert f'value="{made.id}"' not in begeleider.read(path)
    world["teamleider"].made(f"/uitzonderingen/{made.id}/goedkeuring", {}, etag=made.etag)
    assert f'value="{made.id}"' in begeleider.read(path)
    assert begeleider.post(path, {"wat": made.id, "tot": "2026-11-12", "reden": REDEN}).status_code == 303
    page = begeleider.read(f"/kinderen/{kind}").split('id="uitgesteld"')[1]
    assert "uitzondering" in page.split("</section>")[0].lower()
