"""A text that was typed before something else was recorded about the same says so when it is opened again."""

import re

import pytest
from sqlalchemy import text

from app.models.soorten import SOORTEN
from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.concepten.conftest import Geval, form_of
from tests.paginas.conftest import bladeraar

_ACTIE = {"datum": "2026-11-02", "omschrijving": "Bellen", "uiterlijk": "2026-11-20"}


@pytest.mark.parametrize("formulier", ["bezoek", "actie", "uitzondering", "bespreking", "verbetering-kindgesprek"])
def test_it_says_that_something_was_recorded_since(formulier: str, dienst: Dienst, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    other = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    geval, begeleider = form_of(formulier, ids, world), bladeraar(dienst, world["begeleider"])
    assert begeleider.post(geval.adres, geval.velden()).status_code == 200
    typed_last(dienst)
    world["begeleider"].made(f"/pleegkinderen/{other}/acties", _ACTIE)
    before = begeleider.read(geval.opent)
    assert "Wat u hier typte en nog niet verstuurde" in before
    assert "Daarna is er iets vastgelegd" not in before
    record_about(geval, ids, world)
    assert re.search(
        r"<b>Daarna is er iets vastgelegd, op 2.november.2026, 1\d\.\d\d.uur\.</b>", begeleider.read(geval.opent)
    )


def typed_last(dienst: Dienst) -> None:
    """Let what was typed be the last that happened: moments of recording go on while a test's clock stands still."""
    last = " UNION ALL ".join(f"SELECT max(vastgelegd_op) AS op FROM {one}" for one in SOORTEN)
    with dienst.owner.begin() as connection:
        connection.execute(text(f"UPDATE concept SET bewaard_op = (SELECT max(op) FROM ({last}) AS alles)"))


def record_about(geval: Geval, ids: dict[str, str], world: World) -> None:
    """Record something else in the file of the child, or another version of the fact."""
    user = world["begeleider"]
    if geval.over == ids["pleegkind"]:
        user.made(f"/pleegkinderen/{geval.over}/acties", _ACTIE)
        return
    path = f"/kindgesprekken/{geval.over}"
    user.made(f"{path}/correctie", {"reden": "meer", "watWilHetKind": "Oma."}, etag=user.get(path).headers["etag"])
