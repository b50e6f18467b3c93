"""Whom to call: a beheerder says it once; who needs it reads it where it is needed, as something to tap."""

import re

from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import bladeraar


def test_a_number_is_said_once_and_read_where_it_is_needed(dienst: Dienst, world: World) -> None:
    chief, begeleider = bladeraar(dienst, world["beheerder"]), bladeraar(dienst, world["begeleider"])
    path = f"/teams/{world.teams['noord']}/belnummers"
    wrong = {"functie": "Gedragswetenschapper", "telefoonnummer": "vraag Anna", "uren": "op werkdagen"}
    refused = chief.post(path, wrong, of="/beheer")
    assert refused.status_code == 400
    assert "Dit is geen telefoonnummer" in refused.text
    assert 'value="vraag Anna"' in refused.text
    assert chief.post(path, {**wrong, "telefoonnummer": "010 123 45 67"}, of="/beheer").headers["location"] == "/beheer"
    assert 'href="tel:0101234567"' in chief.read("/beheer")
    assert 'href="tel:0101234567"' in bladeraar(dienst, world["teamleider"]).read("/team")
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])
    check = {"plaatsingId": kind["plaatsing"], "datum": "2026-11-02", "instrument": "gesprek", "uitkomst": "onveilig"}
    made = world["begeleider"].made(f"/pleegkinderen/{kind['pleegkind']}/veiligheidschecks", check)
    page = begeleider.read(f"/kinderen/{kind['pleegkind']}/bezoek/{made.id}")
    assert re.search(r'href="tel:0101234567".*010 123 45 67</b>Gedragswetenschapper van team noord, op werkdagen', page)
    assert chief.post(path, {"functie": "Gedragswetenschapper"}, of="/beheer").status_code == 303
    assert "nog niet in Pleegzicht" in begeleider.read(f"/kinderen/{kind['pleegkind']}/bezoek/{made.id}")
