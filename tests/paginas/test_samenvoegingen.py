"""Two files of one child, on pages: who is to approve finds the proposal there, and for a month it is undone there."""

import re
from datetime import timedelta

from app.norms.samenvoeging import TERMIJN
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NU, Dienst, Gemaakt, standing_still
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_REDEN = "Verhuisde en werd opnieuw ingevoerd."


def propose(world: World, who: str) -> tuple[str, str, Gemaakt]:
    """Return the child that stays, the nummer of the other file, and the proposal."""
    soort, leider = SOORTEN_VAN_FEIT["pleegkind"], world["teamleider"]
    kind = place_child(leider, world.medewerkers["begeleider"])["pleegkind"]
    born = leider.read(f"/pleegkinderen/{kind}")["geboortedatum"]
    ander = leider.made(soort.path({}), {**soort.body({}), "geboortedatum": born})
    body = {"anderKindId": ander.id, "reden": _REDEN}
    return kind, ander.shown["nummer"], world[who].made(f"/pleegkinderen/{kind}/samenvoeging", body)


def waiting(browser: Bladeraar) -> int:
    """Return how many the beheerder is told to decide on: other tests leave some."""
    told = re.search(r"(\d+)\s+wach\w+ op uw akkoord", browser.read("/beheer"))
    return int(told[1]) if told else 0


def test_another_finds_it_approves_it_and_undoes_it(dienst: Dienst, world: World) -> None:
    own, leider, begeleider = (bladeraar(dienst, world[who]) for who in ("beheerder", "teamleider", "begeleider"))
    before = waiting(own)
    kind, nummer, made = propose(world, "beheerder")
    path = f"/samenvoegingen/{made.id}"
    assert path in leider.read("/team")
    assert waiting(own) == before  # one's own does not wait for oneself
    assert path not in bladeraar(dienst, world["gedragswetenschapper"]).read("/team")  # who may not approve it
    for who in (leider, own, begeleider):
        assert path in who.read("/samenvoegingen")
    assert "U hebt deze samenvoeging zelf voorgesteld." in own.read(path)
    assert own.post(f"{path}/goedkeuring", {"versie": "1"}).status_code == 409
    assert "Akkoord geven" not in begeleider.read(path)
    assert begeleider.post(f"{path}/goedkeuring", {"versie": "1"}).status_code == 403
    shown = leider.read(path)
    assert nummer in shown
    assert _REDEN in shown
    assert leider.post(f"{path}/goedkeuring", {"versie": "7"}).status_code == 412
    assert leider.post(f"{path}/goedkeuring", {"versie": "1"}).headers["location"] == path
    assert path not in leider.read("/team")
    assert "Samengevoegd" in leider.read("/samenvoegingen").split(path)[0].rsplit("<li>", 1)[1]
    refused = leider.post(f"{path}/herstel", {"versie": "2", "reden": " "})
    assert refused.status_code == 400
    assert 'id="reden-fout"' in refused.text
    assert own.post(f"{path}/herstel", {"versie": "2", "reden": "Toch een broer."}).headers["location"] == path
    after = own.read(path)
    assert "Hersteld: weer twee dossiers" in after
    assert "Toch een broer." in after
    assert path not in own.read("/samenvoegingen")
    assert kind in after


def test_the_beheerder_is_told_how_many_wait(dienst: Dienst, world: World) -> None:
    browser = bladeraar(dienst, world["beheerder"])
    before = waiting(browser)
    _, _, made = propose(world, "teamleider")
    assert waiting(browser) == before + 1
    assert browser.post(f"/samenvoegingen/{made.id}/goedkeuring", {"versie": "1"}).status_code == 303
    assert waiting(browser) == before


def test_who_does_not_see_the_child_sees_nothing_of_it(dienst: Dienst, world: World) -> None:
    _, _, made = propose(world, "teamleider")
    elsewhere = bladeraar(dienst, world["teamleider_zuid"])
    assert made.id not in elsewhere.read("/samenvoegingen")
    assert made.id not in elsewhere.read("/team")
    for answer in (
        elsewhere.get(f"/samenvoegingen/{made.id}"),
        elsewhere.post(f"/samenvoegingen/{made.id}/goedkeuring", {"versie": "1"}),
        elsewhere.post(f"/samenvoegingen/{made.id}/herstel", {"versie": "1", "reden": "x"}),
    ):
        assert answer.status_code == 404


def test_what_can_no_longer_be_undone_is_not_offered(dienst: Dienst, world: World) -> None:
    leider, (_, _, made) = bladeraar(dienst, world["teamleider"]), propose(world, "beheerder")
    path = f"/samenvoegingen/{made.id}"
    leider.post(f"{path}/goedkeuring", {"versie": "1"})
    for days, offered in ((TERMIJN.days, True), (TERMIJN.days + 1, False)):
        with standing_still(NU + timedelta(days=days)):
            assert (f'action="{path}/herstel"' in bladeraar(dienst, world["teamleider"]).read(path)) is offered, days
