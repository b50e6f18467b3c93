"""The word list and the code say the same: no domain word is missing from it, and none in it is gone."""

import re
from enum import StrEnum
from inspect import getmembers, isclass
from pathlib import Path

import app.terms
from app.models import Base
from app.models.soorten import SOORTEN

_ROOT = Path(__file__).parents[2]
_TECHNICAL = {"id"}


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
    gone = {word for word in listed_words() - words_of_the_code() if not re.search(rf"\b{re.escape(word)}\b", code)}
    assert gone == set()
