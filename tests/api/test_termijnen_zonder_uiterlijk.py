"""What is on time and never due is in the list of what is on time, after all that has a day."""

from typing import Any

import pytest

from app.terms import Rol, Stand
from tests.api.client import PREFIX, VANDAAG, Dienst, Gebruiker
from tests.api.files import Kind
from tests.api.mensen import add_medewerker, add_organisatie
from tests.api.world import place_child

_STORED, _PAST = "", f"peildatum={VANDAAG.isoformat()}&bekendOp=2030-01-01T00:00:00Z&"


@pytest.fixture(scope="module")
def leider(dienst: Dienst, module_at_work: None) -> Gebruiker:
    """Return the teamleider of an organisatie with three children, each with a plan: HVP-6 is never due again."""
    chief, _ = add_organisatie(dienst)
    user, _ = add_medewerker(dienst, chief, Rol.TEAMLEIDER, chief.made("/teams", {"naam": "noord"}).id)
    for van in ("2026-03-02", "2026-08-03", "2026-10-01"):
        kind = Kind(place_child(user, van=van), user, user)
        user.made(f"{kind.path}/hulpverleningsplannen", {"datum": van})
    return user


def judged(user: Gebruiker) -> list[Any]:
    """Return every judgement about every child, as its own page says it."""
    found = []
    for one in user.walk("/pleegkinderen"):
        found += user.rows(f"/pleegkinderen/{one['id']}/termijnen")
    return [(one["pleegkindId"], one["norm"], one["onderwerp"]["id"], one["stand"], one["uiterlijk"]) for one in found]


def listed(rows: list[Any]) -> list[Any]:
    return [(one["pleegkindId"], one["norm"], one["onderwerp"]["id"], one["stand"], one["uiterlijk"]) for one in rows]


def walk_back(user: Gebruiker, path: str) -> list[Any]:
    """Return a list from its last page to its first by the links back, in the list's own order."""
    answer = user.get(path)
    while "next" in answer.links:
        answer = user.get(answer.links["next"]["url"].removeprefix(PREFIX))
    found = answer.json()["resultaten"]
    while "prev" in answer.links:
        answer = user.get(answer.links["prev"]["url"].removeprefix(PREFIX))
        found = answer.json()["resultaten"] + found
    return list(found)


@pytest.mark.parametrize("vraag", [_STORED, _PAST], ids=["stored", "past"])
def test_the_four_lists_together_are_every_judgement(leider: Gebruiker, vraag: str) -> None:
    found: list[Any] = []
    for stand in Stand:
        found += listed(leider.walk(f"/termijnen?{vraag}stand={stand}&limit=4"))
    assert sorted(found, key=str) == sorted(judged(leider), key=str)


@pytest.mark.parametrize("vraag", [_STORED, _PAST], ids=["stored", "past"])
@pytest.mark.parametrize("limit", [1, 2, 3, 200])
def test_what_is_never_due_comes_last_and_every_page_goes_on(leider: Gebruiker, vraag: str, limit: int) -> None:
    path = f"/termijnen?{vraag}stand=op_tijd&limit={limit}"
    rows = leider.walk(path)
    days = [one["uiterlijk"] for one in rows]
    never = sum(day is None for day in days)
    assert never == 3
    assert {one["norm"] for one in rows[-never:]} == {"HVP-6"}
    assert days[:-never] == sorted(days[:-never])
    assert len({str(one) for one in listed(rows)}) == len(rows)
    assert walk_back(leider, path) == rows
