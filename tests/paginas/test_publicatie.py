"""The figures of a quarter go out from a page: after a look and a last question, and back again with a reason."""

import re

import pytest

from tests.api.client import Dienst
from tests.api.world import World, audit_world, build_world
from tests.paginas.conftest import bladeraar


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    """A world of its own, with a frozen quarter."""
    return audit_world(dienst, build_world(dienst))


def test_figures_go_out_after_a_last_question_and_come_back_with_a_reason(dienst: Dienst, world: World) -> None:
    toets = f"/kwartaaltoetsen/{world.files['eigen']['kwartaaltoets']}"
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    path = f"{toets}/publicatie"
    assert f'href="{path}"' in kwaliteit.read(toets)
    page = kwaliteit.read(path)
    assert "Er is nog niets gepubliceerd" in page
    assert "weg: te weinig kinderen" in page
    digest = re.search(r'name="digest" value="([^"]+)"', page)
    assert digest
    for wrong, status in (({"digest": digest[1]}, 400), ({"digest": "0" * 64, "zeker": "ja"}, 409)):
        assert kwaliteit.post(path, wrong).status_code == status
        assert "Voorbeeld" in kwaliteit.read(path)
    assert kwaliteit.post(path, {"digest": digest[1], "zeker": "ja"}).headers["location"] == path
    assert "Iedereen kan deze cijfers lezen." in kwaliteit.read(path)
    assert kwaliteit.post(f"{path}/intrekking", {"reden": " "}).status_code == 400
    assert kwaliteit.post(f"{path}/intrekking", {"reden": "Een team telde dubbel."}).headers["location"] == path
    assert "Een team telde dubbel." in kwaliteit.read(path)


def test_of_a_replaced_audit_the_page_says_what_can_be_done(dienst: Dienst, world: World) -> None:
    """Also how figures that went out before are taken back."""
    kwaliteit = world["kwaliteit"]
    replaced = kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q1"}).id
    page, path = bladeraar(dienst, kwaliteit), f"/kwartaaltoetsen/{replaced}/publicatie"
    assert "nog niet vastgesteld" in page.read(path)
    kwaliteit.made(f"/kwartaaltoetsen/{replaced}/vaststelling")
    later = kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q1", "vervangt": replaced}).id
    kwaliteit.made(f"/kwartaaltoetsen/{later}/vaststelling")
    assert f'href="{path}"' in page.read(f"/kwartaaltoetsen/{replaced}")
    said = page.read(path)
    assert f'href="/kwartaaltoetsen/{later}/publicatie"' in said
    assert "vervangen door een latere" in said
    assert "<form" not in said.partition("<h1>")[2]
    assert page.post(path, {"digest": "0" * 64, "zeker": "ja"}).status_code == 409


def test_nobody_else_has_the_page(dienst: Dienst, world: World) -> None:
    toets = f"/kwartaaltoetsen/{world.files['eigen']['kwartaaltoets']}"
    leider = bladeraar(dienst, world["teamleider"])
    assert "Openbare cijfers" not in leider.read(toets)
    assert leider.get(f"{toets}/publicatie").status_code == 403
    assert bladeraar(dienst, world["vreemde_kwaliteit"]).get(f"{toets}/publicatie").status_code == 404
