"""Which extra inzet a page shows is what was chosen: closed too, late, one's own, of nobody; each as the API has it."""

import re
from datetime import timedelta

import pytest

from tests.api.client import NU, Dienst, standing_still
from tests.api.world import World, audit_world, build_world
from tests.paginas.conftest import Bladeraar, bladeraar

_LINK = re.compile(r'href="/extra-inzetten/([0-9a-f-]{36})"')
#: when nothing was late yet
_EERDER = NU - timedelta(days=60)


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    """A world of its own, with a frozen quarter, of which one extra inzet is closed."""
    world = audit_world(dienst, build_world(dienst, full=False))
    path = f"/extra-inzetten/{world.files['team']['extra_inzet']}/afsluiting"
    world["gedragswetenschapper"].made(path, {"reden": "Het kind verhuisde."})
    return world


def shown(browser: Bladeraar, keuze: str = "") -> set[str]:
    """Return which of them a page shows."""
    return set(_LINK.findall(browser.read(f"/extra-inzetten?limit=200{keuze}")))


@pytest.mark.parametrize(
    ("user", "keuze"), [("teamleider", "afgesloten"), ("teamleider", "mijn"), ("kwaliteit", "zonderEigenaar")]
)
def test_a_page_shows_what_was_chosen(dienst: Dienst, world: World, user: str, keuze: str) -> None:
    chosen = shown(bladeraar(dienst, world[user]), f"&{keuze}=true")
    assert chosen == {one["id"] for one in world[user].walk(f"/extra-inzetten?limit=200&{keuze}=true")}
    assert chosen != shown(bladeraar(dienst, world[user]))


def test_only_what_is_late_is_shown_to_who_asks_for_that(dienst: Dienst, world: World) -> None:
    everything = shown(bladeraar(dienst, world["kwaliteit"]))
    assert shown(bladeraar(dienst, world["kwaliteit"]), "&teLaat=true") == everything
    with standing_still(_EERDER):
        assert shown(bladeraar(dienst, world["kwaliteit"])) == everything
        assert shown(bladeraar(dienst, world["kwaliteit"]), "&teLaat=true") == set()
