"""What somebody may not see changes nothing of what they get: every GET, byte for byte, before and after."""

import pytest

from tests.beleid.opname import OVER_ZICHZELF, record
from tests.beleid.verborgen import VERBORGEN, by_another_team
from tests.beleid.wereld import Wereld


@pytest.mark.parametrize("wie", VERBORGEN)
def test_what_one_may_not_see_changes_nothing(wereld: Wereld, wie: str) -> None:
    user = wereld.users[wie]
    before = record(wereld, user)
    for change in VERBORGEN[wie]:
        change(wereld)
    assert before.differences(record(wereld, user)) == []
    assert len(before.antwoorden) > 500


def test_a_log_shows_nothing_of_what_others_did_elsewhere(wereld: Wereld) -> None:
    """The addresses that grow by reading: what was added is of who read."""
    user, own = wereld.users["kwaliteit"], wereld.medewerkers["kwaliteit"]
    path = f"{OVER_ZICHZELF[1]}?limit=200"
    before = {one["id"] for one in user.rows(path)}
    VERBORGEN["kwaliteit"][0](wereld)
    assert {one["medewerker"] for one in user.rows(path) if one["id"] not in before} <= {own}


def test_the_comparison_sees_a_change_that_one_may_see(wereld: Wereld) -> None:
    """The planted fault: the same changes, for somebody who sees them."""
    user = wereld.users["teamleider_zuid"]
    before = record(wereld, user)
    by_another_team(wereld)
    assert len(before.differences(record(wereld, user))) > 20
