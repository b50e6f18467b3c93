"""From a template and what it says to a tagged PDF (PDF/UA-1), the same bytes on every machine.

typst is imported where it sets: a worker that nobody asks for a PDF has 7 MB less.
"""

import ctypes
import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent
#: how wide the lines of tables may stand apart; what is tried first reads best
RUIMTES: Final = (1.0, 1.1, 0.9, 1.2, 0.8, 1.3, 1.4, 0.7, 1.5, 1.6, 1.8)
#: where the text of a page of A4 begins and how high it is, in points: the margins of the templates
_BOVEN: Final = 56.7
_HOOGTE: Final = 722.8
#: a last page holds at least this part of a page
GENOEG: Final = 0.55
#: typst keeps what it worked out until it has set this many other documents
_KEPT: Final = 11


def typeset(sjabloon: str, verslag: Any) -> bytes:
    """Return the bytes of the PDF of a template of this folder.

    Its last page is not nearly empty, where another spacing can help that.
    typst refuses a chart without a text for who cannot see it, a document without a title and a letter that its fonts
    do not have. It brings its fonts itself: those of the machine would give another report on each.
    """
    import typst  # noqa: PLC0415 — see the module

    try:
        asked = _asked(sjabloon, verslag, choose_ruimte(sjabloon, verslag))
        pdf: bytes = typst.compile(**asked, format="pdf", pdf_standards=["ua-1"])
    finally:
        _forget()
    return pdf


def choose_ruimte(sjabloon: str, verslag: Any) -> float:
    """Return the first way of spacing that fills the last page enough, else the one that fills it most."""
    filled = {}
    for ruimte in RUIMTES:
        filled[ruimte] = _fill_of_last_page(sjabloon, verslag, ruimte)
        if filled[ruimte] >= GENOEG:
            return ruimte
        _forget()
    return max(filled, key=lambda ruimte: filled[ruimte])


def _fill_of_last_page(sjabloon: str, verslag: Any, ruimte: float) -> float:
    import typst  # noqa: PLC0415 — see the module

    found = typst.query(selector="<einde>", field="value", one=True, **_asked(sjabloon, verslag, ruimte))
    return (float(found) - _BOVEN) / _HOOGTE


def _asked(sjabloon: str, verslag: Any, ruimte: float) -> dict[str, Any]:
    """Return what typst asks: one input, for two come in an order of chance, and with another one it starts anew."""
    inputs = {"gezegd": json.dumps({"verslag": verslag, "ruimte": ruimte})}
    return {"input": _FOLDER / sjabloon, "root": _FOLDER, "sys_inputs": inputs, **_letters()}


def _forget() -> None:
    """Let typst let go of the document it set, of which it keeps 20 MiB for a short report and 170 for a nation."""
    import typst  # noqa: PLC0415 — see the module

    for _ in range(_KEPT):
        typst.compile(b"", **_letters())
    # glibc holds on to what was freed: 60 MiB of a nation's report, in a worker that sets one a quarter.
    with suppress(AttributeError):  # another libc has no such word
        ctypes.CDLL(None).malloc_trim(0)


@cache
def _letters() -> dict[str, Any]:
    import typst  # noqa: PLC0415 — see the module

    return {"ignore_system_fonts": True, "font_paths": typst.Fonts(include_system_fonts=False)}
