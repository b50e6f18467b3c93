"""Migrations that ran mean the same for ever: what they were built with does not change, nothing of ours is in it."""

import ast
import hashlib
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from app.services.beheer import schema

_MIGRATIONS = Path(__file__).parents[2] / "migrations"
_FROZEN = {
    "beveiliging": "48cb70123ffa72f5570089e2364662f5a21165062750002982ea6e69673672ee",
    "stilstand": "0a10386155be2f74a8f1e5e8deec769775ac261494a08d867f6b597b9a998e71",
    "wijzigingslog": "e5e899bcc102ddc04fddb6dd8875c3b94b2477ecc54c25996ecaf10e5f7ab7fc",
}


@pytest.mark.parametrize("name", _FROZEN)
def test_what_migrations_were_built_with_does_not_change(name: str) -> None:
    """A migration that needs it otherwise brings its own, beside this one."""
    found = hashlib.sha256((_MIGRATIONS / "bevroren" / f"{name}.py").read_bytes()).hexdigest()
    assert found == _FROZEN[name]


def test_every_frozen_part_is_held() -> None:
    assert {path.stem for path in (_MIGRATIONS / "bevroren").glob("*.py")} == {*_FROZEN, "__init__"}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_a_migration_imports_nothing_that_can_change() -> None:
    live = {
        (path.name, name)
        for path in (*(_MIGRATIONS / "versions").glob("*.py"), *(_MIGRATIONS / "bevroren").glob("*.py"))
        for name in imported(path)
        if name.split(".")[0] in {"app", "tests", "tools"}
        or name.startswith("migrations.versions")
        or (name.startswith("migrations") and not name.startswith("migrations.bevroren."))
    }
    assert live == set()


def test_the_names_of_the_migrations_are_their_order() -> None:
    scripts = ScriptDirectory.from_config(schema.alembic_config())
    names = [script.revision for script in scripts.walk_revisions()]
    assert names == sorted(names, reverse=True)
    # Of two files with one number Alembic reads one.
    assert sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("0*.py")) == names[::-1]
    assert schema.head_revision() == scripts.get_current_head() == names[0]
