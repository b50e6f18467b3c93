"""One page out of a list that was worked out whole, with the same cursors as ``app.db.keyset``."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from app.db.keyset import BadCursor, Page, Scalar, Window

T = TypeVar("T")
Keys = tuple[Scalar, ...]


def page_of(found: Sequence[T], page: Page, keys_of: Callable[[T], Keys]) -> Window[T]:
    """Return one page of a list that is sorted by ``keys_of``, which tells every two rows apart.

    Raises:
        BadCursor: the keys are not of this list.
    """
    places = [keys_of(item) for item in found]
    begin, end = _bounds(places, page)
    kept = found[begin:end]
    if not kept:
        return Window(kept)
    return Window(kept, places[end - 1] if end < len(found) else None, places[begin] if begin > 0 else None)


def _bounds(places: Sequence[Keys], page: Page) -> tuple[int, int]:
    begin = 0
    if page.keys is not None and places:
        if [type(key) for key in page.keys] != [type(key) for key in places[0]]:
            raise BadCursor
        mark: Any = page.keys
        if page.backwards:
            end = bisect_left(places, mark)
            return max(end - page.limit, 0), end
        begin = bisect_right(places, mark)
    return begin, min(begin + page.limit, len(places))
