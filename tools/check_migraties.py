"""Run the linter of migrations (squawk) over the SQL of each migration on its own.

On its own, because the linter forgives a lock on a table that the same file made: in one file from nothing to
head it would forgive everything.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from app.services.beheer.schema import alembic_config

OFF = {
    "transaction-nesting": "BEGIN and COMMIT are alembic's own, around each migration",
    "prefer-text-field": "widening a varchar rewrites nothing; its moment of lock is bounded by lock_timeout",
}
#: revision → rules that it breaks on purpose, and why that harms nobody
OFF_IN = {
    # The access log becomes a partitioned table, which no table can be made into: it is made beside the old one,
    # in one transaction and while no older release serves.
    "0008": ("renaming-table", "renaming-object", "ban-drop-table"),
    # What the references said is said by others that stay, and by row-level security (ADR 0037).
    "0041": ("ban-drop-constraint",),
    # In the one transaction of a migration nothing is made concurrently. These are the small kinds of fact: of 220,000
    # rows such an index took an eighth of a second to make, and who records one waits that long.
    "0042": ("require-concurrent-index-creation",),
    # What follows from the facts is made anew in a tenth of a second, of 80,000 children; a release before it finds
    # by it what it found before.
    "0043": (
        "require-concurrent-index-creation",
        "require-concurrent-index-deletion",
        "ban-drop-constraint",
        "adding-required-field",
        "adding-serial-primary-key-field",
        "constraint-missing-not-valid",
    ),
}


def write_sql(folder: Path) -> list[Path]:
    """Write what each migration would run, one file per migration; return the files in order."""
    files = []
    for revision in reversed(list(ScriptDirectory.from_config(alembic_config()).walk_revisions())):
        files.append(folder / f"{revision.revision}.sql")
        with files[-1].open("w", encoding="utf-8") as output:
            config = alembic_config()
            config.output_buffer = output
            command.upgrade(config, f"{revision.down_revision or 'base'}:{revision.revision}", sql=True)
    return files


def main() -> int:
    """Lint them all; return the linter's exit code, or 1 when there was nothing to lint."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_sql(Path(folder))
        if not files or not all(file.stat().st_size for file in files):
            print("no SQL to lint")
            return 1
        return max(lint(file) for file in files)


def lint(file: Path) -> int:
    """Lint the SQL of one migration and return the linter's exit code."""
    squawk = Path(sys.executable).with_name("squawk")
    off = ",".join((*OFF, *OFF_IN.get(file.stem, ())))
    command = [str(squawk), "--pg-version=15", "--assume-in-transaction", f"--exclude={off}", str(file)]
    return subprocess.run(command, check=False, cwd=file.parent).returncode


if __name__ == "__main__":
    sys.exit(main())
