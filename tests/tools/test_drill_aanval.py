"""Tampering shows: an attack is found where the table says, and nothing is found where nobody attacked.

``make drill-aanval`` does every attack; the suite one in five, and one of each place where they are found.
"""

import pytest

from tests import database
from tests.keuze import covering
from tools.aanvallen import AANVALLEN
from tools.doelwit import Aanval
from tools.drill_aanval import Toneel, build_stage, try_attack, untouched

#: found by what → one of them, and each fifth
GEKOZEN = covering(AANVALLEN, lambda one: [(one.keten, one.anker)] if AANVALLEN.index(one) % 5 else [one.naam])


@pytest.fixture(scope="module")
def toneel(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Toneel:
    url = database.create_migrated(f"pleegzicht_aanval_{worker_id}")
    return build_stage(url, tmp_path_factory.mktemp("aanval"))


def test_nothing_is_found_where_nobody_attacked(toneel: Toneel) -> None:
    assert untouched(toneel)


@pytest.mark.parametrize("aanval", GEKOZEN, ids=lambda aanval: aanval.naam)
def test_an_attack_is_found_where_the_table_says(toneel: Toneel, aanval: Aanval) -> None:
    found = try_attack(toneel, aanval, AANVALLEN.index(aanval) + 1)
    assert (found.keten, found.anker) == (aanval.keten, aanval.anker)


def test_the_anchor_finds_all_that_does_not_reach_it() -> None:
    """What stays unseen needs the place of the seals or their key; the document says so."""
    unseen = [aanval.naam for aanval in AANVALLEN if not aanval.anker]
    assert unseen == [naam for naam in unseen if "ook in de map" in naam]
    assert len(unseen) == 2
