"""What the code and the documents cite is in the repository: the file, and the paragraph of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.norms.versies.landelijk import LANDELIJK
from app.norms.versies.versie import NormVersie

_ROOT = Path(__file__).parents[2]
_KINDS = {".py", ".md", ".toml", ".typ", ".csv", ".html", ".css", ".sql", ".txt", ".ini", ".mako", ""}
_PLACES = ("app", "bench", "docs", "migrations", "tests", "tests_e2e", "tools", ".ci")
_CITED = re.compile(r"(?<![\w/.-])((?:[\w.-]+/)*[\w.-]+\.md)\b(?:`{0,2}\)?,? (§\d+(?:(?:, | and | en )§\d+)*))?")
#: written by who uses the product, or invented by a test
_NOT_OURS = {"test_verwijzingen.py"}


def files() -> Iterator[Path]:
    yield from (_ROOT / name for name in ("README.md", "CHANGELOG.md", "Makefile", "pyproject.toml", "Dockerfile"))
    for place in _PLACES:
        for path in sorted((_ROOT / place).rglob("*")):
            if path.is_file() and path.suffix in _KINDS and not {"node_modules", "data"} & set(path.parts):
                yield path


def citations() -> Iterator[tuple[Path, str, list[str]]]:
    """Yield the file that cites, what it cites, and which paragraphs."""
    for path in files():
        if path.name in _NOT_OURS:
            continue
        for name, paragraphs in _CITED.findall(path.read_text("utf-8", errors="replace")):
            yield path, name, re.findall(r"§\d+", paragraphs)


def found(path: Path, name: str) -> Path | None:
    """Return the file that a citation is of: from the root, from docs/, or from where it stands."""
    places = (_ROOT, _ROOT / "docs", path.parent)
    return next((place / name for place in places if (place / name).is_file()), None)


def test_every_file_that_is_cited_is_there() -> None:
    cited = list(citations())
    assert len(cited) > 100
    assert {(str(path.relative_to(_ROOT)), name) for path, name, _ in cited if found(path, name) is None} == set()


def test_no_file_holds_half_of_a_merge() -> None:
    half = re.compile(r"^(<{7}|\|{7}|>{7}) ", re.MULTILINE)
    deployed = (path for path in (_ROOT / "deploy").rglob("*") if path.is_file())
    assert [str(path) for path in (*files(), *deployed) if half.search(path.read_text("utf-8", errors="replace"))] == []


def test_every_paragraph_that_is_cited_is_there() -> None:
    missing = set()
    for path, name, paragraphs in citations():
        target = found(path, name)
        headings = set(re.findall(r"^## (§\d+)\b", target.read_text("utf-8"), re.MULTILINE)) if target else set()
        missing |= {(str(path.relative_to(_ROOT)), name, one) for one in paragraphs if one not in headings}
    assert missing == set()


@pytest.mark.parametrize("norm", [n for n in LANDELIJK if n.versie == 1], ids=lambda norm: str(norm.code))
def test_the_page_of_norms_says_what_the_catalogue_says(norm: NormVersie) -> None:
    page = (_ROOT / "docs/normen.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| `{norm.code}` \|(.+)\|$", page, re.MULTILINE)
    zwaarte, _, _, waarschuwing, _ = (cell.strip() for cell in row.split("|"))
    assert (zwaarte, int(waarschuwing)) == (norm.zwaarte, norm.waarschuwing_dagen)
    assert {str(value) for value in norm.parameters.values() if value is not None} <= set(re.findall(r"\d+", row))


@pytest.mark.parametrize("norm", [n for n in LANDELIJK if n.versie > 1], ids=lambda norm: str(norm.code))
def test_the_page_of_norms_has_every_later_version(norm: NormVersie) -> None:
    page = (_ROOT / "docs/normen.md").read_text("utf-8")
    (zwaarte,) = re.findall(rf"^\| `{norm.code}` versie {norm.versie} \| (\w+) \|", page, re.MULTILINE)
    assert zwaarte == norm.zwaarte
