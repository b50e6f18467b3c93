"""An order of chance is one of all tests, the same for the same seed, with each file in one piece."""

from itertools import groupby

from tests.volgorde import shuffled

ALLES = [f"tests/test_{file}.py::test_{number}" for file in "abcde" for number in range(6)]


def file_of(item: str) -> str:
    return item.partition("::")[0]


def test_another_seed_gives_another_order_and_the_same_seed_the_same() -> None:
    orders = [tuple(shuffled(ALLES, file_of, zaad)) for zaad in range(10)]
    assert len(set(orders)) == 10
    assert orders == [tuple(shuffled(ALLES, file_of, zaad)) for zaad in range(10)]
    assert all(sorted(order) == ALLES for order in orders)


def test_files_and_the_tests_in_them_change_places_and_a_file_stays_whole() -> None:
    order = shuffled(ALLES, file_of, 1)
    files = [name for name, _ in groupby(order, file_of)]
    assert sorted(files) == sorted({file_of(item) for item in ALLES})
    assert files != sorted(files)
    within = [item for item in order if item.startswith("tests/test_a")]
    assert within != sorted(within)
