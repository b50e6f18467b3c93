"""A child that left long ago and for whom somebody must still act: its page opens until the last step is recorded."""

from datetime import timedelta

from tests.api.client import NU, Dienst, standing_still
from tests.api.world import World, place_child
from tests.paginas.conftest import bladeraar

K, LATER = "2026-10-29", timedelta(days=120)


def test_the_last_step_about_who_left_long_ago_closes_the_page(dienst: Dienst, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    wat = {"soort": "letsel", "letsel": True, "calamiteit": False, "vraagtVeiligheidscheck": False}
    about = {"datum": K, "bekendGewordenOp": K, **wat}
    signaal = world["begeleider"].made(f"/pleegkinderen/{ids['pleegkind']}/signalen", about).id
    end = {"tot": "2026-11-02", "eindreden": "naar huis"}
    world["teamleider"].made(f"/plaatsingen/{ids['plaatsing']}/beeindiging", end)
    page = f"/kinderen/{ids['pleegkind']}"
    with standing_still(NU + LATER):
        begeleider = bladeraar(dienst, world["begeleider"])
        begeleider.read(page)
        steps = ({"stap": "overleg", "met": "teamleider"}, {"stap": "besluit", "besluit": "geen_gevaar"})
        onward = [
            begeleider.post(f"{page}/opvolging", {"signaal": signaal, **step}).headers["location"] for step in steps
        ]
        assert onward == [page, "/"]
        assert begeleider.get(page).status_code == 404
