"""One form for a name that people write in many ways: the one home of what makes two names the same.

The search for a child, the warning that a child looks like another, the order of names on pages, the import, and what
takes names out of a text ask here. Nothing is shown in this form; what people typed is kept as they typed it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final

from app.lib.invisible import is_invisible

#: letters that Unicode does not take apart into a letter and a mark
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "æ": "ae", "œ": "oe", "\u0131": "i", "ŋ": "ng"}
)
#: what stands in front of a surname (the table of the BRP, and what people shorten it to); a list writes it elsewhere
VOORVOEGSELS: Final = frozenset((
    "van", "von", "vom", "v", "vd", "vdb", "de", "den", "der", "des", "d", "t", "s", "n", "het", "te", "ten", "ter",
    "tot", "toe", "op", "in", "bij", "uit", "uijt", "aan", "onder", "over", "voor", "la", "le", "les", "l", "las",
    "los", "du", "da", "dal", "dalla", "das", "del", "della", "dei", "di", "do", "dos", "el", "al", "zu", "zum", "zur",
))  # fmt: skip
#: what stands on, in or around a letter
_TEKENS: Final = frozenset({"Mn", "Me"})
#: letters and digits; the modifiers are apostrophes to whoever types them (d'Hondt, d Hondt and dHondt are one name)
_WORDS: Final = re.compile("[^\\W_\u02b0-\u02ff\ua78b\ua78c]+")


@lru_cache(maxsize=65_536)
def fold_naam(text: str) -> str:
    """Return a text as its words in one form, with a space between.

    Without case, accents, marks that nobody sees, and difference between letters that were composed and letters with a
    mark of their own; apostrophes, hyphens, dots, commas and every kind of space part words.

    Args:
        text: a name, or a part of it, as somebody wrote it.

    Returns:
        The words; empty when the text has no letter or digit.
    """
    return " ".join(_WORDS.findall("".join(map(_form, text))))


@dataclass(frozen=True, slots=True)
class Woord:
    """A word of a text in its one form, with where it stands there; the marks on its last letter are part of it."""

    vorm: str
    start: int
    stop: int


def folded_words(text: str) -> list[Woord]:
    """Return the words of ``fold_naam``, with where each stands in the text."""
    if text.isascii():
        return [Woord(found.group(), *found.span()) for found in _WORDS.finditer(text.casefold())]
    forms = [_form(sign) for sign in text]
    places = [place for place, form in enumerate(forms) for _ in form]
    return [
        Woord(found.group(), places[found.start()], _end_of_letter(forms, places[found.end() - 1]))
        for found in _WORDS.finditer("".join(forms))
    ]


def _end_of_letter(forms: Sequence[str], place: int) -> int:
    """Return where the letter at a place ends, with the marks on it."""
    marks = takewhile(lambda form: not form, islice(forms, place + 1, None))
    return place + 1 + sum(1 for _ in marks)


@lru_cache(maxsize=8_192)
def _form(sign: str) -> str:
    """Return one sign in the form of ``fold_naam``; nothing of a mark, and of what nobody sees."""
    # Folding the case can make a mark (of a capital I with its dot), and taking apart a capital.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold()).translate(_LETTERS)
    return "".join(char for char in folded if unicodedata.category(char) not in _TEKENS and not is_invisible(char))


def has_words(roepnaam: str, achternaam: str, words: Sequence[str]) -> bool:
    """Tell whether a child's name has all of ``words_asked``, each somewhere in a word of it."""
    found_in = searchable(roepnaam, achternaam)
    return all(word in found_in for word in words)


def words_asked(text: str) -> list[str]:
    """Return the words that a child's ``searchable`` must all contain, in any order.

    What stands in front of a surname is no word to search by, unless nothing else was asked.
    """
    return _without_voorvoegsels(fold_naam(text).split())


@lru_cache(maxsize=65_536)
def searchable(roepnaam: str, achternaam: str) -> str:
    """Return what ``words_asked`` are looked for in: the words of a child's name, and those that can be one word.

    ``Anne-Marie`` is found as ``annemarie`` and ``van den Berg`` as ``vandenberg``.
    """
    roep, achter = fold_naam(roepnaam).split(), fold_naam(achternaam).split()
    joined = ("".join(words) for words in (roep, achter) if len(words) > 1)
    return " ".join([*roep, *achter, *joined])


@lru_cache(maxsize=65_536)
def naam_order(achternaam: str, roepnaam: str) -> tuple[str, str, str]:
    """Return the key that puts people in the order of a Dutch list of names: ``de Groot`` stands at the G.

    What stands in front of a surname counts only between surnames that are the same without it.
    """
    words = fold_naam(achternaam).split()
    return " ".join(_without_voorvoegsels(words)), " ".join(words), fold_naam(roepnaam)


def same_naam(roepnaam: str, achternaam: str) -> str:
    """Return the key that two ways to write the name of one person have in common.

    Words may be joined or apart, in either field's order, and without what stands in front of the surname. Two names
    without any letter or digit are the same when they were written the same.
    """
    parts = ["".join(_without_voorvoegsels(fold_naam(part).split())) for part in (roepnaam, achternaam)]
    written = " ".join(f"{roepnaam} {achternaam}".split())
    return " ".join(sorted(part for part in parts if part)) or written


def _without_voorvoegsels(words: list[str]) -> list[str]:
    return [word for word in words if word not in VOORVOEGSELS] or words
