"""How long what makes one file of two can be decided, and undone."""

from datetime import timedelta
from typing import Final

#: source: none in law; a month in which those who work with the file see what became of it (ADR 0022)
TERMIJN: Final = timedelta(days=30)
