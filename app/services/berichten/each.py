"""One that cannot be handled holds up no other: each is tried, and what failed first is said when all were."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def each(items: Iterable[T], work: Callable[[T], object]) -> None:
    """Do the work for each item, and only then raise the first failure, if any did not succeed."""
    first: Exception | None = None
    for item in items:
        try:
            work(item)
        except Exception as error:  # noqa: BLE001 — whatever it was, the others go on; the job says that it failed
            first = first or error
    if first is not None:
        raise first
