"""Templates decide nothing: beside what they show, and parts of one another, they know only ``if`` and ``for``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import app

_FOLDER = Path(app.__file__).parent / "templates"
#: what computes, keeps or wraps, and so is the business of a router
_LOGIC = (nodes.Assign, nodes.AssignBlock, nodes.CallBlock, nodes.ExprStmt, nodes.FilterBlock, nodes.With)


def logic_in(source: str) -> Iterator[str]:
    """Yield line and kind of what a template has and may not have."""
    for kind in _LOGIC:
        for node in Environment(autoescape=True).parse(source).find_all(kind):
            yield f"{node.lineno}: {kind.__name__}"


@pytest.mark.parametrize("file", sorted(_FOLDER.rglob("*.html")), ids=lambda file: file.stem)
def test_a_template_has_no_logic_beyond_if_and_for(file: Path) -> None:
    assert list(logic_in(file.read_text("utf-8"))) == []


def test_logic_is_seen() -> None:
    assert list(logic_in("{% if a %}{% for b in c %}{{ b }}{% endfor %}{% endif %}")) == []
    assert list(logic_in("\n{% set a = 1 %}")) == ["2: Assign"]
    assert list(logic_in("{% with a = 1 %}{% endwith %}")) == ["1: With"]
