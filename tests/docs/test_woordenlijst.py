"""The word list and the code say the same: no word of the field is missing from it, and none in it is gone."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from inspect import getmembers, isclass
from pathlib import Path

import app.terms
from app.models import Base
from app.models.soorten import SOORTEN

_ROOT = Path(__file__).parents[2]
_TECHNICAL = {"id"}
_VOWELS = "aeiou"


def listed_words() -> set[str]:
    rows = [line for line in (_ROOT / "docs/woordenlijst.md").read_text().splitlines() if line.startswith("| ")]
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row)}


def words_of_the_code() -> set[str]:
    tables = set(Base.metadata.tables)
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    references = {f"{name}_id" for name in tables}
    lists = [kind for _, kind in getmembers(app.terms, isclass) if issubclass(kind, StrEnum) and kind is not StrEnum]
    return tables | (columns - references) | {term.value for kind in lists for term in kind} | set(SOORTEN)


def test_every_domain_word_of_the_code_is_in_the_list() -> None:
    assert words_of_the_code() - listed_words() - _TECHNICAL == set()


def test_every_word_in_the_list_is_in_the_code() -> None:
    code = "\n".join(path.read_text() for path in (_ROOT / "app").rglob("*.py"))
    spoken = set(re.findall(r"\w+", code))  # a search in all of the code for each word took half a minute
    gone = {
        word
        for word in listed_words() - words_of_the_code() - spoken
        if word.isidentifier() or not re.search(rf"\b{re.escape(word)}\b", code)
    }
    assert gone - {word for _, name in names() for word in words_in(name)} == set()


# Names of modules, classes and functions


@cache
def names() -> tuple[tuple[str, str], ...]:
    """Return file and name of every public module, class and function; an error is named by a sentence of its own."""
    return tuple(_names())


def _names() -> Iterator[tuple[str, str]]:
    for path in sorted((_ROOT / "app").rglob("*.py")):
        where = str(path.relative_to(_ROOT))
        if where == "app/errors.py":
            continue
        yield where, path.parent.name if path.stem == "__init__" else path.stem
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.name[0] != "_":
                yield where, node.name


def words_in(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def inflected(word: str) -> set[str]:
    """Return a Dutch word and its plurals: ``gezin, gezinnen``, ``oordeel, oordelen``, ``reis, reizen``."""
    found = {word + ending for ending in ("", "s", "e", "n", "en", "eren")}
    if len(word) > 2 and word[-1] not in _VOWELS and word[-2] in _VOWELS:
        found |= {word[:-2] + word[-1] + "en"} if word[-3] == word[-2] else {word + word[-1] + "en"}
    softer = {"f": "v", "s": "z"}.get(word[-1])
    return found | ({word[:-1] + softer + "en"} if softer else set())


def known_words() -> tuple[set[str], set[str]]:
    """Return the Dutch words of the list, inflected, and the English ones."""
    dutch = {form for one in listed_words() for word in words_in(one.replace("-", "_")) for form in inflected(word)}
    return dutch, set((_ROOT / "tests/docs/engels.txt").read_text().split())


def is_known(word: str, dutch: set[str], english: set[str]) -> bool:
    """Tell whether a word is in a list, or is two Dutch words of it written as one."""
    parts = ((word[:i], word[i:]) for i in range(3, len(word) - 2))
    compound = any(first in dutch and (last in dutch or last.removeprefix("s") in dutch) for first, last in parts)
    return word in dutch or word in english or compound


def test_every_word_of_a_name_is_in_the_list_or_english() -> None:
    """A Dutch one goes in docs/woordenlijst.md, an English one in tests/docs/engels.txt."""
    dutch, english = known_words()
    unknown = {
        (word, where) for where, name in names() for word in words_in(name) if not is_known(word, dutch, english)
    }
    assert unknown == set()


def test_no_word_is_both_and_no_english_word_is_gone() -> None:
    english = known_words()[1]
    used = {word for _, name in names() for word in words_in(name)}
    assert english - used == set()
    assert english & listed_words() == set()


def test_a_word_that_is_in_no_list_is_seen() -> None:
    dutch, english = known_words()
    assert is_known("kindgesprekken", dutch, english)
    assert is_known("gezinsplaatsingen", dutch, english)
    assert not is_known("boterham", dutch, english)


# One word, one thing


def test_a_name_of_a_class_means_one_thing() -> None:
    """A name stands twice only for the noun of a table, once in each layer that has a class of it."""
    nouns = {mapper.class_.__name__ for mapper in Base.registry.mappers}
    layers: dict[str, list[str]] = defaultdict(list)
    for where, name in names():
        if name[0].isupper():
            layers[name].append(where.split("/")[1])
    twice = {name: found for name, found in layers.items() if len(found) > 1}
    assert {name for name, found in twice.items() if name not in nouns or len(set(found)) < len(found)} == set()


def speaks_of(where: str, noun: str) -> bool:
    return re.search(noun, (_ROOT / where).read_text()) is not None


def test_a_seal_is_a_zegel() -> None:
    """A cursor is encrypted, a file is locked away, and an export is marked with a keurmerk."""
    sealing = {where for where, name in names() if "seal" in name.lower()}
    assert {where for where in sealing if not speaks_of(where, r"(?<!ver)zegel")} == set()


def test_an_inzage_is_a_look_in_the_access_log() -> None:
    """The right of access is an inzageverzoek, and what it gives an inzagedossier."""
    looks = {
        where
        for where, name in names()
        if re.search(r"inzage(?!verzoek|dossier|recht|vraag|lijst)", name, re.IGNORECASE)
    }
    homes = {
        f"{layer}/inzage{end}.py" for layer in ("models", "schemas", "queries", "routers/api") for end in ("", "n")
    }
    assert (
        looks - {"app/terms/sporen.py", "app/services/inzagen/__init__.py"} - {f"app/{home}" for home in homes} == set()
    )
