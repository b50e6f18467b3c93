"""What somebody may not see changes nothing of what they get: every GET, byte for byte, before and after.

``make drill-tests`` compares everything for everybody, the suite a choice of it for four of them.
"""

from collections.abc import Callable
from functools import cache

import pytest

from tests.beleid.opname import HEEL, OVER_ZICHZELF, Opname, chosen, record
from tests.beleid.verborgen import VERBORGEN
from tests.beleid.wereld import Wereld

#: who is compared at every change → whose file they may not see
GEKOZEN = {"begeleider": "organisatie", "teamleider": "organisatie", "kwaliteit": "vreemd", "mandaat": "vreemd"}
#: who sees what another team does
ZIET = "teamleider_zuid"
#: by whom: what they got before, and after
Vergelijk = Callable[[str], tuple[Opname, Opname]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "wie" in metafunc.fixturenames:
        metafunc.parametrize("wie", VERBORGEN if metafunc.config.getoption("--heel") else GEKOZEN)


@pytest.fixture(scope="module")
def vergelijk(wereld: Wereld, module_at_work: None, *, heel: bool) -> Vergelijk:
    """Return what gives both recordings; who the same is hidden from are recorded around the same changes."""

    def all_of(users: tuple[str, ...]) -> dict[str, Opname]:
        omvang = {wie: HEEL if heel else chosen(GEKOZEN.get(wie, "organisatie")) for wie in users}
        return {wie: record(wereld, wereld.users[wie], omvang[wie]) for wie in users}

    @cache
    def around(users: tuple[str, ...]) -> dict[str, tuple[Opname, Opname]]:
        before = all_of(users)
        for change in VERBORGEN[users[0]]:
            change(wereld)
        after = all_of(users)
        return {wie: (before[wie], after[wie]) for wie in users}

    def of(wie: str) -> tuple[Opname, Opname]:
        hidden = VERBORGEN[wie if wie in VERBORGEN else "begeleider"]
        alike = tuple(one for one in (VERBORGEN if heel else GEKOZEN) if VERBORGEN[one] == hidden)
        return around((*alike, ZIET) if "begeleider" in alike else alike)[wie]

    return of


def test_what_one_may_not_see_changes_nothing(vergelijk: Vergelijk, wie: str, *, heel: bool) -> None:
    before, after = vergelijk(wie)
    assert before.differences(after) == []
    assert len(before.antwoorden) > (500 if heel else 280)


def test_the_comparison_sees_a_change_that_one_may_see(vergelijk: Vergelijk) -> None:
    """The planted fault: the same changes, for somebody who sees them."""
    before, after = vergelijk(ZIET)
    assert len(before.differences(after)) > 20


def test_a_log_shows_nothing_of_what_others_did_elsewhere(wereld: Wereld) -> None:
    """The addresses that grow by reading: what was added is of who read."""
    user, own = wereld.users["kwaliteit"], wereld.medewerkers["kwaliteit"]
    path = f"{OVER_ZICHZELF[1]}?limit=200"
    before = {one["id"] for one in user.rows(path)}
    VERBORGEN["kwaliteit"][0](wereld)
    assert {one["medewerker"] for one in user.rows(path) if one["id"] not in before} <= {own}
