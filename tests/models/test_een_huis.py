"""A kind of fact is one place, and a rule stands once: read from the source, so that a second home is seen."""

import ast
import re

import pytest

from app.invoer.uitzonderingen import MAX_UITZONDERING
from app.models import Uitzondering
from app.models.soorten import SOORTEN
from app.schemas.feiten.uitzondering import UitzonderingIn
from tests.models.bron import ROOT, modules

#: where several kinds may be named together: what a kind is, what counts for a norm, what the demo invents, the
#: columns of the workbook that are called as they are, how a row of each is built for the rule before it is written,
#: and what each is called on a page
_HUIS = (
    "models/", "norms/", "demo/", "imports/", "terms/", "queries/oordelen/nieuw.py",
    "routers/pages/woorden/tijdlijn.py", "routers/pages/woorden/velden.py",
)  # fmt: skip
_ENOUGH = 3


def kinds_together(tree: ast.Module) -> list[int]:
    """Return the lines of each set, tuple, list or mapping that names three kinds of fact or more."""
    lines = []
    for node in ast.walk(tree):
        members = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        named = {one.value for one in members if isinstance(one, ast.Constant)} & SOORTEN.keys()
        if len(named) >= _ENOUGH:
            lines.append(members[0].lineno if members and members[0] else 0)
    return lines


def compared_kinds(tree: ast.Module) -> list[int]:
    """Return the lines on which a kind, or its name, is compared with that of one: a word, a term, or a set of them."""
    sets = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and not isinstance(node.value, ast.Subscript)  # a kind itself, which is compared with another
        and any(map(_is_kind, ast.walk(node.value)))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(map(_names_kind, _sides(node)))
        and any(_is_kind(one) or getattr(one, "id", None) in sets for side in _sides(node) for one in ast.walk(side))
    ]


def _sides(node: ast.Compare) -> tuple[ast.expr, ...]:
    return (node.left, *node.comparators)


def _names_kind(node: ast.expr) -> bool:
    return ast.unparse(node) in {"soort", "kind", "soort.naam", "kind.naam", "self.soort.naam", "routes.naam"}


def _is_kind(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr.lower() in SOORTEN and ast.unparse(node.value) in {"AanleidingSoort", "OnderwerpSoort"}
    return isinstance(node, ast.Constant) and node.value in SOORTEN


def stand_orders(tree: ast.Module) -> list[int]:
    """Return the lines of each sequence that puts three standen in an order; not where each gets a name of its own."""
    names = [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and ast.Tuple in map(type, node.targets)
    ]
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple | ast.List)
        and node not in names
        and sum(isinstance(one, ast.Attribute) and ast.unparse(one.value) == "Stand" for one in node.elts) >= _ENOUGH
    ]


def stored_deadlines_compared(tree: ast.Module) -> list[int]:
    """Return the lines that compare a stored deadline with the peildatum, as the stands in SQL do."""
    deadlines = {"Termijn.uiterlijk", "Termijn.nadert_vanaf"}
    compared = [
        (node.lineno, {ast.unparse(one) for one in (node.left, *node.comparators)})
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
    ]
    return [line for line, sides in compared if deadlines & sides and "PEILDATUM" in sides]


def request_times(tree: ast.Module) -> list[int]:
    """Return the lines that say when something is recorded."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "RequestTime"
    ]


def open_ends(tree: ast.Module) -> list[int]:
    """Return the lines that say in SQL that an end is open or lies after a day; an instant (``_op``) is no end."""
    found = []
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.expr)):
        sides = [ast.unparse(one) for one in _alternatives(node)]
        ends = [side.removesuffix(".is_(None)") for side in sides if side.endswith(".is_(None)")]
        if any(not end.endswith("_op") and side.startswith(f"{end} > ") for end in ends for side in sides):
            found.append(node.lineno)
    return found


def _alternatives(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [node.left, node.right]
    return node.args if isinstance(node, ast.Call) and ast.unparse(node.func) == "or_" else []


def test_what_a_kind_is_stands_with_the_kinds() -> None:
    assert {name: lines for name, tree in modules(*_HUIS) if (lines := kinds_together(tree))} == {}


def test_no_kind_is_told_apart_by_its_name() -> None:
    """The norms say which kind counts."""
    assert {name: lines for name, tree in modules("norms/") if (lines := compared_kinds(tree))} == {}


def test_the_order_of_standen_stands_once() -> None:
    assert [name for name, tree in modules() if stand_orders(tree)] == ["norms/standen.py"]


def test_the_stands_in_sql_are_made_once() -> None:
    assert [name for name, tree in modules() if stored_deadlines_compared(tree)] == ["queries/oordelen/peildatum.py"]


def test_that_a_period_goes_on_is_said_in_one_place() -> None:
    assert [name for name, tree in modules() if open_ends(tree)] == ["models/periode.py"]


def test_a_request_asks_the_clock_in_one_place() -> None:
    """A command asks it once itself: what it loads has one moment. A job is given its moment."""
    found = [name for name, tree in modules() if request_times(tree)]
    assert found == ["cli/operations.py", "jobs/taken.py", "routers/params.py"]


@pytest.mark.parametrize(
    ("source", "find"),
    [
        ('X = {"signaal", "vgb", "plaatsing"}', kinds_together),
        ('X = {"signaal": 1, "vgb": 2, "plaatsing": 3}', kinds_together),
        ('if soort.naam == "plaatsing":\n    pass', compared_kinds),
        ('X = 1 if soort in ("plaatsing", "vgb") else 2', compared_kinds),
        ("X = soort.naam == AanleidingSoort.SIGNAAL", compared_kinds),
        ("X = soort.naam in Y; Y = frozenset({AanleidingSoort.SIGNAAL})", compared_kinds),
        ("X = (Stand.TE_LAAT, Stand.NADERT, Stand.OP_TIJD)", stand_orders),
        ("X = Termijn.uiterlijk < PEILDATUM", stored_deadlines_compared),
        ("X = or_(Plaatsing.tot.is_(None), Plaatsing.tot > vandaag)", open_ends),
        ("X = or_(tot.is_(None), tot > dag)", open_ends),
        ("X = own.c.tot.is_(None) | (own.c.tot > VANDAAG)", open_ends),
        ("X = RequestTime(clock.now(), clock.today())", request_times),
    ],
)
def test_a_second_home_is_seen(source: str, find: object) -> None:
    assert callable(find)
    assert find(ast.parse(source)) == [1]


def test_how_long_an_uitzondering_lasts_is_one_number() -> None:
    days = str(MAX_UITZONDERING.days)
    said = [
        path.relative_to(ROOT).as_posix()
        for path in sorted(ROOT.rglob("*.py"))
        if "herzien" in (text := path.read_text(encoding="utf-8")) and re.search(rf"\b{days}\b", text)
    ]
    assert said == ["invoer/uitzonderingen.py"]
    checks = [str(getattr(one, "sqltext", "")) for one in Uitzondering.__table__.constraints]  # type: ignore[attr-defined]
    assert any(f"van + {days}" in one for one in checks)
    assert days in (UitzonderingIn.model_fields["herzien_uiterlijk"].description or "")


def test_a_day_that_lies_too_far_ahead_is_judged_in_one_place() -> None:
    """The others name the code: the list of fault codes, and the sentence for what pydantic refuses."""
    said = [name for name, tree in modules() if _says(tree, "datum_in_toekomst")]
    assert said == ["imports/faults.py", "invoer/datums.py", "invoer/regels.py", "web/validation.py"]


def test_where_the_day_begins_is_said_in_one_place() -> None:
    assert [name for name, tree in modules() if _says(tree, "Europe/Amsterdam")] == ["clock.py"]


def _says(tree: ast.Module, word: str) -> bool:
    return any(isinstance(node, ast.Constant) and node.value == word for node in ast.walk(tree))
