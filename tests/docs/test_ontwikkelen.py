"""The page for a newcomer is true: the files it lists are those that name its example, and every kind is on it."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from app.models.soorten import SOORTEN

_ROOT = Path(__file__).parents[2]
_PAGE = (_ROOT / "docs/ontwikkelen.md").read_text("utf-8")
_LISTED = re.compile(r"^- `([^`]+)`", re.MULTILINE)
_READ = {".py", ".csv", ".txt", ".html"}


class Deel(NamedTuple):
    """A section: what is added, the example that is there already, the files of it, and others beside it."""

    naam: str
    voorbeeld: str
    bestanden: frozenset[str]
    verder: frozenset[str]


def sections() -> list[Deel]:
    found = []
    for text in re.split(r"^## ", _PAGE, flags=re.MULTILINE)[1:]:
        if example := re.search(r"^Voorbeeld: `([^`]+)`\.$", text, re.MULTILINE):
            own, _, beside = text.partition("\nVerder:\n")
            naam = text.partition("\n")[0]
            found.append(Deel(naam, example[1], frozenset(_LISTED.findall(own)), frozenset(_LISTED.findall(beside))))
    return found


def names(path: str, voorbeeld: str) -> bool:
    """Tell whether a file names an example, in it or in its own name; in Python a code has an underscore."""
    word = voorbeeld.replace("-", "[-_]").replace(".", r"\.")
    return re.search(word, path + (_ROOT / path).read_text("utf-8"), re.IGNORECASE) is not None


def naming(voorbeeld: str) -> set[str]:
    """Return the files of the application that name an example."""
    files = (one for one in (_ROOT / "app").rglob("*") if one.suffix in _READ)
    return {path for path in (str(one.relative_to(_ROOT)) for one in files) if names(path, voorbeeld)}


def test_the_page_has_the_four_things_that_are_added() -> None:
    assert [one.naam for one in sections()] == ["Een soort feit", "Een norm", "Een route", "Een pagina"]


@pytest.mark.parametrize("deel", sections(), ids=lambda deel: deel.naam)
def test_the_files_of_the_application_are_those_that_name_the_example(deel: Deel) -> None:
    assert {one for one in deel.bestanden if one.startswith("app/")} == naming(deel.voorbeeld)


@pytest.mark.parametrize("deel", sections(), ids=lambda deel: deel.naam)
def test_every_other_file_is_there_and_names_it_too(deel: Deel) -> None:
    assert {one for one in deel.bestanden if not names(one, deel.voorbeeld)} == set()
    assert {one for one in deel.verder if not (_ROOT / one).exists()} == set()


def test_every_kind_is_on_the_page_with_its_model() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `([\w/.]+)` \|$", _PAGE, re.MULTILINE))
    assert rows == {naam: f"{soort.model.__module__.replace('.', '/')}.py" for naam, soort in SOORTEN.items()}
