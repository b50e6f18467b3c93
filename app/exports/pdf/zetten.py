"""From a template and what it says to a tagged PDF (PDF/UA-1), the same bytes on every machine.

typst is imported where it sets: a worker that nobody asks for a PDF has 7 MB less.
"""

import json
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


def typeset(sjabloon: str, verslag: Any) -> bytes:
    """Return the bytes of the PDF of a template of this folder.

    Its last page is not nearly empty, where another spacing can help that.
    typst refuses a chart without a text for who cannot see it, a document without a title and a letter that its fonts
    do not have. It brings its fonts itself: those of the machine would give another report on each.
    """
    import typst  # noqa: PLC0415 — see the module

    said = json.dumps(verslag)
    pdf: bytes = typst.compile(
        **_asked(sjabloon, said, choose_ruimte(sjabloon, said)), format="pdf", pdf_standards=["ua-1"]
    )
    return pdf


def choose_ruimte(sjabloon: str, said: str) -> float:
    """Return the first way of spacing that fills the last page enough, else the one that fills it most."""
    filled = {}
    for ruimte in RUIMTES:
        filled[ruimte] = _fill_of_last_page(sjabloon, said, ruimte)
        if filled[ruimte] >= GENOEG:
            return ruimte
    return max(filled, key=lambda ruimte: filled[ruimte])


def _fill_of_last_page(sjabloon: str, said: str, ruimte: float) -> float:
    import typst  # noqa: PLC0415 — see the module

    found = typst.query(selector="<einde>", field="value", one=True, **_asked(sjabloon, said, ruimte))
    return (float(found) - _BOVEN) / _HOOGTE


def _asked(sjabloon: str, said: str, ruimte: float) -> dict[str, Any]:
    inputs = {"verslag": said, "ruimte": str(ruimte)}
    return {"input": _FOLDER / sjabloon, "root": _FOLDER, "ignore_system_fonts": True, "sys_inputs": inputs}
