"""What a moment costs who does it: the steps, every touch, every letter; and how long that takes by a published model.

A step is what the service is asked: a page, a form that is sent, a file. What is unfolded, chosen or typed on a page is
a touch and takes time, but is no step: on a bad network it is the answers that one waits for.

The time is an estimate, for no test has a thumb: the keystroke-level model (Card, Moran and Newell, The Keystroke-Level
Model for User Performance Time with Interactive Systems, CACM 23(7), 1980; for phones Holleis and others, CHI 2007). A
thought before each thing that one does, but for the button that follows what was just typed (their rule 1); a touch;
each letter. What the browser and the service need is not estimated: that is the clock, over a slow line.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from time import perf_counter
from typing import Any, Final
from unittest import mock

from playwright.sync_api import Locator, Page, Request

#: number of the moment → how many steps who does it has time for; of the first they are touches, to the form
HOOGSTENS: Final[Mapping[int, int]] = {1: 3, 2: 2, 3: 1, 4: 4, 5: 2, 6: 3, 7: 5, 8: 4, 9: 3, 10: 5}
#: seconds of a thought, of a touch (a finger on a phone: the model says 1.0 to 1.1), and of a letter
DENKEN, TIKKEN, LETTER = 1.35, 1.2, 0.28
#: what a hand does → touches: a list is opened and chosen from, and so is a file
_HANDELINGEN: Final = {
    "click": 1, "dblclick": 2, "check": 1, "uncheck": 1, "fill": 1, "select_option": 2, "set_input_files": 2,
}  # fmt: skip


@dataclass
class Teller:
    """What was done on one page.

    Attributes:
        stappen: pages, forms and files that the service was asked for.
        tikken: touches.
        letters: what was typed.
        gedachten: things that had to be thought of.
        wachten: seconds by the clock.
    """

    stappen: int = 0
    tikken: int = 0
    letters: int = 0
    gedachten: int = 0
    wachten: float = 0.0
    _typed: bool = False

    @property
    def seconden(self) -> float:
        """How long it takes somebody, with what the browser and the service need."""
        return DENKEN * self.gedachten + TIKKEN * self.tikken + LETTER * self.letters + self.wachten

    def does(self, handeling: str, tekst: str) -> None:
        """Count one thing that a hand does."""
        follows = self._typed and handeling == "click"
        self._typed = handeling == "fill"
        self.gedachten += not follows
        self.tikken += _HANDELINGEN[handeling]
        self.letters += len(tekst)

    def asks(self, request: Request) -> None:
        """Count a page that is asked for; where an answer sends on to is no step more."""
        if request.is_navigation_request() and request.redirected_from is None:
            self.stappen += 1


@contextmanager
def tellend(page: Page, teller: Teller) -> Iterator[None]:
    """Count what is done on a page, and how long it takes by the clock; nobody types an address."""
    start = perf_counter()
    page.on("request", teller.asks)
    with ExitStack() as stack:
        for handeling in _HANDELINGEN:
            stack.enter_context(mock.patch.object(Locator, handeling, _counted(handeling, page, teller)))
        stack.enter_context(mock.patch.object(Page, "goto", side_effect=AssertionError("an address is typed")))
        try:
            yield
        finally:
            page.remove_listener("request", teller.asks)
            teller.wachten += perf_counter() - start


def _counted(handeling: str, page: Page, teller: Teller) -> Callable[..., Any]:
    doe: Callable[..., Any] = getattr(Locator, handeling)

    @wraps(doe)
    def done(where: Locator, *args: Any, **more: Any) -> Any:
        if where.page == page:
            teller.does(handeling, str(args[0]) if handeling == "fill" else "")
        return doe(where, *args, **more)

    return done
