"""A bound and a closed form stand once: what people read of them is made from the rule that keeps them."""

import ast
import re
from collections import Counter

from app.routers.pages.woorden.grenzen import GRENZEN
from tests.models.bron import ROOT, modules

_KORT = 12
#: a number of days, months or years that is part of a law, a version of a norm or a name, is invented, or an example
_ZINNEN_MET_GETAL = (
    "norms/versies/landelijk_eerste.py", "norms/versies/landelijk_tweede.py", "norms/ruis/catalogue.py",
    "norms/normwoorden.py", "norms/dutch.py", "exports/kwartaaltoets/xlsx/kolommen.py", "schemas/feiten/signaal.py",
    "demo/levensloop.py", "web/pagewords.py",
)  # fmt: skip
_GETAL = re.compile(r"(?<![.:\d])\d+ (?:dagen|weken|maanden|jaar|uur|minuten|tekens)\b")
#: of a field of a form; a first day, a last day and a step of one are no bounds of a rule
_MAAT = re.compile(r'\b(?:max|maxlength|minlength)="\d+"')


def bounds_in_words(tree: ast.Module) -> list[int]:
    """Return the lines of texts in which a bound is written out."""
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node.lineno for node in texts if _GETAL.search(str(node.value))]


#: the docstring of a route is what the API says of it, and takes no number from elsewhere
_ROUTES = {
    "routers/api/noodtoegangen.py": f"{GRENZEN.noodtoegang_uren} uur",
    "routers/api/samenvoegingen.py": f"{GRENZEN.samenvoeging_dagen} dagen",
}


def test_a_sentence_takes_its_bound_from_the_rule() -> None:
    found = {name: lines for name, tree in modules(*_ZINNEN_MET_GETAL) if (lines := bounds_in_words(tree))}
    assert {name: len(lines) for name, lines in found.items()} == dict.fromkeys(_ROUTES, 1)
    assert {name for name, said in _ROUTES.items() if said not in (ROOT / name).read_text(encoding="utf-8")} == set()


def test_a_bound_that_is_written_out_is_seen() -> None:
    assert bounds_in_words(ast.parse('X = "hoogstens 90 dagen"')) == [1]
    assert bounds_in_words(ast.parse('X = f"hoogstens {DAGEN} dagen"')) == []


def test_a_page_takes_its_bounds_from_the_rule() -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").rglob("*.html"))}
    said = [
        (name, found[0]) for name, text in pages.items() for form in (_GETAL, _MAAT) for found in form.finditer(text)
    ]
    assert len(pages) > 20
    assert said == []


def closed_forms(tree: ast.Module) -> list[str]:
    """Return the regular expressions that are written out, but for those of one thing, such as a digit."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    first = [node.args[0] for node in calls if ast.unparse(node.func) == "re.compile" and node.args]
    named = [word.value for node in calls for word in node.keywords if word.arg == "pattern"]
    texts = [str(node.value) for node in (*first, *named) if isinstance(node, ast.Constant)]
    return [text.strip("^$") for text in texts if len(text) > _KORT]


def test_a_form_is_written_once() -> None:
    counted = Counter(form for _, tree in modules() for form in closed_forms(tree))
    assert len(counted) > 20
    assert [form for form, count in counted.items() if count > 1] == []


def test_a_form_that_is_written_twice_is_seen() -> None:
    source = 'A = re.compile(r"[0-9]{4}-Q[1-4]")\nB = Field(pattern="^[0-9]{4}-Q[1-4]$")'
    assert closed_forms(ast.parse(source)) == ["[0-9]{4}-Q[1-4]"] * 2
