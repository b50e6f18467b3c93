"""Agreed actions: on the list of who does them until they are done, the earliest first, and of nobody else."""

import re

from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import bladeraar


def test_an_action_is_on_the_list_of_who_agreed_to_it_until_it_is_done(dienst: Dienst, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    begeleider, leider = bladeraar(dienst, world["begeleider"]), bladeraar(dienst, world["teamleider"])
    path = f"/kinderen/{kind}/actie"
    again = begeleider.post(path, {"omschrijving": "School bellen over verzuim.", "uiterlijk": "ooit"})
    assert again.status_code == 400
    assert "School bellen over verzuim.</textarea>" in again.text
    for day, what in (("2026-11-20", "VGB aanvragen."), ("2026-11-09", "School bellen over verzuim.")):
        assert (
            begeleider.post(path, {"omschrijving": what, "uiterlijk": day}).headers["location"] == f"/kinderen/{kind}"
        )
    page = begeleider.read("/acties")
    assert page.index("School bellen over verzuim.") < page.index("VGB aanvragen.")
    assert "VGB aanvragen." not in leider.read("/acties")
    uid = re.search(r"/acties/([0-9a-f-]{36})/gedaan", page[page.index("School bellen over verzuim.") :])
    assert uid  # the list is one of several tests: the form below these words, not the first one
    assert leider.post(f"/acties/{uid[1]}/gedaan", {"versie": "9"}).status_code == 412
    assert begeleider.post(f"/acties/{uid[1]}/gedaan", {"versie": "1"}).headers["location"] == "/acties"
    assert "School bellen over verzuim." not in begeleider.read("/acties")
    assert "Gedaan op 2\N{NO-BREAK SPACE}november" in begeleider.read(f"/kinderen/{kind}")
    assert bladeraar(dienst, world["begeleider_zuid"]).get(path).status_code == 404
