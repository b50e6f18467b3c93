"""A rule that nobody would miss is no rule: every one of them taken away turns the matrix red.

The database's own wall is down here: what the application forgets, row-level security would hide.
"""

from collections.abc import Iterator
from unittest import mock

import pytest

from app.errors import OngeldigeInstelling
from app.web import sessions
from app.web.policy import check_policy
from tests.api.client import Dienst
from tests.beleid.matrix import run
from tests.beleid.mutanten import MUTANTEN, RECHTEN, Mutant, Rechtmutant
from tests.beleid.wereld import Wereld


@pytest.fixture(autouse=True)
def one_wall(dienst: Dienst, service_at_work: None) -> Iterator[None]:
    """Let the application work as the owner of the tables, whom row-level security does not stop."""
    with mock.patch.object(sessions, "app_engine", return_value=dienst.owner):
        yield


def survives(wereld: Wereld, mutant: Mutant | Rechtmutant) -> bool:
    """Tell whether no cell of those that a mutant can change turns red; the first that does is enough."""
    with mutant.at_work():
        return not run(wereld, mutant.vragen(), stop_at_first=True).verrassingen


def test_every_right_given_or_taken_is_seen(wereld: Wereld) -> None:
    levend = [mutant for mutant in RECHTEN if survives(wereld, mutant)]
    print(f"\nrechten: {len(RECHTEN) - len(levend)} van {len(RECHTEN)} mutanten gedood door de matrix")  # noqa: T201 - the drill's figure
    # To decide on an extra inzet one must be able to act on it, and to search by BSN to search at all; the
    # application does not start with these either.
    assert {str(mutant) for mutant in levend} == {
        "beheerder met extra_inzet:decide",
        "inspecteur met extra_inzet:decide",
        "inspecteur met pleegkind:search_bsn",
    }


@pytest.mark.parametrize("mutant", RECHTEN, ids=str)
def test_the_application_does_not_start_with_other_rights(dienst: Dienst, mutant: Rechtmutant) -> None:
    with mutant.at_work(), pytest.raises(OngeldigeInstelling):
        check_policy(dienst.api)


def test_every_condition_that_is_weakened_is_seen(wereld: Wereld) -> None:
    levend = [str(mutant) for mutant in MUTANTEN if survives(wereld, mutant)]
    print(f"\nvoorwaarden: {len(MUTANTEN) - len(levend)} van {len(MUTANTEN)} mutanten gedood")  # noqa: T201 - the drill's figure
    assert levend == []


def test_without_a_mutant_the_same_cells_are_green(wereld: Wereld) -> None:
    """Else they would be red of themselves."""
    vragen = dict.fromkeys(vraag for mutant in MUTANTEN for vraag in mutant.vragen())
    assert run(wereld, vragen).verrassingen == []
