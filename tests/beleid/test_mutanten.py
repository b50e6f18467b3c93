"""A rule that nobody would miss is no rule: every one of them taken away turns the matrix red.

The database's own wall is down here: what the application forgets, row-level security would hide. ``make drill-tests``
takes away every rule, the suite a choice in which every right, rol, condition and table occurs.
"""

from collections.abc import Iterator, Sequence
from unittest import mock

import pytest

from app.errors import OngeldigeInstelling
from app.web.policy import check_policy
from tests.api.client import Dienst
from tests.beleid.matrix import run
from tests.beleid.mutanten import (
    RECHTEN,
    Mutant,
    Rechtmutant,
    features_of_recht,
    features_of_voorwaarde,
)
from tests.beleid.voorwaarden import MUTANTEN
from tests.beleid.wereld import Wereld
from tests.keuze import covering


@pytest.fixture(autouse=True)
def one_wall(dienst: Dienst, service_at_work: None) -> Iterator[None]:
    """Let the application work as the owner of the tables, whom row-level security does not stop."""
    with mock.patch.multiple(dienst.engines, app=dienst.owner, write=dienst.owner):
        yield


def survives(wereld: Wereld, mutant: Mutant | Rechtmutant) -> bool:
    """Tell whether no cell of those that a mutant can change turns red; the first that does is enough."""
    with mutant.at_work():
        return not run(wereld, mutant.vragen(), stop_at_first=True).verrassingen


@pytest.fixture(scope="module")
def rechten(*, heel: bool) -> Sequence[Rechtmutant]:
    return RECHTEN if heel else covering(RECHTEN, features_of_recht)


@pytest.fixture(scope="module")
def voorwaarden(*, heel: bool) -> Sequence[Mutant]:
    return MUTANTEN if heel else covering(MUTANTEN, features_of_voorwaarde)


# To decide on an extra inzet one must be able to act on it, and to search by BSN to search at all; the application
# does not start with these either.
NIET_TE_ZIEN = {
    "beheerder met extra_inzet:decide",
    "inspecteur met extra_inzet:decide",
    "inspecteur met pleegkind:search_bsn",
}


def test_every_right_given_or_taken_is_seen(wereld: Wereld, rechten: Sequence[Rechtmutant]) -> None:
    levend = {str(mutant) for mutant in rechten if survives(wereld, mutant)}
    buiten = NIET_TE_ZIEN & {str(mutant) for mutant in rechten}
    print(f"\nrechten: {len(rechten) - len(levend)} van {len(rechten) - len(buiten)} mutanten gedood door de matrix")  # noqa: T201 - the drill's figure
    print(f"niet te vragen, de toepassing begint er niet mee: {len(buiten)}")  # noqa: T201 - the drill's figure
    assert levend == buiten


def test_the_application_does_not_start_with_other_rights(dienst: Dienst, rechten: Sequence[Rechtmutant]) -> None:
    starts = []
    for mutant in rechten:
        with mutant.at_work():
            try:
                check_policy(dienst.api)
            except OngeldigeInstelling:
                continue
        starts.append(str(mutant))
    assert starts == []


def test_every_condition_that_is_weakened_is_seen(wereld: Wereld, voorwaarden: Sequence[Mutant]) -> None:
    levend = [str(mutant) for mutant in voorwaarden if survives(wereld, mutant)]
    print(f"\nvoorwaarden: {len(voorwaarden) - len(levend)} van {len(voorwaarden)} mutanten gedood")  # noqa: T201 - the drill's figure
    assert levend == []


def test_without_a_mutant_the_same_cells_are_green(wereld: Wereld, voorwaarden: Sequence[Mutant]) -> None:
    """Else they would be red of themselves."""
    vragen = dict.fromkeys(vraag for mutant in voorwaarden for vraag in mutant.vragen())
    assert run(wereld, vragen).verrassingen == []
