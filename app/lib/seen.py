"""Finding something in what people wrote, as a reader sees it, and putting something else there."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from app.lib.invisible import is_invisible

#: where something stands in a text, and what comes instead
Vondst = tuple[int, int, str]


def replace_as_seen(text: str, find: Callable[[str], Iterable[Vondst]]) -> str:
    """Return a text with what ``find`` finds in it replaced; all else stays as it was written.

    Args:
        text: what somebody wrote.
        find: is given the text without the signs that nobody sees, and yields what to replace there, in order.
    """
    places: Sequence[int] = range(len(text))
    shown = text
    if not text.isascii():
        places = [place for place, sign in enumerate(text) if not is_invisible(sign)]
        shown = "".join(text[place] for place in places)
    pieces, end = [], 0
    for start, stop, instead in find(shown):
        pieces += [text[end : places[start]], instead]
        end = places[stop - 1] + 1
    return "".join([*pieces, text[end:]])


def each_that(pattern: re.Pattern[str], text: str, is_it: Callable[[re.Match[str]], bool]) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds and ``is_it`` accepts; what it does not accept hides nothing that begins within it."""
    place = 0
    while found := pattern.search(text, place):
        accepted = is_it(found)
        if accepted:
            yield found
        place = found.end() if accepted else found.start() + 1
