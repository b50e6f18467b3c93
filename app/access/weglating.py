"""Taking names of third parties, how to reach anybody, and BSNs, out of what people wrote.

Names are compared word by word, in the form of ``app.lib.naamvorm``: without regard to capitals, accents and what
nobody sees; also where they are part of a longer word (``Jansenhuis``, ``zoevandenberg``, ``mamaZoë``). What is too
much taken out is a pity; what is left in is a leak. A name that nobody recorded anywhere cannot be known: whoever hands
out the file reads it first.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from app.access.contactgegevens import without_contact
from app.lib.elfproef import is_geldig_bsn
from app.lib.naamvorm import fold_naam, folded_words
from app.lib.seen import Vondst, each_that, replace_as_seen

NAAM_WEG: Final = "[naam weggelaten]"
BSN_WEG: Final = "[bsn weggelaten]"
WOORDEN_WEG: Final = "[eigen woorden weggelaten]"

_VOORLETTERS: Final = re.compile(r"(?:\b[^\W\d_]\.\s?)+\Z")
_SCHEIDT: Final = re.compile(r"[,;:!?()/\n]|\.\s")
_NEGEN_CIJFERS: Final = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){8}(?!\d)")
#: words within a name that are nobody's name
_TUSSEN: Final = frozenset({
    "van", "von", "de", "den", "der", "des", "het", "t", "te", "ten", "ter", "tot", "in", "op", "aan", "bij",
    "la", "le", "les", "du", "da", "di", "dos", "el", "al", "bin", "s", "d",
})  # fmt: skip
#: words before a name; alone they name somebody only when that is all that was recorded
_AANDUIDING: Final = frozenset({
    "familie", "fam", "gezin", "pleeggezin", "gezinshuis", "mevrouw", "mevr", "mw", "meneer", "mijnheer",
    "heer", "dhr", "dr", "drs", "mr", "ing", "ir", "oma", "opa", "tante", "oom", "vader", "moeder",
    "pleegvader", "pleegmoeder", "papa", "mama", "zus", "broer", "en", "of",
})  # fmt: skip
#: names that are words of every day too: alone they are a name only with a capital
_GEWOON: Final = frozenset({
    "al", "an", "ben", "do", "el", "in", "jet", "ken", "mark", "mee", "mei", "op", "roos", "storm", "wil",
    "zus",
})  # fmt: skip
#: what people put before or behind a name to make one word of it
_MET_NAAM: Final = frozenset({
    "familie", "fam", "gezin", "pleeggezin", "gezinshuis", "huis", "oma", "opa", "tante", "oom", "vader", "moeder",
    "pleegvader", "pleegmoeder", "papa", "mama", "zus", "zusje", "broer", "broertje", "kind", "kinderen", "juf",
    "meester",
})  # fmt: skip
#: a name from this length on is a name within any word; a shorter one only where the rest of the word says so
_LANG: Final = 5
_KORT: Final = 3
_TWEE_NAMEN: Final = 3
#: where one word ends within another: ``mamaZoë``, ``zoe2008``
_DELEN: Final = re.compile(r"\d+|[^\W\d_]+")


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold_naam(text).split())


def _is(word: str, name: str) -> bool:
    """Tell whether a word of a text is a word of a name, also as in ``Annies fiets``."""
    return (word.rstrip("0123456789") or word) in (name, f"{name}s")


def _parts(word: str) -> list[str]:
    """Return the words within a word, by capitals and digits."""
    letters = [sign for sign in word if unicodedata.category(sign) not in {"Mn", "Me"}]
    pairs = zip([" ", *letters], letters, strict=False)
    cut = "".join(f" {sign}" if sign.isupper() and before.islower() else sign for before, sign in pairs)
    return [fold_naam(part) for part in _DELEN.findall(cut)]


class Weglating:
    """The names to take out of one child's file."""

    def __init__(self, dichtbij: Iterable[str], overigen: Iterable[str], eigen: Iterable[str]) -> None:
        """Take the names.

        Args:
            dichtbij: names of who is around the child: each of their words is taken out as well.
            overigen: names of everybody else: taken out when they stand there in full.
            eigen: the child's own names, which stay.
        """
        self._eigen = {word for naam in eigen for word in _words(naam)}
        self._los: set[str] = set()
        self._reeksen: dict[str, set[tuple[str, ...]]] = {}
        self._aaneen: set[str] = set()
        for naam in dichtbij:
            self._take(_words(naam))
        for naam in overigen:
            words = _words(naam)
            if len(words) > 1:
                self._take_whole(words)
        self._langste = max(map(len, self._los | self._eigen | _MET_NAAM | _TUSSEN))

    def _take(self, words: tuple[str, ...]) -> None:
        self._take_whole(words)
        kept = self._eigen | _TUSSEN | _AANDUIDING
        self._los |= {word for word in words if word not in kept and len(word) > 1 and not word.isdigit()}

    def _take_whole(self, words: tuple[str, ...]) -> None:
        is_own = self._eigen.intersection(words) and not set(words) - self._eigen - _TUSSEN
        if words and not is_own:
            self._reeksen.setdefault(words[0], set()).add(words)
        if len(words) > 1 and not is_own:
            self._aaneen |= {"".join(words), "".join(word for word in words if word not in _TUSSEN)}

    def clean(self, text: str) -> str:
        """Return the text without those names, without what leads to anybody, and without BSNs."""
        text = without_contact(unicodedata.normalize("NFC", text))
        return without_bsn(replace_as_seen(text, self._names))

    def _names(self, text: str) -> Iterator[Vondst]:
        return ((start, stop, NAAM_WEG) for start, stop in self._spans(text))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Return where names stand; what stands beside each other is one name, with the initials before it."""
        found = folded_words(text)
        folded = [one.vorm for one in found]
        spans: list[tuple[int, int]] = []
        place = 0
        while place < len(found):
            length, written = self._length_at(folded, place), text[found[place].start : found[place].stop]
            if length == 1 and folded[place] in _GEWOON and not written[0].isupper():
                length = 0
            if not length and not self._is_within(folded[place], _parts(written)):
                place += 1
                continue
            length = length or 1
            start, stop = found[place].start, found[place + length - 1].stop
            place += length
            if spans and _is_one_name(text[spans[-1][1] : start]):
                spans[-1] = (spans[-1][0], stop)
                continue
            begin = spans[-1][1] if spans else 0
            initials = _VOORLETTERS.search(text, begin, start)
            spans.append((initials.start() if initials else start, stop))
        return spans

    def _length_at(self, folded: list[str], place: int) -> int:
        """Return how many words from here on are a name; the longest that fits."""
        word = folded[place]
        reeksen = self._reeksen.get(word, set()) | self._reeksen.get(word.removesuffix("s"), set())
        whole = [len(reeks) for reeks in reeksen if _fits(folded[place : place + len(reeks)], reeks)]
        alone = word in self._los or (word.endswith("s") and word[:-1] in self._los)
        return max([*whole, int(alone)])

    def _is_within(self, folded: str, parts: list[str]) -> bool:
        """Tell whether a name is part of a word."""
        if folded in self._eigen or folded.strip("0123456789") in self._aaneen:
            return folded not in self._eigen
        if len(parts) > 1 and any(part in self._los and len(part) >= _KORT for part in parts):
            return True
        if any(len(name) >= _LANG and name in folded for name in self._los):
            return True
        return self._is_made_of_names(folded)

    def _is_made_of_names(self, word: str) -> bool:
        """Tell whether a word falls apart into names: two of them, or one beside ``moeder`` or the like."""
        reached: dict[int, set[int]] = {0: {0}}  # place → how much says, up to there, that it is names
        for start in range(len(word)):
            for weight in reached.get(start, set()).copy():
                for stop in range(start + 1, min(start + self._langste, len(word)) + 1):
                    piece = word[start:stop]
                    more = self._weight(piece)
                    if more is not None:
                        reached.setdefault(stop, set()).add(min(weight + more, _TWEE_NAMEN))
        return _TWEE_NAMEN in reached.get(len(word), set())

    def _weight(self, piece: str) -> int | None:
        """Return how much a piece of a word says that it is of names; None when it is no such piece.

        A name is 2, what goes with a name 1; two of either, of which one is a name, make 3.
        """
        if piece in self._los and len(piece) >= _KORT:
            return 2
        if piece in _MET_NAAM:
            return 1
        return 0 if piece in _TUSSEN or piece in self._eigen else None


def _fits(words: list[str], naam: tuple[str, ...]) -> bool:
    return tuple(words[:-1]) == naam[:-1] and len(words) == len(naam) and _is(words[-1], naam[-1])


def _is_one_name(between: str) -> bool:
    return not _SCHEIDT.search(between) and all(word in _TUSSEN for word in _words(between))


def without_bsn(text: str) -> str:
    """Return the text with every number taken out that is a BSN, written with or without dots and spaces."""
    return replace_as_seen(text, _bsns)


def _bsns(text: str) -> Iterator[Vondst]:
    return ((*found.span(), BSN_WEG) for found in each_that(_NEGEN_CIJFERS, text, _is_bsn))


def _is_bsn(found: re.Match[str]) -> bool:
    return is_geldig_bsn(re.sub(r"\D", "", found[0]))
