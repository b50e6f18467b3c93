"""A child that left long ago and for whom somebody must still act: its page opens until the last step is recorded."""

from datetime import timedelta

import pytest

from tests.api.client import NU, Dienst, standing_still
from tests.api.world import World, build_world, place_child
from tests.paginas.conftest import bladeraar

K, LATER = "2026-10-29", timedelta(days=120)


@pytest.fixture(scope="module")
def eigen(dienst: Dienst, module_at_work: None) -> World:
    """Two organisaties in which only these tests record: after today."""
    return build_world(dienst, full=False)


def left_with_a_signaal(world: World) -> tuple[str, str]:
    """Return a child that left, and a signaal about it on which nobody acted."""
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    wat = {"soort": "letsel", "letsel": True, "calamiteit": False, "vraagtVeiligheidscheck": False}
    about = {"datum": K, "bekendGewordenOp": K, **wat}
    signaal = world["begeleider"].made(f"/pleegkinderen/{ids['pleegkind']}/signalen", about).id
    end = {"tot": "2026-11-02", "eindreden": "naar huis"}
    world["teamleider"].made(f"/plaatsingen/{ids['plaatsing']}/beeindiging", end)
    return ids["pleegkind"], signaal


def test_a_step_of_the_meldcode_about_who_left_closes_it_too(dienst: Dienst, eigen: World) -> None:
    kind, signaal = left_with_a_signaal(eigen)
    page = f"/kinderen/{kind}"
    with standing_still(NU + LATER):
        begeleider = bladeraar(dienst, eigen["begeleider"])
        assert f'href="{page}/signaal/{signaal}">Verder met opvolgen' in begeleider.read(page)
        step = {"signaal": signaal, "datum": K, "toelichting": "Gedaan."}
        onward = [begeleider.post(f"{page}/meldcode", {**step, "stap": nr}).headers["location"] for nr in ("2", "5")]
        assert onward == [f"{page}/signaal/{signaal}#meldcode", "/"]


def test_the_last_step_about_who_left_long_ago_closes_the_page(dienst: Dienst, eigen: World) -> None:
    kind, signaal = left_with_a_signaal(eigen)
    page = f"/kinderen/{kind}"
    with standing_still(NU + LATER):
        begeleider = bladeraar(dienst, eigen["begeleider"])
        begeleider.read(page)
        steps = ({"stap": "overleg", "met": "teamleider"}, {"stap": "besluit", "besluit": "geen_gevaar"})
        onward = [
            begeleider.post(f"{page}/opvolging", {"signaal": signaal, **step}).headers["location"] for step in steps
        ]
        assert onward == [page, "/"]
        assert begeleider.get(page).status_code == 404
