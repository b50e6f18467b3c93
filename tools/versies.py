"""A next version of the service, for a drill: the code of now, and one migration more, of what is written most.

Its migration gives a talk a column, an index, a table that points at it, and a place in the change log; its code reads
and writes the column. For the code of before the database fills it in, so that it can be counted who recorded what.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import psycopg

from app.services.beheer import schema
from tools.server import ROOT

_MIGRATION = '''"""A column of a drill."""

import re

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{revision}", "{before}", None, None


def upgrade() -> None:
    """Apply."""
    op.add_column("kindgesprek", sa.Column("{column}", sa.Text(), nullable=True))
    op.execute("ALTER TABLE kindgesprek ALTER COLUMN {column} SET DEFAULT 'oud'")
    op.execute("CREATE INDEX ix_kindgesprek_{column} ON kindgesprek ({column}) WHERE {column} IS NOT NULL")
    op.execute("CREATE TABLE {column} (id bigint PRIMARY KEY REFERENCES kindgesprek (id))")
    op.execute("GRANT SELECT ({column}) ON kindgesprek TO pleegzicht_inzage")
    written = op.get_bind().exec_driver_sql("SELECT pg_get_functiondef('wijziging_van_kindgesprek'::regproc)").scalar()
    more, count = re.subn(r"'vorm', (\\w+)\\.vorm", r"'vorm', \\1.vorm, '{column}', \\1.{column}", written)
    assert count
    op.get_bind().exec_driver_sql(more.replace("%", "%%"))
'''
_MODEL = """

from sqlalchemy import Text as _Text, text as _text
from sqlalchemy.orm import mapped_column as _column

Kindgesprek.{column} = _column("{column}", _Text, default=_text("'nieuw'"))
"""


@dataclass(frozen=True)
class Versie:
    """One version that is next to another.

    Attributes:
        folder: where all versions are.
        nummer: how many migrations it has more than the code of now.
    """

    folder: Path
    nummer: int

    @property
    def path(self) -> Path:
        """Where its code is."""
        return self.folder / f"versie{self.nummer}"

    @property
    def column(self) -> str:
        """What its migration adds."""
        return f"drill_{self.nummer}"

    def make(self) -> None:
        """Write it: a copy of what was there, with the difference."""
        source = ROOT if self.nummer == 1 else Versie(self.folder, self.nummer - 1).path
        for name in ("app", "migrations"):
            shutil.copytree(source / name, self.path / name)
        revision, before = (f"{int(schema.head_revision()) + self.nummer - back:04}" for back in (0, 1))
        text = _MIGRATION.format(revision=revision, before=before, column=self.column)
        (self.path / f"migrations/versions/{revision}_drill.py").write_text(text)
        with (self.path / "app/models/__init__.py").open("a") as file:
            file.write(_MODEL.format(column=self.column))

    def recorded(self, connection: psycopg.Connection[tuple[object, ...]]) -> tuple[int, int]:
        """Return how many talks were recorded since its migration by the code of before, and by its own.

        Args:
            connection: of a superuser.
        """
        counted = (
            f"SELECT count(*) FILTER (WHERE {self.column} = 'oud'), count(*) FILTER (WHERE {self.column} = 'nieuw')"
            " FROM kindgesprek"
        )
        ((old, new),) = connection.execute(counted.encode()).fetchall()
        return int(str(old)), int(str(new))
