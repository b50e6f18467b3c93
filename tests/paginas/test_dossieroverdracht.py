"""The handover on one A4: what somebody must know first, that they read it, and the first day."""

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NOBODY, Dienst, without_id
from tests.api.database import counting_queries
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar, titel

_SPATIE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


@pytest.fixture
def kind(world: World) -> dict[str, str]:
    """Return a child that went from collega to begeleider last month, with something of each kind."""
    leider = world["teamleider"]
    ids = place_child(leider, world.medewerkers["collega"])
    made = leider.rows(f"/plaatsingen/{ids['plaatsing']}/begeleidingen")[0]
    over = {"kinderen": [{"pleegkindId": ids["pleegkind"], "medewerkerId": world.medewerkers["begeleider"],
                          "van": "2026-10-05"}], "reden": "ander werk"}  # fmt: skip
    leider.made(f"/medewerkers/{made['medewerkerId']}/overdracht", over)
    user, child = world["begeleider"], f"/pleegkinderen/{ids['pleegkind']}"
    talk = {**SOORTEN_VAN_FEIT["kindgesprek"].body(ids), "stemVanHetKind": "Ik wil naar voetbal."}
    user.made(f"{child}/kindgesprekken", talk)
    user.made(f"{child}/signalen", {**SOORTEN_VAN_FEIT["signaal"].body(ids), "soort": "blauwe plek"})
    user.made(f"{child}/acties", {"datum": "2026-10-12", "omschrijving": "School bellen.", "uiterlijk": "2026-10-20"})
    user.made(f"{child}/uitzonderingen", SOORTEN_VAN_FEIT["uitzondering"].body(ids))
    return ids


def test_it_says_what_somebody_must_know_first(begeleider: Bladeraar, kind: dict[str, str], world: World) -> None:
    path = f"/kinderen/{kind['pleegkind']}/overdracht"
    assert f'href="{path}"' in begeleider.read(f"/kinderen/{kind['pleegkind']}")
    page = begeleider.read(path)
    before = world["beheerder"].read(f"/medewerkers/{world.medewerkers['collega']}")["naam"]
    for said in (
        "Ik wil naar voetbal.",
        "blauwe plek",
        "School bellen.",
        "(die dag is voorbij)",
        before,
        "Uitzondering voor",
    ):
        assert said in page, said
    assert f"tot 5{_SPATIE}oktober" in page
    child = world["begeleider"].read(f"/pleegkinderen/{kind['pleegkind']}")
    assert child["achternaam"] not in titel(page)


def test_who_read_it_says_so_once_and_plans_the_first_meeting(
    begeleider: Bladeraar, kind: dict[str, str], world: World, dienst: Dienst
) -> None:
    path = f"/kinderen/{kind['pleegkind']}/overdracht"
    part = begeleider.read("/overdracht").split(path)[0].rsplit("<li>", 1)[1]
    assert "Nog lezen" in part
    refused = begeleider.post(path, {"gelezen": "ja", "kennismaken": "ooit"})
    assert refused.status_code == 400
    assert 'name="gelezen" value="ja" checked' in refused.text
    assert world["begeleider"].rows(f"/pleegkinderen/{kind['pleegkind']}/acties")[1:] == []
    assert begeleider.post(path, {"gelezen": "ja", "kennismaken": "2026-11-09"}).headers["location"] == path
    page = begeleider.read(path)
    assert f"op 2{_SPATIE}november" in page
    assert "Ik heb dit gelezen" not in page
    assert "Kennismaken met het kind" in begeleider.read("/acties")
    assert "Gelezen" in begeleider.read("/overdracht").split(path)[0].rsplit("<li>", 1)[1]
    leider = bladeraar(dienst, world["teamleider"])
    assert "Ik heb dit gelezen" in leider.read(path)  # another reads it for themselves
    assert path not in leider.read("/overdracht")


def test_it_is_for_who_may_read_the_file(begeleider: Bladeraar, world: World) -> None:
    absent = begeleider.get(f"/kinderen/{NOBODY}/overdracht")
    assert absent.status_code == 404
    for relatie in ("team", "organisatie", "vreemd"):
        found = begeleider.get(f"/kinderen/{world.files[relatie]['pleegkind']}/overdracht")
        assert without_id(found) == without_id(absent)


def test_it_costs_the_same_however_much_there_is(begeleider: Bladeraar, kind: dict[str, str], world: World) -> None:
    path, costs = f"/kinderen/{kind['pleegkind']}/overdracht", []
    for _ in range(2):
        begeleider.read(path)
        with counting_queries() as seen:
            begeleider.read(path)
        costs.append(len(seen))
        world["begeleider"].made(f"/pleegkinderen/{kind['pleegkind']}/signalen", SOORTEN_VAN_FEIT["signaal"].body(kind))
    assert costs[0] == costs[1]
