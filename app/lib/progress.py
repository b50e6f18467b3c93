"""How somebody who waits is told how far long work is."""

from collections.abc import Callable

#: of so many, so many are done; and of what
Progress = Callable[[int, int, str], None]
