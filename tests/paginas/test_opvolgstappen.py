"""A step after a worry: of the day on which it was done, whenever it is written down, and corrected on its page."""

from uuid import uuid4

import pytest

from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

K = "2026-10-28"


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


@pytest.fixture
def gesprek(world: World) -> tuple[str, str]:
    """A child, and a talk in which it said that it is not safe at home."""
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    talk = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True, "veiligInGezin": "nee"}
    body = {**talk, "datum": K, "plaatsingId": ids["plaatsing"]}
    made = world["begeleider"].made(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", body)
    return ids["pleegkind"], made.id


def overleg(gesprek: str, **over: str) -> dict[str, str]:
    start = {"stap": "overleg", "met": "teamleider", "gesprek": gesprek, "bezoek": gesprek}
    return {**start, "sleutel": uuid4().hex, **over}


def test_an_overleg_that_was_in_time_and_is_written_down_later_is_in_time(
    begeleider: Bladeraar, world: World, gesprek: tuple[str, str]
) -> None:
    kind, key = gesprek
    shown = begeleider.read(f"/kinderen/{kind}/bezoek/{key}")
    for stap in ("overleg", "besluit"):
        assert f'id="{stap}-datum" name="datum" value="2026-11-02" max="2026-11-02"' in shown  # today
    begeleider.post(f"/kinderen/{kind}/opvolging", overleg(key, datum="2026-10-29"))
    (stap,) = world["begeleider"].rows(f"/pleegkinderen/{kind}/opvolgstappen")
    assert stap["datum"] == "2026-10-29"
    (norm,) = [one for one in world["begeleider"].rows(f"/pleegkinderen/{kind}/termijnen") if one["norm"] == "OPV-O"]
    assert (norm["stand"], norm["laatste"]["datum"]) == ("op_tijd", "2026-10-29")


@pytest.mark.parametrize("dag", ["2026-10-27", "2026-11-03"])
def test_a_day_before_the_worry_or_after_today_is_told_at_its_field(
    begeleider: Bladeraar, world: World, gesprek: tuple[str, str], dag: str
) -> None:
    kind, key = gesprek
    again = begeleider.post(f"/kinderen/{kind}/opvolging", overleg(key, datum=dag))
    assert again.status_code == 400
    assert '<a href="#overleg-datum">' in again.text
    assert f'id="overleg-datum" name="datum" value="{dag}"' in again.text
    assert 'id="besluit-datum" name="datum" value="2026-11-02"' in again.text
    assert world["begeleider"].rows(f"/pleegkinderen/{kind}/opvolgstappen") == []


def test_a_step_is_corrected_and_withdrawn_on_its_page(
    begeleider: Bladeraar, world: World, gesprek: tuple[str, str]
) -> None:
    kind, key = gesprek
    begeleider.post(f"/kinderen/{kind}/opvolging", overleg(key))
    (stap,) = world["begeleider"].rows(f"/pleegkinderen/{kind}/opvolgstappen")
    path = f"/feiten/opvolgstap/{stap['id']}"
    assert f'href="{path}"' in begeleider.read(f"/kinderen/{kind}")
    page = begeleider.read(path)
    assert "de gedragswetenschapper" in page
    assert "Stap van de meldcode" not in page
    sent = {"versie": "1", "datum": "2026-10-29", "met": "gedragswetenschapper", "reden": "verkeerde dag"}
    assert begeleider.post(f"{path}/correctie", sent).headers["location"] == path
    (now,) = world["begeleider"].rows(f"/pleegkinderen/{kind}/opvolgstappen")
    assert (now["datum"], now["met"], now["versie"]) == ("2026-10-29", "gedragswetenschapper", 2)
    wrong = begeleider.post(f"{path}/correctie", {**sent, "versie": "2", "datum": "2026-10-01"})
    assert wrong.status_code == 400
    assert '<a href="#datum">' in wrong.text
    assert begeleider.post(f"{path}/intrekking", {"versie": "2", "reden": "dubbel"}).headers["location"] == path
    assert world["begeleider"].rows(f"/pleegkinderen/{kind}/opvolgstappen") == []
